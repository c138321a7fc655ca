/** Lists in pages: one page of a partition of an index, and as many of its items as one answer can hold. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { bytesInAnswer, longestAnswer } from '../payload';
import { send, tableName } from './client';
import { getItems, type Key } from './read';

export interface Page<Item> {
  items: Item[];
  /** Sort key of the last item here; absent when nothing follows. */
  nextToken?: string;
}

/** One partition of an index of the table, whose entries are in the order of `sortKey`. */
export interface IndexPartition {
  index: string;
  /** The attribute that tells partitions apart, and what it is in this one. */
  partitionKey: string;
  partition: string;
  sortKey: string;
  /** The index has no attributes but keys, so the items themselves have to be read from the table. */
  keysOnly?: boolean;
}

/** A partition of an index, read page by page. */
export interface Listing extends IndexPartition {
  order: 'ascending' | 'descending';
  /** Only what follows this sort key. */
  after?: string | undefined;
  limit: number;
}

/**
 * One page of a listing. `read` makes a result of each item, or undefined to leave it out; an item that no longer
 * exists is left out as well. A query stops at 1 MB, so a page of large items may have fewer than `limit`; it then has
 * a `nextToken` all the same.
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

/**
 * The entries of a page, and one more, which tells whether anything follows. If the query ended early, at 1 MB, also
 * the key at which it did.
 */
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
