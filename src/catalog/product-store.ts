/** Products in the table: their items, and the conditions that keep SKUs and slugs unique and categories real. */
import { tableName } from '../dynamodb/client';
import { getItem, queryPage, type Page } from '../dynamodb/read';
import { Contention, transact, type Action } from '../dynamodb/transaction';
import { notDeleted, notFound, skuTaken, slugTaken } from '../errors';
import { contentBefore, historyEntry, type HistoryEntry, type HistoryQuery, type Stamp } from './history';
import { readHistory, readLatest, remember } from './history-store';
import type { Product } from './product';
import { whereCounted, type Count } from './product-count-store';
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
function insertion(product: Product, action: 'created' | 'restored', count: Count): Action[] {
  const { id, sku, slug } = product;
  return [
    {
      write: { Put: { TableName: tableName, Item: toItem(product), ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    },
    claim(skuValue(sku), id, () => skuTaken(sku)),
    claim(slugValue(slug), id, () => slugTaken('product', slug)),
    ...count({ after: product }),
    remember(keyOf(id).pk, historyEntry(action, product, { after: toHistory(product) })),
  ];
}

/** Writes the product, and `first` in the same transaction. Throws `sku_taken`, `slug_taken`, `category_not_found`. */
export async function insertProduct(product: Product, first: Action[]): Promise<void> {
  await whereCounted((count) => transact([...first, ...insertion(product, 'created', count)]));
}

/**
 * Writes what `restore` makes of a deleted product as it was, and of the version that its deletion made. Throws `not_found`
 * for what never was, `not_deleted`, `sku_taken`, `slug_taken`, `category_not_found`.
 */
export async function reinsertProduct(
  id: string,
  restore: (content: ProductContent, version: number) => Product,
): Promise<Product> {
  return whereCounted(async (count) => {
    const latest = await readLatest(keyOf(id).pk);
    if (!latest) throw notFound('product');
    if (latest.action !== 'deleted') throw notDeleted();
    const product = restore(contentBefore(latest), latest.version);
    await transact(insertion(product, 'restored', count));
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
  return whereCounted(async (count) => {
    const current = await readProduct(id);
    const next = change(current);
    const entry = historyEntry('updated', next, { before: toHistory(current), after: toHistory(next) });
    if (entry.changes.length === 0) return current;
    await transact([
      {
        write: { Put: { TableName: tableName, Item: toItem(next), ...unchangedSince(current) } },
        otherwise: () => new Contention(),
      },
      ...rename(skuValue(current.sku), skuValue(next.sku), id, () => skuTaken(next.sku)),
      ...rename(slugValue(current.slug), slugValue(next.slug), id, () => slugTaken('product', next.slug)),
      ...count({ before: current, after: next }),
      remember(keyOf(id).pk, entry),
    ]);
    return next;
  });
}

/** Deletes the product if `check` accepts it as it stands. Throws `not_found`, and whatever `check` throws. */
export async function removeProduct(id: string, check: (current: Product) => Stamp): Promise<void> {
  await whereCounted(async (count) => {
    const current = await readProduct(id);
    const stamp = check(current);
    await transact([
      {
        write: { Delete: { TableName: tableName, Key: keyOf(id), ...unchangedSince(current) } },
        otherwise: () => new Contention(),
      },
      release(skuValue(current.sku)),
      release(slugValue(current.slug)),
      ...count({ before: current }),
      remember(keyOf(id).pk, historyEntry('deleted', stamp, { before: toHistory(current) })),
    ]);
  });
}

const unchangedSince = ({ version }: Product) => ({
  ConditionExpression: 'version = :current',
  ExpressionAttributeValues: { ':current': version },
});

/** Products of one status, or of all of them, newest first. A product that is there all the while is in the list once, whatever it becomes. */
export async function listProducts(query: ProductQuery, status?: ProductStatus): Promise<Page<Product>> {
  const { sku, slug, categoryId, limit, nextToken: after } = query;
  const unique = sku !== undefined ? skuValue(sku) : slug !== undefined ? slugValue(slug) : undefined;
  if (unique) return lookUp(unique, query, status);
  const inCategory = (item: ProductItem) => categoryId === undefined || item.categoryId === categoryId;
  const read = (item: ProductItem) => (inCategory(item) ? toProduct(item) : undefined);
  return queryPage({ ...indexOf(categoryId, status), order: 'descending', after, limit }, read);
}

/** What changes the status of a product moves it in the first two indexes, and leaves it where it is in the others. */
function indexOf(categoryId?: string, status?: ProductStatus) {
  if (status !== undefined) {
    return categoryId === undefined
      ? { index: 'by-status', partitionKey: 'gsi1pk', partition: statusPartition(status), sortKey: 'gsi1sk' }
      : {
          index: 'by-category',
          partitionKey: 'gsi2pk',
          partition: categoryPartition(categoryId, status),
          sortKey: 'gsi2sk',
        };
  }
  return categoryId === undefined
    ? { index: 'all-by-type', partitionKey: 'sk', partition: 'PRODUCT', sortKey: 'id', keysOnly: true }
    : { index: 'all-by-category', partitionKey: 'categoryId', partition: categoryId, sortKey: 'id', keysOnly: true };
}

/**
 * The list for a value that one product at most has: read by its key, then held against every other filter. Two reads in
 * every case: one more for a hidden product than for none would tell it from none.
 */
async function lookUp(value: UniqueValue, query: ProductQuery, status?: ProductStatus): Promise<Page<Product>> {
  const id = await ownerOf(value);
  const product = await getItem(keyOf(id ?? value), toProduct);
  const matches =
    product !== undefined &&
    (status === undefined || status === product.status) &&
    (query.sku === undefined || query.sku === product.sku) &&
    (query.slug === undefined || query.slug === product.slug) &&
    (query.categoryId === undefined || query.categoryId === product.categoryId) &&
    (query.nextToken === undefined || product.id < query.nextToken);
  return { items: matches ? [product] : [] };
}
