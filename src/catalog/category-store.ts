/** Categories in the table: their items, and the conditions that keep slugs unique and categories with products from going. */
import { queryPage, querySection, type Page } from '../dynamodb/read';
import { Contention, retryOnContention, transact, type Action } from '../dynamodb/transaction';
import { categoryInUse, notFound } from '../errors';
import type { Category, CategoryQuery } from './category';
import { isCount, lastShare, readCounts, shareCount, sumOf, type CountItem } from './category-count-store';
import {
  categoryEntry,
  insertion,
  keyOf,
  removal,
  replacement,
  toCategory,
  type CategoryItem,
} from './category-item-store';
import type { HistoryEntry, HistoryQuery, Stamp } from './history';
import { readHistory } from './history-store';

/** Writes what `make` makes for each try, and `first` in the same transaction. Throws `slug_taken`. */
export async function insertCategory(make: () => Category, first: (category: Category) => Action[]): Promise<Category> {
  return retryOnContention(async () => {
    const category = make();
    const entry = categoryEntry('created', category, { after: category });
    await transact([...first(category), ...insertion(category, entry)]);
    return category;
  });
}

/** Throws `not_found`. */
export async function readCategory(id: string): Promise<Category> {
  const { item, counts } = await readWithCounts(id);
  return toCategory(item, counts);
}

/** The category's item and its counts, which are neighbours. Throws `not_found`. */
async function readWithCounts(id: string): Promise<{ item: CategoryItem; counts: CountItem[] }> {
  const { pk, sk } = keyOf(id);
  const section = { pk, from: sk, to: lastShare, limit: shareCount + 1 };
  const { items } = await querySection(section, (found: CategoryItem | CountItem) => found);
  const item = items.find((found): found is CategoryItem => found.sk === sk);
  if (!item) throw notFound('category');
  return { item, counts: items.filter((found): found is CountItem => isCount(found)) };
}

/**
 * Writes what `change` makes of the category as it stands, and calls it again should someone else have written in
 * between. Where that is what it is already, nothing is written, as for products. Throws `not_found`, `slug_taken`, and
 * whatever `change` throws.
 */
export async function changeCategory(id: string, change: (current: Category) => Category): Promise<Category> {
  return retryOnContention(async () => {
    const current = await readCategory(id);
    const next = change(current);
    const entry = categoryEntry('updated', next, { before: current, after: next });
    if (entry.changes.length === 0) return current;
    await transact(replacement(current, next, entry));
    return next;
  });
}

/** Deletes the category if `check` accepts it as it stands. Throws `not_found`, `category_in_use`. */
export async function removeCategory(id: string, check: (current: Category) => Stamp): Promise<void> {
  await retryOnContention(async () => {
    const { item, counts } = await readWithCounts(id);
    const current = toCategory(item, counts);
    const stamp = check(current);
    const allProductCount = item.productCount ?? sumOf(counts).all;
    if (allProductCount > 0) throw categoryInUse(allProductCount);
    // A query can come in the middle of a transaction: of the one that makes the counts it may see a part.
    if (item.productCount === null && counts.length < shareCount) throw new Contention();
    await transact(removal(item, counts, categoryEntry('deleted', stamp, { before: current })));
  });
}

/** What was done to the category, newest first; also to one that is deleted. Throws `not_found` for what never was. */
export async function readCategoryHistory(id: string, query: HistoryQuery): Promise<Page<HistoryEntry>> {
  const page = await readHistory(keyOf(id).pk, query);
  if (page.items.length === 0 && query.nextToken === undefined) throw notFound('category');
  return page;
}

/** Categories by slug; the counts of each are a read of their own, all at once: a fraction of a unit, and two round trips in all. */
export async function listCategories({ limit, nextToken: after }: CategoryQuery): Promise<Page<Category>> {
  const index = { index: 'by-status', partitionKey: 'gsi1pk', partition: 'CATEGORY', sortKey: 'gsi1sk' };
  const page = await queryPage({ ...index, order: 'ascending', after, limit }, (item: CategoryItem) => item);
  const items = await Promise.all(
    page.items.map(async (item) => toCategory(item, item.productCount === null ? await readCounts(item.id) : [])),
  );
  return { ...page, items };
}
