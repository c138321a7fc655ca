/** Categories as items of the table, and the actions that create, replace and delete one in a transaction. */
import { tableName } from '../dynamodb/client';
import { Contention, type Action } from '../dynamodb/transaction';
import { slugTaken } from '../errors';
import type { Category } from './category';
import { categoryPartition, createCounts, removeCounts, type CountItem } from './category-count-store';
import { historyEntry, type HistoryEntry, type Stamp } from './history';
import { remember } from './history-store';
import { categoryIndexKeys } from './list-store';
import { categorySlugValue, claim, release, rename } from './unique-value-store';

export interface CategoryItem extends Omit<Category, 'productCount'> {
  pk: string;
  sk: 'CATEGORY';
  gsi1pk: string;
  gsi1sk: string;
  /**
   * Null if products are counted in the items beside this one. A number was written by an earlier version of this
   * project, which counted all products here. It is null rather than absent because that version, which still runs
   * while another is deployed, would begin an absent count at zero (decision 0014).
   */
  productCount: number | null;
  /** The number of categories right below, if they are counted here. */
  childCount?: number;
  gsi2pk?: string;
  gsi2sk?: string;
  [attribute: string]: unknown;
}

export const keyOf = (id: string) => ({ pk: categoryPartition(id), sk: 'CATEGORY' as const });

const toItem = (category: Category): CategoryItem => ({
  ...keyOf(category.id),
  ...categoryIndexKeys(category),
  ...category,
  productCount: null,
});

export const toCategory = (item: CategoryItem, active: number): Category =>
  ({
    id: item.id,
    name: item.name,
    slug: item.slug,
    description: item.description,
    parentId: item.parentId,
    productCount: item.productCount ?? active,
    version: item.version,
    createdAt: item.createdAt,
    createdBy: item.createdBy,
    updatedAt: item.updatedAt,
    updatedBy: item.updatedBy,
  }) satisfies Record<keyof Category, unknown>;

/**
 * What the history records of a category. The fields that its entries have themselves are left out, as for products,
 * and so is the count, which nobody sets.
 */
const toHistory = ({ id, productCount, version, updatedAt, updatedBy, ...content }: Category) => content;

/** The history entry for a write of a category. */
export const categoryEntry = (
  action: HistoryEntry['action'],
  stamp: Stamp,
  { before, after }: { before?: Category; after?: Category },
): HistoryEntry =>
  historyEntry(action, stamp, { before: before && toHistory(before), after: after && toHistory(after) });

/** Creates a category and its counts. */
export function insertion(category: Category, entry: HistoryEntry): Action[] {
  const { id, slug } = category;
  return [
    {
      write: { Put: { TableName: tableName, Item: toItem(category), ConditionExpression: 'attribute_not_exists(pk)' } },
    },
    ...createCounts(id),
    claim(categorySlugValue(slug), id, () => slugTaken('category', slug)),
    remember(keyOf(id).pk, entry),
  ];
}

/** Replaces a category. `first` fails unless the category still has the version that was read. */
export function replacement(
  current: Category,
  next: Category,
  entry: HistoryEntry,
): Record<'first' | 'rest', Action[]> {
  const { id, slug } = next;
  const renamed = rename(categorySlugValue(current.slug), categorySlugValue(slug), id, () =>
    slugTaken('category', slug),
  );
  return { first: [updateWritable(next, current.version)], rest: [...renamed, remember(keyOf(id).pk, entry)] };
}

/**
 * Sets the fields one by one, because a Put would overwrite a count that is kept in the item and may change at the same
 * time.
 */
function updateWritable(next: Category, currentVersion: number): Action {
  const { id, productCount, createdAt, createdBy, ...content } = next;
  const { gsi1pk, ...place } = categoryIndexKeys(next);
  const fields = Object.entries<string | number | undefined>({ ...content, ...place });
  const set = fields.filter(([, value]) => value !== undefined);
  const sets = set.map(([field]) => `#${field} = :${field}`).join(', ');
  const removes = fields.flatMap(([field, value]) => (value === undefined ? [`#${field}`] : [])).join(', ');
  return {
    write: {
      Update: {
        TableName: tableName,
        Key: keyOf(id),
        UpdateExpression: `SET ${sets}${removes === '' ? '' : ` REMOVE ${removes}`}`,
        ConditionExpression: 'version = :current',
        ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map(([field, value]) => [`:${field}`, value])),
          ':current': currentVersion,
        },
      },
    },
    otherwise: () => new Contention(),
  };
}

const childless = '(attribute_not_exists(childCount) OR childCount = :none)';

/** Deletes a category, on condition that it and its counts are still as they were read. */
export function removal(current: CategoryItem, counts: CountItem[], entry: HistoryEntry): Action[] {
  const { pk, sk, slug, version, productCount } = current;
  return [
    {
      write: {
        Delete: {
          TableName: tableName,
          Key: { pk, sk },
          ConditionExpression: `version = :current AND productCount = :count AND ${childless}`,
          ExpressionAttributeValues: { ':current': version, ':count': productCount, ':none': 0 },
        },
      },
      otherwise: () => new Contention(),
    },
    ...removeCounts(counts),
    release(categorySlugValue(slug)),
    remember(pk, entry),
  ];
}
