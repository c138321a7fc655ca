/** Products in the table: their items, and the conditions that keep SKUs and slugs unique and categories real. */
import { tableName } from '../dynamodb/client';
import { getItem, queryPage, type Page } from '../dynamodb/read';
import { Contention, retryOnContention, transact, type Action } from '../dynamodb/transaction';
import { notDeleted, notFound, skuTaken, slugTaken } from '../errors';
import { countProduct } from './category-store';
import { contentBefore, historyEntry, type HistoryEntry, type HistoryQuery, type Stamp } from './history';
import { readHistory, readLatest, remember } from './history-store';
import type { Product } from './product';
import type { ProductQuery, ProductStatus } from './product-parameters';
import { claim, ownerOf, release, rename, type UniqueValue } from './unique-value-store';

interface ProductItem extends Product {
  pk: string;
  sk: 'PRODUCT';
  gsi1pk: string;
  gsi1sk: string;
  gsi2pk: string;
  gsi2sk: string;
  [attribute: string]: unknown;
}

const keyOf = (id: string) => ({ pk: `PRODUCT#${id}`, sk: 'PRODUCT' as const });
const statusPartition = (status: ProductStatus) => `PRODUCT#${status}`;
const categoryPartition = (categoryId: string, status: ProductStatus) => `CATEGORY#${categoryId}#${status}`;

const toItem = (product: Product) => ({
  ...keyOf(product.id),
  gsi1pk: statusPartition(product.status),
  gsi1sk: product.id,
  gsi2pk: categoryPartition(product.categoryId, product.status),
  gsi2sk: product.id,
  ...product,
  // The marshaller takes an object with a property named `constructor` for a class; a Map may have any names.
  attributes: product.attributes && new Map(Object.entries(product.attributes)),
});

const toProduct = (item: ProductItem): Product => ({
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
  version: item.version,
  createdAt: item.createdAt,
  createdBy: item.createdBy,
  updatedAt: item.updatedAt,
  updatedBy: item.updatedBy,
});

const skuValue = (sku: string) => `SKU#${sku}` as const;
const slugValue = (slug: string) => `PRODUCT_SLUG#${slug}` as const;

/** What the history says of a product: its fields, and who made it when. The rest is said by the entries themselves. */
const toHistory = ({ id, version, updatedAt, updatedBy, ...content }: Product) => content;
type ProductContent = ReturnType<typeof toHistory>;

