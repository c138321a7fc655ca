/**
 * How many products a category has: 64 counts beside its item, of which each process keeps to one. Transactions that
 * meet on an item cancel each other, so writers of one category must not meet; the sum of its counts is exact all the same.
 */
import { tableName } from '../dynamodb/client';
import { querySection, type Key } from '../dynamodb/read';
import { Contention, type Action } from '../dynamodb/transaction';

/** Products of every status, and those that readers see. */
export interface ProductCount {
  all: number;
  active: number;
}

/** One of the counts of a category. It alone may be below zero: a product need not go where it came. */
export interface CountItem extends Key {
  products: number;
  active: number;
  /** How often it was written: tells whether it was while its products were counted (`npm run upgrade`). */
  writes: number;
}

/** As many processes soon have one each. All of them, and the category, fit into the transaction of a deletion. */
export const shareCount = 64;
const shares = Array.from({ length: shareCount }, (_, number) => `COUNT#${String(number).padStart(2, '0')}`);
export const [firstShare = '', lastShare = ''] = [shares[0], shares[shareCount - 1]];

export const categoryPartition = (categoryId: string) => `CATEGORY#${categoryId}`;

export const isCount = ({ sk }: Key): boolean => sk >= firstShare && sk <= lastShare;

/** Counts of none, for a category that comes. */
export function createCounts(categoryId: string): Action[] {
  return shares.map((sk) => {
    const item: CountItem = { pk: categoryPartition(categoryId), sk, products: 0, active: 0, writes: 0 };
    return {
      write: { Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    };
  });
}

/** Removes the counts of a category that goes, if they are as they were read. */
export function removeCounts(counts: CountItem[]): Action[] {
  return counts.map(({ pk, sk, products }) => ({
    write: {
      Delete: {
        TableName: tableName,
        Key: { pk, sk },
        ConditionExpression: 'products = :products',
        ExpressionAttributeValues: { ':products': products },
      },
    },
    otherwise: () => new Contention(),
  }));
}

export const sumOf = (counts: CountItem[]): ProductCount =>
  counts.reduce((sum, { products, active }) => ({ all: sum.all + products, active: sum.active + active }), {
    all: 0,
    active: 0,
  });

/**
 * The counts of a category as the last acknowledged writes left them; while others write, of no one moment. None where the
 * category is gone, or is counted in its own item.
 */
export async function readCounts(categoryId: string): Promise<CountItem[]> {
  const pk = categoryPartition(categoryId);
  const section = { pk, from: firstShare, to: lastShare, limit: shareCount };
  return (await querySection(section, (item: CountItem) => item)).items;
}

/** Those that this process does not write just now; the last is taken next. */
const free = shares
  .map((share) => ({ share, at: Math.random() }))
  .sort((a, b) => a.at - b.at)
  .map(({ share }) => share);

/**
 * Runs a write with a count of its own in this process: the one it had last, until someone else's transaction has been on
 * that, and then one that has not been tried for longest. `met` is to be called when that is so.
 */
export async function withShare<Result>(write: (share: string, met: () => void) => Promise<Result>): Promise<Result> {
  const own = free.pop();
  const use = { isMet: false };
  try {
    return await write(own ?? firstShare, () => {
      use.isMet = true;
    });
  } finally {
    if (own !== undefined) free.splice(use.isMet ? 0 : free.length, 0, own);
  }
}
