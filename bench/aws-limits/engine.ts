/** The engine behind the proxy: requests are passed on to it, and it is asked what the proxy has to know. */
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { localCredentials, localRegion } from '../../local/account';
import type { Reply } from './replies';
import type { Item, Request } from './requests';

/** Names of the attributes that are the key, that of the partition first. */
type Keys = string[];

export interface Index {
  name: string;
  keys: Keys;
  /** The attributes that it has of an item beside its keys, in the table and here; undefined where it has all of them. */
  projected: string[] | undefined;
}

export interface Table {
  name: string;
  keys: Keys;
  indexes: Index[];
  description: TableDescription;
}

export class Engine {
  readonly client: DynamoDBClient;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #tables = new Map<string, Promise<Table>>();

  constructor(readonly endpoint: string) {
    this.client = new DynamoDBClient({ endpoint, region: localRegion, credentials: localCredentials });
  }

  /** Passes a request on. No engine on this machine looks at signatures, so that its text may be another one. */
  async forward({ headers, text: sent }: Pick<Request, 'headers' | 'text'>): Promise<Reply> {
    const { host, 'content-length': length, ...kept } = headers;
    const onward = httpRequest(this.endpoint, { method: 'POST', headers: kept, agent: this.#agent }).end(sent);
    const [reply] = (await once(onward, 'response')) as [IncomingMessage];
    return { status: reply.statusCode ?? 500, text: await text(reply) };
  }

  /** The table's keys, asked for once. */
  table(name: string): Promise<Table> {
    const known = this.#tables.get(name) ?? this.#describe(name);
    this.#tables.set(name, known);
    known.catch(() => this.#tables.delete(name));
    return known;
  }

  async #describe(TableName: string): Promise<Table> {
    const { Table: description = {} } = await this.client.send(new DescribeTableCommand({ TableName }));
    const indexes = description.GlobalSecondaryIndexes ?? [];
    return {
      name: TableName,
      keys: namesOf(description.KeySchema),
      indexes: indexes.map(({ IndexName = '', KeySchema, Projection }) => {
        const { ProjectionType, NonKeyAttributes = [] } = Projection ?? {};
        const projected = ProjectionType === 'ALL' ? undefined : NonKeyAttributes;
        return { name: IndexName, keys: namesOf(KeySchema), projected };
      }),
      description,
    };
  }

  /** For a table that is no more, or another one. */
  forget(name: string): void {
    this.#tables.delete(name);
  }

  /** The item as it stands. */
  async read({ name, keys }: Table, item: Item): Promise<Item | undefined> {
    const get = new GetItemCommand({ TableName: name, Key: pick(item, keys), ConsistentRead: true });
    return (await this.client.send(get)).Item;
  }

  stop(): void {
    this.client.destroy();
    this.#agent.destroy();
  }
}

function namesOf(schema: TableDescription['KeySchema'] = []): Keys {
  const hashFirst = schema.toSorted((a, b) => (a.KeyType === b.KeyType ? 0 : a.KeyType === 'HASH' ? -1 : 1));
  return hashFirst.map(({ AttributeName = '' }) => AttributeName);
}

/** The attributes of these names alone. */
export const pick = (item: Item, names: string[]): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

/** A name for an item. */
export const itemId = (table: Table, item: Item) =>
  `${table.name} ${JSON.stringify(table.keys.map((key) => item[key]))}`;

/** A name for the partition that an item is in, be it of the table or of one of its indexes. */
export const partitionId = (table: Table, { name, keys: [key = ''] }: Pick<Index, 'name' | 'keys'>, item: Item) =>
  `${table.name} ${name} ${JSON.stringify(item[key])}`;