/** All that a product's coming takes, as parts of a transaction. */
function insertion(product: Product, action: 'created' | 'restored'): Action[] {
  const { id, sku, slug, categoryId } = product;
  return [
    {
      write: { Put: { TableName: tableName, Item: toItem(product), ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    },
    claim(skuValue(sku), id, () => skuTaken(sku)),
    claim(slugValue(slug), id, () => slugTaken('product', slug)),
    countProduct(categoryId, 1),
    remember(keyOf(id).pk, historyEntry(action, product, { after: toHistory(product) })),
  ];
}

/** Writes the product, and `first` in the same transaction. Throws `sku_taken`, `slug_taken`, `category_not_found`. */
export async function insertProduct(product: Product, first: Action[]): Promise<void> {
  await retryOnContention(() => transact([...first, ...insertion(product, 'created')]));
}

/**
 * Writes what `restore` makes of a deleted product as it was, and of the version that its deletion made. Throws `not_found`
 * for what never was, `not_deleted`, `sku_taken`, `slug_taken`, `category_not_found`.
 */
export async function reinsertProduct(
  id: string,
  restore: (content: ProductContent, version: number) => Product,
): Promise<Product> {
  return retryOnContention(async () => {
    const latest = await readLatest(keyOf(id).pk);
    if (!latest) throw notFound('product');
    if (latest.action !== 'deleted') throw notDeleted();
    const product = restore(contentBefore(latest), latest.version);
    await transact(insertion(product, 'restored'));
    return product;
  });
}

/** What was done to the product, newest first; also to one that is deleted. Throws `not_found` for what never was. */
export async function readProductHistory(id: string, query: HistoryQuery): Promise<Page<HistoryEntry>> {
  const page = await readHistory(keyOf(id).pk, query);
  if (page.items.length === 0 && query.nextToken === undefined) throw notFound('product');
  return page;
}

/** Throws `not_found`. */
export async function readProduct(id: string): Promise<Product> {
  const product = await getItem(keyOf(id), toProduct);
  if (!product) throw notFound('product');
  return product;
}

/**
 * Writes what `change` makes of the product as it stands, and calls it again should someone else have written in
 * between. Where that is what it is already, nothing is written and the product comes back as it was read: the read is
 * strongly consistent, so there was a moment since the request came when the product was so, in that version.
 * Throws `not_found`, `sku_taken`, `slug_taken`, `category_not_found`, and whatever `change` throws.
 */
export async function changeProduct(id: string, change: (current: Product) => Product): Promise<Product> {
  return retryOnContention(async () => {
    const current = await readProduct(id);
    const next = change(current);
    const entry = historyEntry('updated', next, { before: toHistory(current), after: toHistory(next) });
    if (entry.changes.length === 0) return current;
    const moved = current.categoryId !== next.categoryId;
    await transact([
      {
        write: { Put: { TableName: tableName, Item: toItem(next), ...unchangedSince(current) } },
        otherwise: () => new Contention(),
      },
      ...rename(skuValue(current.sku), skuValue(next.sku), id, () => skuTaken(next.sku)),
      ...rename(slugValue(current.slug), slugValue(next.slug), id, () => slugTaken('product', next.slug)),
      ...(moved ? [countProduct(next.categoryId, 1), countProduct(current.categoryId, -1)] : []),
      remember(keyOf(id).pk, entry),
    ]);
    return next;
  });
}

/** Deletes the product if `check` accepts it as it stands. Throws `not_found`, and whatever `check` throws. */
export async function removeProduct(id: string, check: (current: Product) => Stamp): Promise<void> {
  await retryOnContention(async () => {
    const current = await readProduct(id);
    const stamp = check(current);
    await transact([
      {
        write: { Delete: { TableName: tableName, Key: keyOf(id), ...unchangedSince(current) } },
        otherwise: () => new Contention(),
      },
      release(skuValue(current.sku)),
      release(slugValue(current.slug)),
      countProduct(current.categoryId, -1),
      remember(keyOf(id).pk, historyEntry('deleted', stamp, { before: toHistory(current) })),
    ]);
  });
}

const unchangedSince = ({ version }: Product) => ({
  ConditionExpression: 'version = :current',
  ExpressionAttributeValues: { ':current': version },
});

/** Products of the given statuses, newest first. */
export async function listProducts(query: ProductQuery, visible: readonly ProductStatus[]): Promise<Page<Product>> {
  const { sku, slug, categoryId, limit, nextToken: after } = query;
  const unique = sku !== undefined ? skuValue(sku) : slug !== undefined ? slugValue(slug) : undefined;
  if (unique) return lookUp(unique, query, visible);

  const index =
    categoryId === undefined
      ? { ...byStatus, partitions: visible.map(statusPartition) }
      : { ...byCategory, partitions: visible.map((status) => categoryPartition(categoryId, status)) };
  return queryPage({ ...index, order: 'descending', after, limit }, toProduct);
}

const byStatus = { index: 'by-status', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' };
const byCategory = { index: 'by-category', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' };

/** The list for a value that one product at most has: read by its key, then held against every other filter. */
async function lookUp(
  value: UniqueValue,
  query: ProductQuery,
  visible: readonly ProductStatus[],
): Promise<Page<Product>> {
  const id = await ownerOf(value);
  const product = id === undefined ? undefined : await getItem(keyOf(id), toProduct);
  const matches =
    product !== undefined &&
    visible.includes(product.status) &&
    (query.sku === undefined || query.sku === product.sku) &&
    (query.slug === undefined || query.slug === product.slug) &&
    (query.categoryId === undefined || query.categoryId === product.categoryId) &&
    (query.nextToken === undefined || product.id < query.nextToken);
  return { items: matches ? [product] : [] };
}
