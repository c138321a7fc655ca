/** Products as they stand in files: what an admin may set, with the category by its slug. Ids and versions are the server's. */
import * as z from 'zod/mini';
import { newProduct } from '../../../src/catalog/product';
import { statuses } from '../../../src/catalog/product-parameters';
import { slug } from '../../../src/catalog/text';
import { fromDigits, type Cells } from './cells';
import { Rejection } from '../rejection';

/** A record that may be imported. */
export const productRecord = z.extend(z.omit(newProduct, { categoryId: true }), { category: slug });

/** A product as the API answers it; what it holds was checked when it came. */
export const storedProduct = z.object({
  id: z.string(),
  version: z.int(),
  sku: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  price: z.object({ amount: z.number(), currency: z.string() }),
  stockCount: z.number(),
  categoryId: z.string(),
  status: z.enum(statuses),
  imageUrl: z.optional(z.string()),
  attributes: z.optional(z.record(z.string(), z.string())),
});
export type StoredProduct = z.infer<typeof storedProduct>;

export type ExportedProduct = Omit<StoredProduct, 'id' | 'version' | 'categoryId'> & { category: string };

/** The same text for the same product, whichever order the API answers its fields and attributes in. */
export function toProductRecord(product: StoredProduct, category: string): ExportedProduct {
  const { sku, name, slug, description, price, stockCount, status, imageUrl, attributes } = product;
  return {
    sku,
    name,
    slug,
    description,
    price: { amount: price.amount, currency: price.currency },
    stockCount,
    category,
    status,
    imageUrl,
    attributes: attributes && Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export const productColumns = [
  'sku',
  'name',
  'slug',
  'description',
  'amount',
  'currency',
  'stockCount',
  'category',
  'status',
  'imageUrl',
  'attributes',
];

export const toProductCells = ({ price, stockCount, attributes, ...text }: ExportedProduct): Cells => ({
  ...text,
  amount: String(price.amount),
  currency: price.currency,
  stockCount: String(stockCount),
  ...(attributes && { attributes: JSON.stringify(attributes) }),
});

/** What stands in the cells, not checked yet. Throws `Rejection` for a cell that cannot be read. */
export const fromProductCells = ({ amount, currency, stockCount, attributes, ...text }: Cells) => ({
  ...text,
  price: { amount: fromDigits('amount', amount), currency },
  stockCount: fromDigits('stockCount', stockCount),
  attributes: attributes === undefined ? undefined : parseAttributes(attributes),
});

function parseAttributes(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    throw new Rejection('attributes: must be a JSON object, such as {"colour":"red"}');
  }
}
