/** Categories in the table: their items, and the conditions that keep slugs unique and product counts exact. */
import { tableName } from '../dynamodb/client';
import { getItem, queryPage, type Page } from '../dynamodb/read';
import { Contention, retryOnContention, transact, type Action } from '../dynamodb/transaction';
import { categoryInUse, categoryNotFound, notFound, slugTaken } from '../errors';
import type { Category, CategoryQuery } from './category';
import { historyEntry, type HistoryEntry, type HistoryQuery, type Stamp } from './history';
import { readHistory, remember } from './history-store';
import { claim, release, rename } from './unique-value-store';

interface CategoryItem extends Category {
  pk: string;
  sk: 'CATEGORY';
  gsi1pk: 'CATEGORY';
  /** The slug: categories are listed by it. */
  gsi1sk: string;
  [attribute: string]: unknown;
}

const keyOf = (id: string) => ({ pk: `CATEGORY#${id}`, sk: 'CATEGORY' as const });

const toItem = (category: Category): CategoryItem => ({
  ...keyOf(category.id),
  gsi1pk: 'CATEGORY',
  gsi1sk: category.slug,
  ...category,
});

const toCategory = (item: CategoryItem): Category => ({
  id: item.id,
  name: item.name,
  slug: item.slug,
  description: item.description,
  productCount: item.productCount,
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
      claim(`CATEGORY_SLUG#${slug}`, id, () => slugTaken('category', slug)),
      remember(keyOf(id).pk, historyEntry('created', category, { after: toHistory(category) })),
    ]),
  );
}

/** Throws `not_found`. */
export async function readCategory(id: string): Promise<Category> {
  const category = await getItem(keyOf(id), toCategory);
  if (!category) throw notFound('category');
  return category;
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
      ...rename(`CATEGORY_SLUG#${current.slug}`, `CATEGORY_SLUG#${next.slug}`, id, () =>
        slugTaken('category', next.slug),
      ),
      remember(keyOf(id).pk, entry),
    ]);
    return next;
  });
}

/** Names the fields one by one, because a Put would undo counts that products change at the same time. */
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
    const current = await readCategory(id);
    const stamp = check(current);
    if (current.productCount > 0) throw categoryInUse(current.productCount);
    const remove: Action = {
      write: {
        Delete: {
          TableName: tableName,
          Key: keyOf(id),
          ConditionExpression: 'version = :current AND productCount = :none',
          ExpressionAttributeValues: { ':current': current.version, ':none': 0 },
        },
      },
      otherwise: () => new Contention(),
    };
    await transact([
      remove,
      release(`CATEGORY_SLUG#${current.slug}`),
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

/** One product more or less in a category, as part of the transaction that makes it so. Fails with `category_not_found`. */
export function countProduct(categoryId: string, step: 1 | -1): Action {
  return {
    write: {
      Update: {
        TableName: tableName,
        Key: keyOf(categoryId),
        UpdateExpression: 'ADD productCount :step',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':step': step },
      },
    },
    otherwise: () => categoryNotFound(categoryId),
  };
}

/** Categories by slug. */
export async function listCategories({ limit, nextToken: after }: CategoryQuery): Promise<Page<Category>> {
  const index = { index: 'by-status', partitionKey: 'gsi1pk', partitions: ['CATEGORY'], sortKey: 'gsi1sk' };
  return queryPage({ ...index, order: 'ascending', after, limit }, toCategory);
}
