/** Reads from the table itself: items by their keys, and sections of a partition. */
import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
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
    // DynamoDB gives back what is beyond 16 MB, or throttled, without an error.
    wanted = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (wanted.length > 0) throw read.length > 0 ? new Contention() : new Throttling();
  });
  return keys.map((key) => found.get(nameOf(key)));
}

/** Neighbours in one partition of the table, from one sort key to another, both included. */
export interface Section {
  pk: string;
  from: string;
  to: string;
  limit: number;
  /** Reads only these attributes, and eventually consistent, which costs half as much: for very many sections. */
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
