/** Reads: one item by its key, and one page of sorted index partitions. */
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { send, tableName } from './client';

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

export interface Page<Item> {
  items: Item[];
  /** Sort key of the last item here; absent when nothing follows. */
  nextToken?: string;
}

/** Partitions of one index, read as a single list in the order of `sortKey`. */
export interface Listing {
  index: string;
  partitionKey: string;
  partitions: string[];
  sortKey: string;
  order: 'ascending' | 'descending';
  /** Only what follows this sort key. */
  after?: string;
  limit: number;
}

/**
 * One page over all partitions of a listing, for one query each. A query stops at 1 MB, so a page of large items may
 * hold fewer than `limit`; it then has a `nextToken` all the same.
 */
export async function queryPage<Item extends Record<string, unknown>, Result>(
  listing: Listing,
  read: (item: Item) => Result,
): Promise<Page<Result>> {
  const descending = listing.order === 'descending';
  const sortKeyOf = (item: Item) => String(item[listing.sortKey]);
  const precedes = (a: string, b: string) => (descending ? a > b : a < b);

  const runs = await Promise.all(listing.partitions.map((partition) => queryPartition<Item>(listing, partition)));
  const merged = runs.flatMap((run) => run.items);
  merged.sort((a, b) => (precedes(sortKeyOf(a), sortKeyOf(b)) ? -1 : 1));

  // Past the end of a partition that was cut short, its next items could be missing from the merged order.
  const ends = runs.flatMap((run) => (run.cutShortAfter === undefined ? [] : [run.cutShortAfter]));
  const complete = merged.filter((item) => ends.every((end) => !precedes(end, sortKeyOf(item))));

  const shown = withinAnswer(complete.slice(0, listing.limit));
  const items = shown.map(read);
  const last = shown.at(-1);
  const end = last ? sortKeyOf(last) : ends.sort((a, b) => (precedes(a, b) ? -1 : 1))[0];
  return complete.length > items.length || ends.length > 0 ? { items, nextToken: end } : { items };
}

/**
 * Lambda answers at most 6 MB (its quota for synchronous payloads), and a body goes there as a JSON text within another, where
 * a quotation mark of a description takes four bytes: three megabytes of three queries can be too much.
 */
const longestAnswer = 5_500_000;

/** As many of the items as one answer can hold. */
function withinAnswer<Item>(items: Item[]): Item[] {
  let bytes = 0;
  const tooMany = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
    return bytes > longestAnswer;
  });
  return tooMany === -1 ? items : items.slice(0, tooMany);
}

async function queryPartition<Item>(listing: Listing, partition: string) {
  const { index, partitionKey, sortKey, order, after, limit } = listing;
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
      // One more than the page holds tells whether anything follows it.
      Limit: limit + 1,
    }),
  );
  const items = Items as Item[];
  const cutShort = LastEvaluatedKey !== undefined && items.length <= limit;
  return { items, cutShortAfter: cutShort ? String(LastEvaluatedKey[sortKey]) : undefined };
}

/** Neighbours in one partition of the table, from one sort key to another, both included. */
export interface Section {
  pk: string;
  from: string;
  to: string;
  limit: number;
}

/**
 * The items of a section with the greatest sort keys, in descending order and as the last acknowledged write left them;
 * `more` where others follow. Items come back unchecked, as with `getItem`.
 */
export async function querySection<Item, Result>(
  { pk, from, to, limit }: Section,
  read: (item: Item) => Result,
): Promise<{ items: Result[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
      ScanIndexForward: false,
      ConsistentRead: true,
      // One more than asked for tells whether anything follows; a query of large items may stop before.
      Limit: limit + 1,
    }),
  );
  const items = Items as Item[];
  return { items: items.slice(0, limit).map(read), more: items.length > limit || LastEvaluatedKey !== undefined };
}
