/**
 * Products in the table: written under the conditions that keep SKUs and slugs unique and categories existing, and
 * read.
 */
import { queryPage, type Page } from '../dynamodb/page';
import { getItem, getItems } from '../dynamodb/read';
import { transact, type Action } from '../dynamodb/transaction';
import { notDeleted, notFound } from '../errors';
import type { HistoryEntry, Stamp } from './history';
import type { HistoryQuery } from './history-query';
import { readHistory, readLatest } from './history-store';
import { productList } from './list-store';
import type { Product } from './product';
import { whereCounted } from './product-count-store';
import { passes } from './product-filter';
import {
  contentToRestore,
  insertion,
  keyOf,
  productEntry,
  removal,
  replacement,
  skuValue,
  slugValue,
  toProduct,
  type ProductContent,
  type ProductItem,
} from './product-item-store';
import type { ProductStatus } from './product-parameters';
import type { ProductQuery } from './product-query';
import { ownerOf, type UniqueValue } from './unique-value-store';

/**
 * Writes the product that `make` returns, and in the same transaction the actions of `first`; both are called again for
 * each try. Throws `sku_taken`, `slug_taken`, `category_not_found`.
 */
export async function insertProduct(make: () => Product, first: (product: Product) => Action[]): Promise<Product> {
  return whereCounted(async (count) => {
    const product = make();
    const entry = productEntry('created', product, { after: product });
    await transact([...first(product), ...insertion(product, entry), ...count({ after: product })]);
    return product;
  });
}

/**
 * Writes the product that `restore` makes of a deleted one's content and of the version that the deletion made. Throws
 * `not_found` if it never existed, `not_deleted`, `sku_taken`, `slug_taken`, `category_not_found`.
 */
export async function reinsertProduct(
  id: string,
  restore: (content: ProductContent, version: number) => Product,
): Promise<Product> {
  return whereCounted(async (count) => {
    const latest = await readLatest(keyOf(id).pk);
    if (latest?.action !== 'deleted') throw latest ? notDeleted() : notFound('product');
    const product = restore(contentToRestore(latest), latest.version);
    const entry = productEntry('restored', product, { after: product });
    await transact([...insertion(product, entry), ...count({ after: product })]);
    return product;
  });
}

/** What was done to the product, newest first, even if it is deleted. Throws `not_found` if it never existed. */
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

/** Those of these products that exist, by their ids. */
export async function readProducts(ids: string[]): Promise<ReadonlyMap<string, Product>> {
  const items = await getItems<ProductItem>(ids.map(keyOf));
  return new Map(items.flatMap((item) => (item ? [[item.id, toProduct(item)]] : [])));
}

/**
 * Writes what `change` makes of the product as it stands, together with the actions of `first`, and calls it again if
 * someone else has written in between. If that changes nothing, nothing is written and the product comes back as it was
 * read: the read is strongly consistent, so there was a moment since the request came when the product was so, in that
 * version. Throws `not_found`, `sku_taken`, `slug_taken`, `category_not_found`, and what `change` and `first` throw.
 */
export async function changeProduct(
  id: string,
  change: (current: Product) => Product,
  first: Action[] = [],
): Promise<Product> {
  return whereCounted(async (count) => {
    const current = await readProduct(id);
    const next = change(current);
    const entry = productEntry('updated', next, { before: current, after: next });
    if (entry.changes.length === 0) return current;
    await transact([...first, ...replacement(current, next, entry), ...count({ before: current, after: next })]);
    return next;
  });
}

/** Deletes the product if `check` accepts it as it stands. Throws `not_found`, and whatever `check` throws. */
export async function removeProduct(id: string, check: (current: Product) => Stamp): Promise<void> {
  await whereCounted(async (count) => {
    const current = await readProduct(id);
    const entry = productEntry('deleted', check(current), { before: current });
    await transact([...removal(current, entry), ...count({ before: current })]);
  });
}

/**
 * Products of one status, or of all of them, newest first. A product that exists all the while is in the list of all
 * exactly once, even if its status changes meanwhile.
 */
export async function listProducts(query: ProductQuery, status?: ProductStatus): Promise<Page<Product>> {
  const { sku, slug, categoryId, limit, nextToken: after } = query;
  const unique = sku !== undefined ? skuValue(sku) : slug !== undefined ? slugValue(slug) : undefined;
  if (unique) return lookUp(unique, query, status);
  const inCategory = (item: ProductItem) => categoryId === undefined || item.categoryId === categoryId;
  const read = (item: ProductItem) => (inCategory(item) ? toProduct(item) : undefined);
  return queryPage({ ...productList({ categoryId, status }), order: 'descending', after, limit }, read);
}

/**
 * A list filtered by SKU or slug, which one product has at most: that product is read by its key and checked against
 * the other filters. There are always two reads: if a hidden product took one more than none, the difference would give
 * it away.
 */
async function lookUp(value: UniqueValue, query: ProductQuery, status?: ProductStatus): Promise<Page<Product>> {
  const id = await ownerOf(value);
  const product = await getItem(keyOf(id ?? value), toProduct);
  const isListed =
    product !== undefined &&
    passes(product, { ...query, status }) &&
    (query.nextToken === undefined || product.id < query.nextToken);
  return { items: isListed ? [product] : [] };
}
