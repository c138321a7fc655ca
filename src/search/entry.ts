/** What a search must know of a product, and keeps of it. */
import type { Product } from '../catalog/product';
import { fold } from './fold';
import type { SortField } from './question';

export const searchable = [
  'id',
  'version',
  'sku',
  'name',
  'slug',
  'price',
  'stockCount',
  'categoryId',
  'status',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof Product)[];

export type Searchable = Pick<Product, (typeof searchable)[number]>;

export interface Entry extends Record<SortField, string | number> {
  id: string;
  version: number;
  exactSku: string;
  slug: string;
  categoryId: string;
  status: string;
  /** Set once the product has been replaced or removed; its text is still among the others. */
  gone: boolean;
}

export const toEntry = (product: Searchable): Entry => ({
  id: product.id,
  version: product.version,
  exactSku: product.sku,
  slug: product.slug,
  categoryId: product.categoryId,
  status: product.status,
  gone: false,
  name: fold(product.name),
  sku: fold(product.sku),
  price: product.price.amount,
  stockCount: product.stockCount,
  createdAt: Date.parse(product.createdAt),
  updatedAt: Date.parse(product.updatedAt),
});
