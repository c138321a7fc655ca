/** Reads: items by their keys, and one page of a sorted index partition. */
import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { bytesInAnswer, longestAnswer } from '../payload';
import { send, tableName } from './client';
import { Contention, retryOnContention, Throttling } from './transaction';

export interface Key {
  pk: string;
  sk: string;
}

/**
 * What `read` makes of the item as the last acknowledged write left it, or undefined. `Item` is the shape that the store
 * writes under this key: the stores alone write to the table, so what comes back is not checked again.
 */
export async function getItem<Item, Result>(key: Key, read: (item: Item) => Result): Promise<Result | undefined> {
  const { Item } = await send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item && read(Item as Item);
}

/**
 * The items under these keys, no two the same, in their order and as the last acknowledged write left them; undefined for one
 * that is not there. Items come back unchecked, as with `getItem`. Throws `busy`.
 */
export async function getItems<Item>(keys: Key[]): Promise<(Item | undefined)[]> {
  const parts = Array.from({ length: Math.ceil(keys.length / mostKeys) }, (_, part) =>
    getPart<Item>(keys.slice(part * mostKeys, (part + 1) * mostKeys)),
  );
  return (await Promise.all(parts)).flat();
}

/** In one BatchGetItem (its API reference). */
const mostKeys = 100;

async function getPart<Item>(keys: Key[]): Promise<(Item | undefined)[]> {
  const found = new Map<string, Item>();
  const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  await retryOnContention(async () => {
    const request = { [tableName]: { Keys: wanted, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await send(new BatchGetCommand({ RequestItems: request }));
    const read = Responses?.[tableName] ?? [];
    for (const item of read) found.set(nameOf(item as Key), item as Item);
    // Without an error, what is beyond 16 MB or throttled is given back.
    wanted = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (wanted.length > 0) throw read.length > 0 ? new Contention() : new Throttling();
  });
  return keys.map((key) => found.get(nameOf(key)));
}

export interface Page<Item> {
  items: Item[];
  /** Sort key of the last item here; absent when nothing follows. */
  nextToken?: string;
}

/** A partition of an index, read as a list in the order of `sortKey`. */
export interface Listing {
  index: string;
  partitionKey: string;
  partition: string;
  sortKey: string;
  /** The index has keys alone: the items are read from the table, as they are now. */
  keysOnly?: boolean;
  order: 'ascending' | 'descending';
  /** Only what follows this sort key. */
  after?: string | undefined;
  limit: number;
}

/**
 * One page of a listing, of what `read` makes of its items; undefined leaves one out, as one that is gone is. A query stops at
 * 1 MB, so a page of large items may hold fewer than `limit`; it then has a `nextToken` all the same.
 */
export async function queryPage<Item extends Record<string, unknown>, Result>(
  listing: Listing,
  read: (item: Item) => Result | undefined,
): Promise<Page<Result>> {
  const { entries, cutShortAfter } = await queryIndex<Item & Key>(listing);
  const first = entries.slice(0, listing.limit);
  const items = listing.keysOnly ? await getItems<Item>(first) : first;
  const shown = withinAnswer(items);
  const last = first[shown.length - 1];
  const page = { items: shown.flatMap((item) => (item && read(item)) ?? []) };
  if (shown.length === entries.length && cutShortAfter === undefined) return page;
  return { ...page, nextToken: last ? String(last[listing.sortKey]) : cutShortAfter };
}

/** As many of the items as one answer can hold. */
export function withinAnswer<Item>(items: (Item | undefined)[]): (Item | undefined)[] {
  let bytes = 0;
  const tooMany = items.findIndex((item) => {
    if (item !== undefined) bytes += bytesInAnswer(item);
    return bytes > longestAnswer;
  });
  return tooMany === -1 ? items : items.slice(0, tooMany);
}

/** The entries of a page and of one more, which tells whether anything follows it; where a query ended before that, also the key it ended at. */
async function queryIndex<Entry>({ index, partitionKey, partition, sortKey, order, after, limit }: Listing) {
  const beyond = order === 'descending' ? '<' : '>';
  const { Items = [], LastEvaluatedKey } = await send(
    new QueryCommand({
      TableName: tableName,
      IndexName: index,
      KeyConditionExpression:
        after === undefined ? '#partition = :partition' : `#partition = :partition AND #sort ${beyond} :after`,
      ExpressionAttributeNames: { '#partition': partitionKey, ...(after === undefined ? {} : { '#sort': sortKey }) },
      ExpressionAttributeValues: { ':partition': partition, ...(after === undefined ? {} : { ':after': after }) },
      ScanIndexForward: order === 'ascending',
      Limit: limit + 1,
    }),
  );
  const cutShort = LastEvaluatedKey !== undefined && Items.length <= limit;
  return { entries: Items as Entry[], cutShortAfter: cutShort ? String(LastEvaluatedKey[sortKey]) : undefined };
}

/** Neighbours in one partition of the table, from one sort key to another, both included. */
export interface Section {
  pk: string;
  from: string;
  to: string;
  limit: number;
  /** Only these attributes, as they may have been a moment ago: half the cost, where very many sections are read. */
  attributes?: string[];
}

/**
 * The items of a section with the greatest sort keys, in descending order and as the last acknowledged write left them;
 * `more` where others follow. Items come back unchecked, as with `getItem`.
 */
export async function querySection<Item, Result>(
  { pk, from, to, limit, attributes }: Section,
  read: (item: Item) => Result,
): Promise<{ items: Result[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
      ScanIndexForward: false,
      ConsistentRead: attributes === undefined,
      ...(attributes && { ProjectionExpression: attributes.join(', ') }),
      // One more than asked for tells whether anything follows; a query of large items may stop before.
      Limit: limit + 1,
    }),
  );
  const items = Items as Item[];
  return { items: items.slice(0, limit).map(read), more: items.length > limit || LastEvaluatedKey !== undefined };
}
