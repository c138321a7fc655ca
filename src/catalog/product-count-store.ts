/**
 * Counts products as they come, go and change, and finds out where: beside the item of their category, or in it, where a
 * version before this one counted (decision 0014).
 */
import { tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import { Contention, retryOnContention, type Action } from '../dynamodb/transaction';
import { categoryNotFound } from '../errors';
import { categoryPartition, withShare, type ProductCount } from './category-count-store';
import type { Product } from './product';

/** What a write makes of a product: one that comes has no `before`, one that goes no `after`. */
export interface ProductChange {
  before?: Counted;
  after?: Counted;
}
type Counted = Pick<Product, 'categoryId' | 'status'>;

/** The actions that count changes, as part of the transaction that makes them: one for each category that has more or less. */
export type Count = (...changes: ProductChange[]) => Action[];

/**
 * Runs a write that counts, again on contention, and where its category is counted in another place than it looked. Throws
 * `category_not_found` where the category is gone, and whatever `write` throws.
 */
export const whereCounted = <Result>(write: (count: Count) => Promise<Result>): Promise<Result> =>
  retryOnContention(() => countedOnce(write));

/** Runs a write that counts, and never again. Throws `Contention` where it looked for a count in the other place. */
export async function countedOnce<Result>(write: (count: Count) => Promise<Result>): Promise<Result> {
  try {
    return await withShare((share, met) => write((...changes) => countIn(share, met, changes)));
  } catch (error) {
    if (error instanceof NoSuchCount) await lookForCount(error.categoryId);
    throw error instanceof NoSuchCount ? new Contention() : error;
  }
}

function countIn(share: string, met: () => void, changes: ProductChange[]): Action[] {
  const sums = new Map<string, ProductCount>();
  const add = (step: 1 | -1, product?: Counted) => {
    if (!product) return;
    const { all, active } = sums.get(product.categoryId) ?? { all: 0, active: 0 };
    sums.set(product.categoryId, { all: all + step, active: active + (product.status === 'active' ? step : 0) });
  };
  for (const { before, after } of changes) {
    add(1, after);
    add(-1, before);
  }
  return [...sums]
    .filter(([, { all, active }]) => all !== 0 || active !== 0)
    .map(([categoryId, sum]) => ({
      write: { Update: inItem.has(categoryId) ? addToItem(categoryId, sum) : addToShare(categoryId, share, sum) },
      otherwise: () => new NoSuchCount(categoryId),
      onConflict: met,
    }));
}

const addToShare = (categoryId: string, sk: string, { all, active }: ProductCount) => ({
  TableName: tableName,
  Key: { pk: categoryPartition(categoryId), sk },
  UpdateExpression: 'ADD products :all, active :active, writes :one',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeValues: { ':all': all, ':active': active, ':one': 1 },
});

/**
 * Categories that this process has found to be counted in their own item, as versions before did (decision 0014). That
 * count is of all products, so the update also stands guard where only the active ones become more or less.
 */
const inItem = new Set<string>();

const addToItem = (categoryId: string, { all }: ProductCount) => ({
  TableName: tableName,
  Key: { pk: categoryPartition(categoryId), sk: 'CATEGORY' },
  UpdateExpression: 'ADD productCount :all',
  ConditionExpression: 'attribute_type(productCount, :number)',
  ExpressionAttributeValues: { ':all': all, ':number': 'N' },
});

/** There is no count where a write looked for it: the category is gone, or is counted in the other place. */
class NoSuchCount extends Error {
  override readonly name = 'NoSuchCount';

  constructor(readonly categoryId: string) {
    super();
  }
}

async function lookForCount(categoryId: string): Promise<void> {
  const key = { pk: categoryPartition(categoryId), sk: 'CATEGORY' };
  const found = await getItem(key, ({ productCount }: { productCount: number | null }) => ({ productCount }));
  if (!found) throw categoryNotFound(categoryId);
  if (found.productCount === null) inItem.delete(categoryId);
  else inItem.add(categoryId);
}
