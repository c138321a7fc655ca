/**
 * Updates the counts of categories when products, or categories below them, are created, changed or deleted. A category
 * is counted in items beside its own, or in its own item where an earlier version of this project has done so; this
 * module finds out which (decision 0014).
 */
import { tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import { Contention, retryOnContention, type Action } from '../dynamodb/transaction';
import { categoryNotFound } from '../errors';
import type { Category } from './category';
import { categoryPartition, counts, type CategorySum } from './category-count-store';
import { keyOf as categoryKey } from './category-item-store';
import type { Product } from './product';

/** A product before and after a write: a new one has no `before`, a deleted one no `after`. */
export interface ProductChange {
  before?: CountedProduct;
  after?: CountedProduct;
}
type CountedProduct = Pick<Product, 'categoryId' | 'status'>;

/** A category before and after a write, likewise; one at the top of the tree is counted nowhere. */
interface CategoryChange {
  before?: CountedCategory;
  after?: CountedCategory;
}
type CountedCategory = Pick<Category, 'parentId'>;

/**
 * Returns the actions that count these changes, for the transaction that makes them: one for each category whose
 * numbers change.
 */
export type Count = (...changes: (ProductChange | CategoryChange)[]) => Action[];

/**
 * Runs a write that counts. It is run again on contention, and if a category turns out to be counted in the other
 * place. Throws `missing` if the category does not exist, and whatever `write` throws.
 */
export const whereCounted = <Result>(
  write: (count: Count) => Promise<Result>,
  missing: (categoryId: string) => Error = categoryNotFound,
): Promise<Result> => retryOnContention(() => countedOnce(write, missing));

/**
 * Runs a write that counts, once. Throws `Contention` if a category turns out to be counted in the other place, which
 * the next try knows.
 */
export async function countedOnce<Result>(
  write: (count: Count) => Promise<Result>,
  missing: (categoryId: string) => Error = categoryNotFound,
): Promise<Result> {
  try {
    return await counts.use((share, reportConflict) => write((...changes) => countIn(share, reportConflict, changes)));
  } catch (error) {
    if (!(error instanceof NoSuchCount)) throw error;
    throw (await isThere(error.categoryId)) ? new Contention() : missing(error.categoryId);
  }
}

function countIn(share: string, reportConflict: () => void, changes: (ProductChange | CategoryChange)[]): Action[] {
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
      onConflict: reportConflict,
    }));
}

/** The category in which a product or a category is counted, and what it adds to the counts. */
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
 * Categories that this process has found to be counted in their own item (decision 0014). That count is of all
 * products. It is also updated, by zero, when only the number of active products changes: the update checks that the
 * category exists.
 */
const inItem = new Set<string>();

const addToItem = (categoryId: string, { all, children }: CategorySum) => ({
  TableName: tableName,
  Key: categoryKey(categoryId),
  UpdateExpression: children === 0 ? 'ADD productCount :all' : 'ADD productCount :all, childCount :children',
  ConditionExpression: 'attribute_type(productCount, :number)',
  ExpressionAttributeValues: { ':all': all, ':number': 'N', ...(children === 0 ? {} : { ':children': children }) },
});

/** There is no count where a write looked for it: the category does not exist, or is counted in the other place. */
class NoSuchCount extends Error {
  override readonly name = 'NoSuchCount';

  constructor(readonly categoryId: string) {
    super();
  }
}

/** Whether the category exists. Remembers where it is counted. */
async function isThere(categoryId: string): Promise<boolean> {
  const found = await getItem(categoryKey(categoryId), ({ productCount }: { productCount: number | null }) => ({
    productCount,
  }));
  if (found?.productCount === null) inItem.delete(categoryId);
  else if (found) inItem.add(categoryId);
  return found !== undefined;
}
