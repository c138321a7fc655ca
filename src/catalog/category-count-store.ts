/**
 * Counts the products of a category and the categories right below it, in 64 count items beside the category's own
 * item. Each process writes only one of them, so that writers of one category do not conflict; the sum of all 64 is
 * exact (decision 0014).
 */
import { tableName } from '../dynamodb/client';
import type { Key } from '../dynamodb/read';
import { newShares } from '../dynamodb/shares';
import { Contention, type Action } from '../dynamodb/transaction';

/** Products of every status, those that readers see, and categories right below. */
export interface CategorySum {
  all: number;
  active: number;
  children: number;
}

/**
 * One of the 64 counts of a category. A single one may be negative, because a product can be added in one and removed
 * in another: only their sum has a meaning.
 */
export interface CountItem extends Key {
  products: number;
  active: number;
  /** Absent until a category below was counted here; counts made by earlier versions of this project have none. */
  children?: number;
  /** How often it was written: a deletion checks by this that nothing was written since it read the count. */
  writes: number;
}

/**
 * Enough for each of several dozen processes to have a count to itself, and few enough for one transaction, which has
 * 100 actions at most, to delete all of them together with the category.
 */
export const shareCount = 64;
export const counts = newShares('COUNT', shareCount);

export const categoryPartition = (categoryId: string) => `CATEGORY#${categoryId}`;

export const isCount = ({ sk }: Key): boolean => sk >= counts.first && sk <= counts.last;

/** Creates the counts of a new category, all of them zero. */
export function createCounts(categoryId: string): Action[] {
  return counts.names.map((sk) => {
    const item: CountItem = { pk: categoryPartition(categoryId), sk, products: 0, active: 0, writes: 0 };
    return {
      write: { Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    };
  });
}

/** Deletes the counts of a category, on condition that none was written since it was read. */
export function removeCounts(read: CountItem[]): Action[] {
  return read.map(({ pk, sk, writes }) => ({
    write: {
      Delete: {
        TableName: tableName,
        Key: { pk, sk },
        ConditionExpression: 'writes = :writes',
        ExpressionAttributeValues: { ':writes': writes },
      },
    },
    otherwise: () => new Contention(),
  }));
}

export const sumOf = (read: CountItem[]): CategorySum =>
  read.reduce(
    (sum, { products, active, children = 0 }) => ({
      all: sum.all + products,
      active: sum.active + active,
      children: sum.children + children,
    }),
    { all: 0, active: 0, children: 0 },
  );
