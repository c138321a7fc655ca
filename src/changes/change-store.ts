/** The record of all changes in the table: an index over the histories of all records, read as one list. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { HistoryEntry } from '../catalog/history';
import { toEntry, type HistoryItem } from '../catalog/history-store';
import { send, tableName } from '../dynamodb/client';
import { queryRange } from '../dynamodb/query-range';
import { withinAnswer, type Page } from '../dynamodb/page';
import { getItems, type Key } from '../dynamodb/read';
import { shards, type ChangeKey } from './change-key';
import type { ReadSince } from './follower';
import type { ChangeQuery, RecordKind } from './parameters';
import { indexName, latest, readShard } from './shard';

/** An entry of a history, and the record whose it is. */
export interface RecordChange extends HistoryEntry {
  record: RecordKind;
  id: string;
}

/** What the index has of an entry. */
export interface ChangeEntry extends Key, ChangeKey {
  action: HistoryEntry['action'];
  by: string;
}

const earliest = '0';
const index = { index: indexName, partitionKey: 'changeShard', sortKey: 'changeKey' };

export type ChangeFilters = Pick<ChangeQuery, 'since' | 'until' | 'by' | 'action' | 'record'>;

/** How many entries a filtered query looks at in each partition: 250 kB. */
const mostLookedAt = 1_000;

/**
 * Changes before `before`, newest first. Without a filter these are a few more than `limit`; with one, those that match
 * among the entries looked at. The list is complete down to the key `end`; without an `end`, nothing is left to follow.
 */
export async function readChanges(
  { since, until, by, action, record }: ChangeFilters,
  before: string | undefined,
  limit: number,
): Promise<{ entries: ChangeEntry[]; end?: string }> {
  const [from, to] = [since ?? earliest, [before ?? latest, until ?? latest].sort()[0] ?? latest];
  if (from > to) return { entries: [] };
  const isFiltered = by !== undefined || action !== undefined || record !== undefined;
  // One more tells whether anything follows, and one is `before` itself.
  const range = { ...index, from, to, order: 'descending', limit: isFiltered ? mostLookedAt : limit + 2 } as const;
  const parts = await Promise.all(
    shards.map((partition) => queryRange<ChangeEntry>({ ...range, partition, only: { by, action } })),
  );
  // A part that has an end may have more entries below it, so the list is complete only down to the latest of the ends.
  const end = parts.flatMap((part) => part.end ?? []).reduce((last, key) => (key > last ? key : last), '');
  const entries = parts
    .flatMap((part) => part.entries)
    .filter(({ changeKey }) => changeKey >= end && (before === undefined || changeKey < before))
    .filter(({ pk }) => record === undefined || kindOf(pk) === record)
    .sort((a, b) => (a.changeKey < b.changeKey ? 1 : -1));
  return end === '' ? { entries } : { entries, end };
}

/** The first entries of a partition from one key to another, both included; `end` is the last of them where others follow. */
export const readFirst = (partition: string, from: string, to: string, limit: number) =>
  queryRange<ChangeEntry>({ ...index, partition, from, to, order: 'ascending', limit });

/** What a `Follower` of this table reads. */
export const readSince: ReadSince = (shard, since) =>
  readShard((input) => send(new QueryCommand(input)), { tableName, shard, since });

/** What was done to any record, newest first. A page may be empty although others follow. */
export async function listChanges({ limit, nextToken, ...filters }: ChangeQuery): Promise<Page<RecordChange>> {
  const { entries, end } = await readChanges(filters, nextToken, limit);
  const first = entries.slice(0, limit);
  const shown = withinAnswer(await getItems<HistoryItem>(first));
  const items = shown.flatMap((item) => (item ? [toRecordChange(item)] : []));
  if (shown.length === entries.length) return end === undefined ? { items } : { items, nextToken: end };
  return { items, nextToken: first[shown.length - 1]?.changeKey ?? end };
}

const toRecordChange = (item: HistoryItem): RecordChange => ({
  record: kindOf(item.pk),
  id: idOf(item.pk),
  ...toEntry(item),
});

/** What follows the kind in a key: `PRODUCT#…`, `CATEGORY#…`, `IMAGE#…`. */
export const idOf = (key: string): string => key.slice(key.indexOf('#') + 1);

/** Throws for the key of what is no record. */
export function kindOf(pk: string): RecordKind {
  if (pk.startsWith('PRODUCT#')) return 'product';
  if (pk.startsWith('CATEGORY#')) return 'category';
  throw new Error(`No kind of record has the key ${pk}`);
}
