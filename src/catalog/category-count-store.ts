/**
 * What belongs to a category, products and categories right below it: 64 counts beside its item, of which each process keeps to
 * one. Writers of one category need not meet, and the sum of its counts is exact all the same.
 */
import { tableName } from '../dynamodb/client';
import { querySection, type Key } from '../dynamodb/read';
import { newShares } from '../dynamodb/shares';
import { Contention, type Action } from '../dynamodb/transaction';

/** Products of every status, those that readers see, and categories right below. */
export interface CategorySum {
  all: number;
  active: number;
  children: number;
}

/** One of the counts of a category. It alone may be below zero: what goes need not go where it came. */
export interface CountItem extends Key {
  products: number;
  active: number;
  /** Absent where none ever came: versions before knew none. */
  children?: number;
  /** How often it was written: tells whether it was since it was read. */
  writes: number;
}

/** As many processes soon have one each. All of them, and the category, fit into the transaction of a deletion. */
export const shareCount = 64;
export const counts = newShares('COUNT', shareCount);

export const categoryPartition = (categoryId: string) => `CATEGORY#${categoryId}`;

export const isCount = ({ sk }: Key): boolean => sk >= counts.first && sk <= counts.last;

/** Counts of none, for a category that comes. */
export function createCounts(categoryId: string): Action[] {
  return counts.names.map((sk) => {
    const item: CountItem = { pk: categoryPartition(categoryId), sk, products: 0, active: 0, writes: 0 };
    return {
      write: { Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      otherwise: () => new Contention(),
    };
  });
}

/** Removes the counts of a category that goes, if they are as they were read. */
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

/**
 * The counts of a category as the last acknowledged writes left them; while others write, of no one moment. None where the
 * category is gone, or is counted in its own item.
 */
export async function readCounts(categoryId: string): Promise<CountItem[]> {
  const pk = categoryPartition(categoryId);
  const section = { pk, from: counts.first, to: counts.last, limit: shareCount };
  return (await querySection(section, (item: CountItem) => item)).items;
}
