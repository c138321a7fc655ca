/** DynamoDB's requests as they come over the wire: what they write, and what they read. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

export interface Request {
  headers: IncomingHttpHeaders;
  /** `PutItem` and so on. */
  operation: string;
  text: string;
  /** What the text says. */
  body: unknown;
}

// What is in them, the engine checks.
export const attributes = z.record(z.string(), z.custom<AttributeValue>());

/** An item or its key. */
export type Item = z.infer<typeof attributes>;

/** The writing of one item, alone or in a transaction or a batch. */
export interface Write {
  kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  table: string;
  /** The item that is put, else its key. */
  item: Item;
  /** The whole of an Update as text. */
  says: string;
}

const table = { TableName: z.string() };
const put = z.object({ ...table, Item: attributes });
const keyed = z.looseObject({ ...table, Key: attributes });

const asPut = ({ TableName, Item }: z.infer<typeof put>): Write => {
  return { kind: 'Put', table: TableName, item: Item, says: '' };
};
const asKeyed = (kind: Write['kind'], request: z.infer<typeof keyed>): Write => {
  return { kind, table: request.TableName, item: request.Key, says: kind === 'Update' ? JSON.stringify(request) : '' };
};

const plainWrites: Readonly<Record<string, (body: unknown) => Write>> = {
  PutItem: (body) => asPut(put.parse(body)),
  UpdateItem: (body) => asKeyed('Update', keyed.parse(body)),
  DeleteItem: (body) => asKeyed('Delete', keyed.parse(body)),
};

/** The write that is all of a request; undefined where the operation is no such. */
export const plainWrite = ({ operation, body }: Request): Write | undefined => plainWrites[operation]?.(body);

const transactItem = z.union([
  z.object({ Put: put }),
  z.object({ Update: keyed }),
  z.object({ Delete: keyed }),
  z.object({ ConditionCheck: keyed }),
]);
const transaction = z.object({ TransactItems: z.array(transactItem), ClientRequestToken: z.optional(z.string()) });

/** The writes of a `TransactWriteItems`, in their order, and its token. */
export function transactionOf({ body }: Request): { writes: Write[]; token: string | undefined } {
  const { TransactItems, ClientRequestToken } = transaction.parse(body);
  const writes = TransactItems.map((action) => {
    if ('Put' in action) return asPut(action.Put);
    if ('Update' in action) return asKeyed('Update', action.Update);
    return 'Delete' in action ? asKeyed('Delete', action.Delete) : asKeyed('ConditionCheck', action.ConditionCheck);
  });
  return { writes, token: ClientRequestToken };
}

const batchItem = z.union([
  z.object({ PutRequest: z.object({ Item: attributes }) }),
  z.object({ DeleteRequest: z.object({ Key: attributes }) }),
]);
const batch = z.looseObject({ RequestItems: z.record(z.string(), z.array(batchItem)) });

/** One of the requests that a `BatchWriteItem` is made of. */
export type BatchItem = z.infer<typeof batchItem>;

export const batchOf = ({ body }: Request): Record<string, BatchItem[]> => batch.parse(body).RequestItems;

export const batchWrite = (TableName: string, item: BatchItem): Write =>
  'PutRequest' in item
    ? asPut({ TableName, ...item.PutRequest })
    : asKeyed('Delete', { TableName, ...item.DeleteRequest });

const query = z.object({
  ...table,
  IndexName: z.optional(z.string()),
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: attributes,
  ConsistentRead: z._default(z.boolean(), false),
});

/** What a `Query` reads; `equal` has the attributes for which its key condition names one value. */
export function queryOf({ body }: Request) {
  const { TableName, IndexName, ConsistentRead, ...condition } = query.parse(body);
  const equal: Item = {};
  for (const [, name = '', reference = ''] of condition.KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    const value = condition.ExpressionAttributeValues[reference];
    if (value) equal[condition.ExpressionAttributeNames[name] ?? name] = value;
  }
  return { table: TableName, index: IndexName, consistent: ConsistentRead, equal };
}

/** The reading of an item by its key. */
export interface KeyedRead {
  table: string;
  key: Item;
  consistent: boolean;
}

const consistent = { ConsistentRead: z._default(z.boolean(), false) };
const get = z.object({ ...table, Key: attributes, ...consistent });
const batchGet = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(attributes), ...consistent })),
});
const transactGet = z.object({ TransactItems: z.array(z.object({ Get: z.object({ ...table, Key: attributes }) })) });

const keyedReads: Readonly<Record<string, (body: unknown) => KeyedRead[]>> = {
  GetItem(body) {
    const { TableName, Key, ConsistentRead } = get.parse(body);
    return [{ table: TableName, key: Key, consistent: ConsistentRead }];
  },
  BatchGetItem: (body) =>
    Object.entries(batchGet.parse(body).RequestItems).flatMap(([name, { Keys, ConsistentRead }]) =>
      Keys.map((key) => ({ table: name, key, consistent: ConsistentRead })),
    ),
  TransactGetItems: (body) =>
    transactGet.parse(body).TransactItems.map(({ Get }) => ({ table: Get.TableName, key: Get.Key, consistent: true })),
};

/** What is read by keys; undefined where the operation does otherwise. */
export const readsByKey = ({ operation, body }: Request): KeyedRead[] | undefined => keyedReads[operation]?.(body);
