/**
 * Values that only one record may have: one item per value, claimed and released in the same transaction as the record
 * is written.
 */
import { tableName } from '../dynamodb/client';
import { getItem, getItems } from '../dynamodb/read';
import type { Action } from '../dynamodb/transaction';

export type UniqueValue = `${'SKU' | 'PRODUCT_SLUG' | 'CATEGORY_SLUG'}#${string}`;

export const categorySlugValue = (slug: string) => `CATEGORY_SLUG#${slug}` as const;

interface UniqueValueItem {
  pk: UniqueValue;
  sk: UniqueValue;
  ownerId: string;
}

const keyOf = (value: UniqueValue) => ({ pk: value, sk: value });

/** Claims the value for a record. Fails with the given error if another record has it. */
export function claim(value: UniqueValue, ownerId: string, otherwise: () => Error): Action {
  const item: UniqueValueItem = { ...keyOf(value), ownerId };
  return {
    write: { Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
    otherwise,
  };
}

export function release(value: UniqueValue): Action {
  return { write: { Delete: { TableName: tableName, Key: keyOf(value) } } };
}

/** Moves a record from one value to another; nothing to do when they are the same. */
export function rename(from: UniqueValue, to: UniqueValue, ownerId: string, otherwise: () => Error): Action[] {
  return from === to ? [] : [claim(to, ownerId, otherwise), release(from)];
}

/** The id of the record that has this value, if one has. */
export function ownerOf(value: UniqueValue): Promise<string | undefined> {
  return getItem(keyOf(value), (item: UniqueValueItem) => item.ownerId);
}

/** The ids of the records that have these values; values that nobody has are left out. */
export async function ownersOf(values: UniqueValue[]): Promise<ReadonlyMap<UniqueValue, string>> {
  const items = await getItems<UniqueValueItem>(values.map(keyOf));
  return new Map(items.flatMap((item) => (item ? [[item.pk, item.ownerId]] : [])));
}
