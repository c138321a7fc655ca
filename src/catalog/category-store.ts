/** Categories in the table: their items, and the conditions that keep slugs unique and categories with products from going. */
import { tableName } from '../dynamodb/client';
import { queryPage, querySection, type Page } from '../dynamodb/read';
import { Contention, retryOnContention, transact, type Action } from '../dynamodb/transaction';
import { categoryInUse, notFound, slugTaken } from '../errors';
import type { Category, CategoryQuery } from './category';
import { categoryPartition, createCounts, isCount, lastShare, readCounts, removeCounts } from './category-count-store';
import { shareCount, sumOf, type CountItem } from './category-count-store';
import { historyEntry, type HistoryEntry, type HistoryQuery, type Stamp } from './history';
import { readHistory, remember } from './history-store';
import { categorySlugValue, claim, release, rename } from './unique-value-store';

interface CategoryItem extends Omit<Category, 'productCount'> {
  pk: string;
  sk: 'CATEGORY';
  gsi1pk: 'CATEGORY';
  /** The slug: categories are listed by it. */
  gsi1sk: string;
  /**
   * Null where products are counted beside the item. A number is the count of all products by a version that counted here; no
   * attribute at all would let that version, still running while another is deployed, begin again at none (decision 0014).
   */
  productCount: number | null;
  [attribute: string]: unknown;
}

const keyOf = (id: string) => ({ pk: categoryPartition(id), sk: 'CATEGORY' as const });

const toItem = (category: Category): CategoryItem => ({
  ...keyOf(category.id),
  gsi1pk: 'CATEGORY',
  gsi1sk: category.slug,
  ...category,
  productCount: null,
});

const toCategory = (item: CategoryItem, counts: CountItem[]): Category => ({
  id: item.id,
  name: item.name,
  slug: item.slug,
  description: item.description,
  productCount: item.productCount ?? sumOf(counts).active,
  version: item.version,
  createdAt: item.createdAt,
  createdBy: item.createdBy,
  updatedAt: item.updatedAt,
  updatedBy: item.updatedBy,
});

/** What the history says of a category: as for products, and not its count, which is no one's change. */
const toHistory = ({ id, productCount, version, updatedAt, updatedBy, ...content }: Category) => content;

/** Writes the category, and `first` in the same transaction. Throws `slug_taken`. */
export async function insertCategory(category: Category, first: Action[]): Promise<void> {
  const { id, slug } = category;
  const insert: Action = {
    write: { Put: { TableName: tableName, Item: toItem(category), ConditionExpression: 'attribute_not_exists(pk)' } },
  };
  await retryOnContention(() =>
    transact([
      ...first,
      insert,
      ...createCounts(id),
      claim(categorySlugValue(slug), id, () => slugTaken('category', slug)),
      remember(keyOf(id).pk, historyEntry('created', category, { after: toHistory(category) })),
    ]),
  );
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
    const entry = historyEntry('updated', next, { before: toHistory(current), after: toHistory(next) });
    if (entry.changes.length === 0) return current;
    await transact([
      updateWritable(next, current.version),
      ...rename(categorySlugValue(current.slug), categorySlugValue(next.slug), id, () =>
        slugTaken('category', next.slug),
      ),
      remember(keyOf(id).pk, entry),
    ]);
    return next;
  });
}

/** Names the fields one by one, because a Put would undo a count that is kept in the item and changes at the same time. */
function updateWritable(next: Category, currentVersion: number): Action {
  const { name, slug, description, version, updatedAt, updatedBy } = next;
  const set = 'SET #name = :name, slug = :slug, gsi1sk = :slug, version = :version, updatedAt = :at, updatedBy = :by';
  return {
    write: {
      Update: {
        TableName: tableName,
        Key: keyOf(next.id),
        UpdateExpression:
          description === undefined ? `${set} REMOVE description` : `${set}, description = :description`,
        ConditionExpression: 'version = :current',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: {
          ':name': name,
          ':slug': slug,
          ':description': description,
          ':version': version,
          ':at': updatedAt,
          ':by': updatedBy,
          ':current': currentVersion,
        },
      },
    },
    otherwise: () => new Contention(),
  };
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
    const remove: Action = {
      write: {
        Delete: {
          TableName: tableName,
          Key: keyOf(id),
          ConditionExpression: 'version = :current AND productCount = :count',
          ExpressionAttributeValues: { ':current': current.version, ':count': item.productCount },
        },
      },
      otherwise: () => new Contention(),
    };
    await transact([
      remove,
      ...removeCounts(counts),
      release(categorySlugValue(current.slug)),
      remember(keyOf(id).pk, historyEntry('deleted', stamp, { before: toHistory(current) })),
    ]);
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
