/** The products and categories that rows name, read for all rows at once. */
import type { Product } from '../catalog/product';
import { skuValue } from '../catalog/product-item-store';
import { readProducts } from '../catalog/product-store';
import { categorySlugValue, ownersOf, type UniqueValue } from '../catalog/unique-value-store';

/** How rows name products and categories. */
export interface Named {
  id?: string | undefined;
  sku?: string | undefined;
  category?: string | undefined;
}

export interface Known {
  /** The product that a row means, if there is one. */
  productOf(row: Named): Product | undefined;
  /** The id of the category with this slug, if there is one. */
  categoryIdOf(slug: string): string | undefined;
}

/**
 * Reads in two rounds, first who has the SKUs and slugs and then the products, as the last acknowledged writes left
 * them.
 */
export async function readKnown(rows: readonly Named[]): Promise<Known> {
  const skus = rows.flatMap(({ id, sku }) => (id === undefined && sku !== undefined ? [skuValue(sku)] : []));
  const slugs = rows.flatMap(({ category }) => (category === undefined ? [] : [categorySlugValue(category)]));
  const owners = await ownersOf([...new Set<UniqueValue>([...skus, ...slugs])]);
  const idOf = ({ id, sku = '' }: Named) => id ?? owners.get(skuValue(sku));
  const ids = rows.flatMap((row) => idOf(row) ?? []);
  const products = await readProducts([...new Set(ids)]);
  return {
    productOf: (row) => products.get(idOf(row) ?? ''),
    categoryIdOf: (slug) => owners.get(categorySlugValue(slug)),
  };
}
