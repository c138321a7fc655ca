/** Makes a table the same as another one, item by item, a part of each in memory at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  paginateScan,
  ResourceNotFoundException,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Failure } from '../../deployment/failure';
import { readService } from '../../deployment/service';

interface Tables {
  from: string;
  to: string;
}

/** How many items. */
interface Difference {
  written: number;
  removed: number;
  same: number;
}

type Item = Record<string, AttributeValue>;
type Items = ReadonlyMap<string, Item>;

/** In a BatchGetItem and in a BatchWriteItem (their API references). */
const [mostRead, mostWritten] = [100, 25];
/** Of a page, whose parts are dealt with all at once. */
const mostOfPage = 2_000;

/**
 * Answers what was, or in a dry run would be, written and removed. Can be done again, and goes on where it was broken
 * off. Throws `Failure`, before anything is changed, where `from` is not there, has no items, or has other keys.
 */
export async function makeSame(dynamodb: DynamoDBClient, { from, to }: Tables, dryRun: boolean): Promise<Difference> {
  await requireCatalogue(dynamodb, from);
  const done = { written: 0, removed: 0, same: 0 };
  const change = (requests: WriteRequest[]) => (dryRun ? Promise.resolve() : write(dynamodb, to, requests));
  await inParts(dynamodb, from, false, async (wanted) => {
    const there = await read(dynamodb, to, wanted, false);
    const others = [...wanted].flatMap(([name, item]) => (isDeepStrictEqual(there.get(name), item) ? [] : [item]));
    done.same += wanted.size - others.length;
    done.written += others.length;
    await change(others.map((Item) => ({ PutRequest: { Item } })));
  });
  await inParts(dynamodb, to, true, async (present) => {
    const wanted = await read(dynamodb, from, present, true);
    const others = [...present].flatMap(([name, Key]) => (wanted.has(name) ? [] : [Key]));
    done.removed += others.length;
    await change(others.map((Key) => ({ DeleteRequest: { Key } })));
  });
  return done;
}

/** A wrong name would take everything away from the stage. */
async function requireCatalogue(dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName })).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Failure(`There is no table ${TableName}: check --from and --region.`);
  });
  if (!isDeepStrictEqual(Table?.KeySchema, readService().table.KeySchema)) {
    throw new Failure(`${TableName} is no table of a catalogue: its keys are others.`);
  }
  for await (const { Items } of paginateScan({ client: dynamodb }, { TableName, Limit: 1 })) {
    if (Items?.length) return;
  }
  throw new Failure(`${TableName} is empty: the stage would have nothing left.`);
}

const keyOf = ({ pk, sk }: Item): Item => ({ ...(pk && { pk }), ...(sk && { sk }) });
const nameOf = ({ pk, sk }: Item) => `${pk?.S} ${sk?.S}`;
const byName = (items: Item[]): Items => new Map(items.map((item) => [nameOf(item), item]));

/** Goes through a table. */
async function inParts(
  client: DynamoDBClient,
  TableName: string,
  keysAlone: boolean,
  take: (part: Items) => Promise<void>,
): Promise<void> {
  const input = {
    TableName,
    ConsistentRead: true,
    Limit: mostOfPage,
    ...(keysAlone && { ProjectionExpression: 'pk, sk' }),
  };
  for await (const { Items = [] } of paginateScan({ client }, input)) {
    await Promise.all(slices(Items, mostRead).map((part) => take(byName(part))));
  }
}

/** Those of these items that a table has, as it has them. */
async function read(dynamodb: DynamoDBClient, tableName: string, items: Items, keysAlone: boolean): Promise<Items> {
  const found: Item[] = [];
  let Keys = [...items.values()].map(keyOf);
  const request = { ConsistentRead: true, ...(keysAlone && { ProjectionExpression: 'pk, sk' }) };
  await untilNoneIsLeft(async () => {
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { ...request, Keys } } }),
    );
    found.push(...(Responses?.[tableName] ?? []));
    Keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
    return Keys.length;
  });
  return byName(found);
}

async function write(dynamodb: DynamoDBClient, tableName: string, requests: WriteRequest[]): Promise<void> {
  for (const part of slices(requests, mostWritten)) {
    let left = part;
    await untilNoneIsLeft(async () => {
      const { UnprocessedItems } = await dynamodb.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: left } }),
      );
      left = UnprocessedItems?.[tableName] ?? [];
      return left.length;
    });
  }
}

/** What is throttled, or beyond 16 MB, DynamoDB gives back without an error. */
async function untilNoneIsLeft(send: () => Promise<number>): Promise<void> {
  for (let pause = 50; (await send()) > 0; pause = Math.min(pause * 2, 5_000)) {
    await sleep(pause * (0.5 + Math.random() / 2));
  }
}

const slices = <Part>(all: Part[], most: number): Part[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, number) => all.slice(number * most, (number + 1) * most));
