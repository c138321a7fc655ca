/**
 * An index in a table of its own: a copy of the indexed table with this index alone, where an item is once for each key that
 * it has in the index. The key in the index is appended to its own, and cut off from what is read.
 */
import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  PutItemCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { pick, type Engine, type Index, type Table } from './engine';
import type { Reply } from './replies';
import { attributes, type Item, type Request } from './requests';

// In no key of ours.
const separator = '\u001F';

const query = z.looseObject({ ExclusiveStartKey: z.optional(attributes) });
const page = z.looseObject({ Items: z.optional(z.array(attributes)), LastEvaluatedKey: z.optional(attributes) });

export class IndexTable {
  readonly #name = `index-${randomUUID()}`;

  private constructor(
    readonly engine: Engine,
    readonly table: Table,
    readonly index: Index,
  ) {}

  static async create(engine: Engine, table: Table, index: Index): Promise<IndexTable> {
    const made = new IndexTable(engine, table, index);
    const create = { ...onlyIndex(table.description, index.name), TableName: made.#name };
    await engine.client.send(new CreateTableCommand(create));
    return made;
  }

  put(item: Item): Promise<unknown> {
    return this.engine.client.send(new PutItemCommand({ TableName: this.#name, Item: this.#inIndex(item) }));
  }

  remove(item: Item): Promise<unknown> {
    const Key = pick(this.#inIndex(item), this.table.keys);
    return this.engine.client.send(new DeleteItemCommand({ TableName: this.#name, Key }));
  }

  /** Answers a `Query` of the index. */
  async query({ headers, body }: Request): Promise<Reply> {
    const { ExclusiveStartKey: start, ...asked } = query.parse(body);
    const here = { ...asked, TableName: this.#name, ...(start ? { ExclusiveStartKey: this.#inIndex(start) } : {}) };
    const reply = await this.engine.forward({ headers, text: JSON.stringify(here) });
    if (reply.status !== 200) return reply;
    const { Items: items, LastEvaluatedKey: last, ...rest } = page.parse(JSON.parse(reply.text));
    const there = {
      ...rest,
      ...(items ? { Items: items.map((item) => this.#outOfIndex(item)) } : {}),
      ...(last ? { LastEvaluatedKey: this.#outOfIndex(last) } : {}),
    };
    return { status: 200, text: JSON.stringify(there) };
  }

  drop(): Promise<unknown> {
    return this.engine.client.send(new DeleteTableCommand({ TableName: this.#name }));
  }

  #inIndex(item: Item): Item {
    return this.#withPartition(item, (key) => [key, ...this.index.keys.map((name) => item[name]?.S)].join(separator));
  }

  #outOfIndex(item: Item): Item {
    return this.#withPartition(item, (key) => key.slice(0, key.indexOf(separator)));
  }

  #withPartition(item: Item, change: (key: string) => string): Item {
    const [partition = ''] = this.table.keys;
    const key = item[partition]?.S;
    return key === undefined ? item : { ...item, [partition]: { S: change(key) } };
  }
}

/** What makes a table of the same keys with one of its indexes. */
function onlyIndex(
  { KeySchema, AttributeDefinitions = [], GlobalSecondaryIndexes = [] }: TableDescription,
  index: string,
) {
  const indexes = GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName === index);
  const named = [KeySchema, ...indexes.map((kept) => kept.KeySchema)].flatMap((schema = []) =>
    schema.map(({ AttributeName }) => AttributeName),
  );
  return {
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema,
    AttributeDefinitions: AttributeDefinitions.filter(({ AttributeName }) => named.includes(AttributeName)),
    GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema: keys, Projection }) => {
      return { IndexName, KeySchema: keys, Projection };
    }),
  };
}
