/**
 * Counts products, and categories below others, as they come, go and change, and finds out where: beside the item of their
 * category, or in it, where a version before this one counted (decision 0014).
 */
import { tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import { Contention, retryOnContention, type Action } from '../dynamodb/transaction';
import { categoryNotFound } from '../errors';
import type { Category } from './category';
import { categoryPartition, counts, type CategorySum } from './category-count-store';
import { keyOf as categoryKey } from './category-item-store';
import type { Product } from './product';

/** What a write makes of a product: one that comes has no `before`, one that goes no `after`. */
export interface ProductChange {
  before?: CountedProduct;
  after?: CountedProduct;
}
type CountedProduct = Pick<Product, 'categoryId' | 'status'>;

/** What a write makes of a category, likewise; one at the top is counted nowhere. */
interface CategoryChange {
  before?: CountedCategory;
  after?: CountedCategory;
}
type CountedCategory = Pick<Category, 'parentId'>;

/** The actions that count changes, as part of the transaction that makes them: one for each category that has more or less. */
export type Count = (...changes: (ProductChange | CategoryChange)[]) => Action[];

/**
 * Runs a write that counts, again on contention, and where its category is counted in another place than it looked. Throws
 * `missing` where the category is gone, and whatever `write` throws.
 */
export const whereCounted = <Result>(
  write: (count: Count) => Promise<Result>,
  missing: (categoryId: string) => Error = categoryNotFound,
): Promise<Result> => retryOnContention(() => countedOnce(write, missing));

/** Runs a write that counts, and never again. Throws `Contention` where it looked for a count in the other place. */
export async function countedOnce<Result>(
  write: (count: Count) => Promise<Result>,
  missing: (categoryId: string) => Error = categoryNotFound,
): Promise<Result> {
  try {
    return await counts.use((share, met) => write((...changes) => countIn(share, met, changes)));
  } catch (error) {
    if (!(error instanceof NoSuchCount)) throw error;
    throw (await isThere(error.categoryId)) ? new Contention() : missing(error.categoryId);
  }
}

function countIn(share: string, met: () => void, changes: (ProductChange | CategoryChange)[]): Action[] {
  const sums = new Map<string, CategorySum>();
  const add = (step: 1 | -1, member?: CountedProduct | CountedCategory) => {
    const [categoryId, { all, active, children }] = countOf(member);
    if (categoryId === undefined) return;
    const sum = sums.get(categoryId) ?? { all: 0, active: 0, children: 0 };
    sums.set(categoryId, {
      all: sum.all + step * all,
      active: sum.active + step * active,
      children: sum.children + step * children,
    });
  };
  for (const { before, after } of changes) {
    add(1, after);
    add(-1, before);
  }
  return [...sums]
    .filter(([, { all, active, children }]) => all !== 0 || active !== 0 || children !== 0)
    .map(([categoryId, sum]) => ({
      write: { Update: inItem.has(categoryId) ? addToItem(categoryId, sum) : addToShare(categoryId, share, sum) },
      otherwise: () => new NoSuchCount(categoryId),
      onConflict: met,
    }));
}

/** Where a member is counted, and as what. */
function countOf(member?: CountedProduct | CountedCategory): [categoryId: string | undefined, CategorySum] {
  if (!member || !('categoryId' in member)) return [member?.parentId, { all: 0, active: 0, children: 1 }];
  return [member.categoryId, { all: 1, active: member.status === 'active' ? 1 : 0, children: 0 }];
}

const addToShare = (categoryId: string, sk: string, { all, active, children }: CategorySum) => ({
  TableName: tableName,
  Key: { pk: categoryPartition(categoryId), sk },
  UpdateExpression: 'ADD products :all, active :active, children :children, writes :one',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeValues: { ':all': all, ':active': active, ':children': children, ':one': 1 },
});

/**
 * Categories that this process has found to be counted in their own item, as versions before did (decision 0014). That
 * count is of all products, so the update also stands guard where only the active ones become more or less.
 */
const inItem = new Set<string>();

const addToItem = (categoryId: string, { all, children }: CategorySum) => ({
  TableName: tableName,
  Key: categoryKey(categoryId),
  UpdateExpression: children === 0 ? 'ADD productCount :all' : 'ADD productCount :all, childCount :children',
  ConditionExpression: 'attribute_type(productCount, :number)',
  ExpressionAttributeValues: { ':all': all, ':number': 'N', ...(children === 0 ? {} : { ':children': children }) },
});

/** There is no count where a write looked for it: the category is gone, or is counted in the other place. */
class NoSuchCount extends Error {
  override readonly name = 'NoSuchCount';

  constructor(readonly categoryId: string) {
    super();
  }
}

/** Whether there is such a category; where it is counted is remembered. */
async function isThere(categoryId: string): Promise<boolean> {
  const found = await getItem(categoryKey(categoryId), ({ productCount }: { productCount: number | null }) => ({
    productCount,
  }));
  if (found?.productCount === null) inItem.delete(categoryId);
  else if (found) inItem.add(categoryId);
  return found !== undefined;
}
