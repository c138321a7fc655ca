/** History in the table: one entry for each write, stored beside its record and kept when that is deleted. */
import { changeKeyOf, type ChangeKey } from '../changes/change-key';
import { tableName } from '../dynamodb/client';
import type { Page } from '../dynamodb/page';
import { querySection } from '../dynamodb/read';
import { Contention, type Action } from '../dynamodb/transaction';
import type { HistoryEntry } from './history';
import type { HistoryQuery } from './history-query';

export interface HistoryItem extends HistoryEntry, ChangeKey {
  pk: string;
  sk: `HISTORY#${string}`;
  [attribute: string]: unknown;
}

/** Padded, so that text sorts as the numbers do. */
const sortKeyOf = (version: number) => `HISTORY#${String(version).padStart(10, '0')}` as const;
export const historyKey = (pk: string, version: number) => ({ pk, sk: sortKeyOf(version) });
const latestVersion = 9_999_999_999;

/** The action that writes the entry, for the transaction that it tells of. */
export function remember(pk: string, entry: HistoryEntry): Action {
  const item: HistoryItem = { ...historyKey(pk, entry.version), ...entry, ...changeKeyOf(pk, entry) };
  return {
    write: { Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
    otherwise: () => new Contention(),
  };
}

/** The entries under `pk`, newest first. */
export async function readHistory(pk: string, { limit, nextToken }: HistoryQuery): Promise<Page<HistoryEntry>> {
  const last = nextToken === undefined ? latestVersion : Number(nextToken) - 1;
  const { items, more } = await querySection({ pk, from: sortKeyOf(0), to: sortKeyOf(last), limit }, toEntry);
  const end = items.at(-1);
  return more && end ? { items, nextToken: String(end.version) } : { items };
}

/** The newest entry under `pk`; undefined if there is none. */
export async function readLatest(pk: string): Promise<HistoryEntry | undefined> {
  const { items } = await querySection({ pk, from: sortKeyOf(0), to: sortKeyOf(latestVersion), limit: 1 }, toEntry);
  return items[0];
}

export const toEntry = ({ version, action, at, by, changes }: HistoryItem): HistoryEntry => ({
  version,
  action,
  at,
  by,
  changes: changes.map(({ pointer, before, after }) => ({ pointer, before, after })),
});
