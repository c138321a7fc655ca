/** Products as items of the table, and the actions that create, replace and delete one in a transaction. */
import { tableName } from '../dynamodb/client';
import { Contention, type Action } from '../dynamodb/transaction';
import { skuTaken, slugTaken } from '../errors';
import { stillThere, toImage } from '../images/image';
import { contentBefore, historyEntry, type HistoryEntry, type Stamp } from './history';
import { remember } from './history-store';
import { productIndexKeys } from './list-store';
import type { Product } from './product';
import { claim, release, rename } from './unique-value-store';

export interface ProductItem extends Product {
  pk: string;
  sk: 'PRODUCT';
  gsi1pk: string;
  gsi1sk: string;
  gsi2pk: string;
  gsi2sk: string;
  [attribute: string]: unknown;
}

export const keyOf = (id: string) => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' as const });

const toItem = (product: Product) => ({
  ...keyOf(product.id),
  ...productIndexKeys(product),
  ...product,
  // The SDK's marshaller takes an object that has a property named `constructor` for a class; in a Map, any name will
  // do.
  attributes: product.attributes && new Map(Object.entries(product.attributes)),
});

/** `satisfies`: a field that is left out here would be lost at the next change. */
export const toProduct = (item: ProductItem): Product =>
  ({
    id: item.id,
    sku: item.sku,
    name: item.name,
    slug: item.slug,
    description: item.description,
    price: { amount: item.price.amount, currency: item.price.currency },
    stockCount: item.stockCount,
    categoryId: item.categoryId,
    status: item.status,
    imageUrl: item.imageUrl,
    attributes: item.attributes,
    images: item.images?.map(toImage),
    version: item.version,
    createdAt: item.createdAt,
    createdBy: item.createdBy,
    updatedAt: item.updatedAt,
    updatedBy: item.updatedBy,
  }) satisfies Record<keyof Product, unknown>;

export const skuValue = (sku: string) => `SKU#${sku}` as const;
export const slugValue = (slug: string) => `PRODUCT_SLUG#${slug}` as const;

/**
 * What the history records of a product: the fields that callers set, and who created it when. Its entries have the
 * rest themselves.
 */
const toHistory = ({ id, version, updatedAt, updatedBy, ...content }: Product) => content;
export type ProductContent = ReturnType<typeof toHistory>;

/** The content that a restoration brings back, from the entry that the deletion left. */
export function contentToRestore(deletion: Pick<HistoryEntry, 'at' | 'changes'>): ProductContent {
  const content = contentBefore<ProductContent>(deletion);
  return { ...content, images: stillThere(content.images, deletion.at) };
}

/** The history entry for a write of a product. */
export const productEntry = (
  action: HistoryEntry['action'],
  stamp: Stamp,
  { before, after }: { before?: Product; after?: Product },
): HistoryEntry =>
  historyEntry(action, stamp, { before: before && toHistory(before), after: after && toHistory(after) });

/** Creates a product. Counting it is not among these actions, nor among those below. */
export function insertion(product: Product, entry: HistoryEntry): Action[] {
  const { id, sku, slug } = product;
  return [
    {
      write: { Put: { TableName: tableName, Item: toItem(product), ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    },
    claim(skuValue(sku), id, () => skuTaken(sku)),
    claim(slugValue(slug), id, () => slugTaken('product', slug)),
    remember(keyOf(id).pk, entry),
  ];
}

/** Replaces a product, on condition that it still has the version that was read. */
export function replacement(current: Product, next: Product, entry: HistoryEntry): Action[] {
  const { id } = current;
  return [
    {
      write: { Put: { TableName: tableName, Item: toItem(next), ...unchangedSince(current) } },
      otherwise: () => new Contention(),
    },
    ...rename(skuValue(current.sku), skuValue(next.sku), id, () => skuTaken(next.sku)),
    ...rename(slugValue(current.slug), slugValue(next.slug), id, () => slugTaken('product', next.slug)),
    remember(keyOf(id).pk, entry),
  ];
}

/** Deletes a product, on condition that it still has the version that was read. */
export function removal(current: Product, entry: HistoryEntry): Action[] {
  return [
    {
      write: { Delete: { TableName: tableName, Key: keyOf(current.id), ...unchangedSince(current) } },
      otherwise: () => new Contention(),
    },
    release(skuValue(current.sku)),
    release(slugValue(current.slug)),
    remember(keyOf(current.id).pk, entry),
  ];
}

const unchangedSince = ({ version }: Product) => ({
  ConditionExpression: 'version = :current',
  ExpressionAttributeValues: { ':current': version },
});
