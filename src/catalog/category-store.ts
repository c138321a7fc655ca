/**
 * Categories in the table: written under the conditions that keep slugs unique, the tree a tree, and categories in use
 * from being deleted; and read.
 */
import { queryPage, type Page } from '../dynamodb/page';
import { querySection } from '../dynamodb/read';
import { Contention, retryOnContention, transact, type Action } from '../dynamodb/transaction';
import { categoryHasChildren, categoryInUse, notFound, parentNotFound } from '../errors';
import type { Category, CategoryQuery, CategoryWithPath } from './category';
import { readActive } from './active-count-store';
import { counts, isCount, shareCount, sumOf, type CountItem } from './category-count-store';
import {
  categoryEntry,
  insertion,
  keyOf,
  removal,
  replacement,
  toCategory,
  type CategoryItem,
} from './category-item-store';
import { readPlaces, removePlaces } from './category-place-store';
import { readPath, transactMoved, transactPlaced } from './category-tree-store';
import type { HistoryEntry, Stamp } from './history';
import type { HistoryQuery } from './history-query';
import { readHistory } from './history-store';
import { categoryList } from './list-store';
import { whereCounted } from './product-count-store';

/**
 * Writes the category that `make` returns, and in the same transaction the actions of `first`; both are called again
 * for each try. Throws `slug_taken`, `parent_not_found`, `category_too_deep`.
 */
export async function insertCategory(make: () => Category, first: (category: Category) => Action[]): Promise<Category> {
  return whereCounted(async (count) => {
    const category = make();
    const entry = categoryEntry('created', category, { after: category });
    const rest = [...insertion(category, entry), ...count({ after: category })];
    await transactPlaced({ id: category.id, to: category.parentId }, { first: first(category), rest });
    return category;
  }, parentNotFound);
}

/** Throws `not_found`. */
async function readCategory(id: string): Promise<Category> {
  const { item, counts } = await readWithCounts(id);
  return toCategory(item, sumOf(counts).active);
}

/** The category with its path from the top of the tree. Throws `not_found`. */
export const readCategoryWithPath = (id: string): Promise<CategoryWithPath> =>
  retryOnContention(async () => {
    const { item, counts } = await readWithCounts(id);
    const path = await readPath(item);
    return { ...toCategory(item, sumOf(counts).active), path: path.map(({ id, name, slug }) => ({ id, name, slug })) };
  });

/** The category's item and its counts, which are neighbours. Throws `not_found`. */
async function readWithCounts(id: string): Promise<{ item: CategoryItem; counts: CountItem[] }> {
  const { pk, sk } = keyOf(id);
  const section = { pk, from: sk, to: counts.last, limit: shareCount + 1 };
  const { items } = await querySection(section, (found: CategoryItem | CountItem) => found);
  const item = items.find((found): found is CategoryItem => found.sk === sk);
  if (!item) throw notFound('category');
  return { item, counts: items.filter((found): found is CountItem => isCount(found)) };
}

/**
 * Writes what `change` makes of the category as it stands, and calls it again if someone else has written in between.
 * If that changes nothing, nothing is written, as for products. Throws `not_found`, `slug_taken`, `parent_not_found`,
 * `category_cycle`, `category_too_deep`, and whatever `change` throws.
 */
export async function changeCategory(id: string, change: (current: Category) => Category): Promise<Category> {
  return whereCounted(async (count) => {
    const current = await readCategory(id);
    const next = change(current);
    const entry = categoryEntry('updated', next, { before: current, after: next });
    if (entry.changes.length === 0) return current;
    const { first, rest } = replacement(current, next, entry);
    const counted = count({ before: current, after: next });
    if (counted.length === 0) await transact([...first, ...rest]);
    else await transactMoved({ id, from: current.parentId, to: next.parentId }, { first, rest: [...rest, ...counted] });
    return next;
  }, parentNotFound);
}

/** Deletes the category if `check` accepts it as it stands. Throws `not_found`, `category_has_children`, `category_in_use`. */
export async function removeCategory(id: string, check: (current: Category) => Stamp): Promise<void> {
  await whereCounted(async (count) => {
    const { item, counts } = await readWithCounts(id);
    const sum = sumOf(counts);
    const current = toCategory(item, sum.active);
    const stamp = check(current);
    const [all, children] = [item.productCount ?? sum.all, item.childCount ?? sum.children];
    if (children > 0) throw categoryHasChildren(children);
    if (all > 0) throw categoryInUse(all);
    // A query may see part of a transaction: here, only some of the counts that are just being created.
    if (item.productCount === null && counts.length < shareCount) throw new Contention();
    const entry = categoryEntry('deleted', stamp, { before: current });
    const rest = [...removePlaces(await readPlaces(id)), ...count({ before: current })];
    await transactPlaced({ id, from: current.parentId }, { first: removal(item, counts, entry), rest });
  });
}

/** What was done to the category, newest first, even if it is deleted. Throws `not_found` if it never existed. */
export async function readCategoryHistory(id: string, query: HistoryQuery): Promise<Page<HistoryEntry>> {
  const page = await readHistory(keyOf(id).pk, query);
  if (page.items.length === 0 && query.nextToken === undefined) throw notFound('category');
  return page;
}

/**
 * One page of categories by slug: all of them, or those right below one. The counts of each category take a query of
 * their own, which costs a fraction of a unit; these queries run together, so that a page takes two round trips.
 */
export async function listCategories({ parentId, limit, nextToken: after }: CategoryQuery): Promise<Page<Category>> {
  const page = await queryPage(
    { ...categoryList(parentId), order: 'ascending', after, limit },
    (item: CategoryItem) => item,
  );
  const items = await Promise.all(
    page.items.map(async (item) =>
      toCategory(item, item.productCount ?? (await readActive(item.id, { consistent: true }))),
    ),
  );
  return { ...page, items };
}
