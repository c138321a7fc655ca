/** The limits of AWS that the benchmark and the race tests run through: that they are there. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type QueryCommandOutput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { startAwsLimits, type AwsLimits } from '../../bench/aws-limits/proxy';
import { eventually } from '../support/eventually';

const { TEST_UNLIMITED_DATABASE: engine = '', TABLE_NAME: TableName = '' } = process.env;
const indexLag = 400;
const limits: { proxy?: AwsLimits; late?: AwsLimits } = {};

/** A client that tries nothing again. */
const clientOf = (endpoint: string) => {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, maxAttempts: 1 }));
};
let documents: DynamoDBDocumentClient;
let lateDocuments: DynamoDBDocumentClient;

beforeAll(async () => {
  limits.proxy = await startAwsLimits({ engine, latency: { transaction: [150, 150], other: [0, 0] } });
  limits.late = await startAwsLimits({ engine, indexLag });
  documents = clientOf(limits.proxy.endpoint);
  lateDocuments = clientOf(limits.late.endpoint);
});
afterAll(async () => {
  documents.destroy();
  lateDocuments.destroy();
  await limits.proxy?.stop();
  await limits.late?.stop();
});

const newKey = (pk: string = randomUUID()) => ({ pk, sk: randomUUID() });
type Key = ReturnType<typeof newKey>;
type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const put = (key: Key): Action => ({ Put: { TableName, Item: key } });
const check = (key: Key): Action => ({
  ConditionCheck: { TableName, Key: key, ConditionExpression: 'attribute_not_exists(nothing)' },
});
const transact = (actions: Action[], ClientRequestToken: string = randomUUID()) =>
  documents.send(new TransactWriteCommand({ TransactItems: actions, ClientRequestToken }));

/** The codes of the reasons for which a transaction has been cancelled. */
async function reasons(cancelled: Promise<unknown>): Promise<unknown> {
  const error = await cancelled.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransactionCanceledException)) return error;
  return error.CancellationReasons?.map(({ Code }) => Code);
}

/** Runs `act` while a transaction of these actions is under way, and then waits for that one. */
async function during<Result>(actions: Action[], act: () => Promise<Result>, token?: string): Promise<Result> {
  const transaction = transact(actions, token);
  await sleep(20);
  try {
    return await act();
  } finally {
    await transaction;
  }
}

describe('a transaction', () => {
  it.each([
    ['writes', put, put],
    ['checks what is written', put, check],
    ['checks what is checked', check, check],
    ['writes what is checked', check, put],
  ] as const)('is cancelled when it %s in another, and says at which position', async (_, first, second) => {
    const [shared, other] = [newKey(), newKey()];
    const met = await during([first(shared)], () => reasons(transact([put(other), second(shared)])));
    expect(met).toEqual(['None', 'TransactionConflict']);
    expect((await documents.send(new GetCommand({ TableName, Key: other }))).Item).toBeUndefined();
    await transact([put(other), second(shared)]);
    expect((await documents.send(new GetCommand({ TableName, Key: other }))).Item).toEqual(other);
  });

  it('does not mind another that has no item of its own', async () => {
    await during([put(newKey('same'))], () => transact([put(newKey('same'))]));
  });

  it('is not done twice when it is sent again meanwhile', async () => {
    const [key, token] = [newKey(), randomUUID()];
    await expect(during([put(key)], () => transact([put(key)], token), token)).rejects.toMatchObject({
      name: 'TransactionInProgressException',
    });
  });

  it.each([
    ['a Put', (Key: Key) => new PutCommand({ TableName, Item: Key })],
    ['an Update', (Key: Key) => new UpdateCommand({ TableName, Key })],
    ['a Delete', (Key: Key) => new DeleteCommand({ TableName, Key })],
  ])('refuses %s of an item that it has', async (_, command) => {
    const key = newKey();
    await expect(during([put(key)], () => documents.send(command(key) as PutCommand))).rejects.toMatchObject({
      name: 'TransactionConflictException',
    });
    await documents.send(command(key) as PutCommand);
  });

  it('leaves of a batch what it has itself', async () => {
    const [key, other] = [newKey(), newKey()];
    const requests = [{ PutRequest: { Item: key } }, { PutRequest: { Item: other } }];
    const batch = new BatchWriteCommand({ RequestItems: { [TableName]: requests } });
    const { UnprocessedItems } = await during([check(key)], () => documents.send(batch));
    expect(UnprocessedItems).toEqual({ [TableName]: [{ PutRequest: { Item: key } }] });
    expect((await documents.send(new GetCommand({ TableName, Key: other }))).Item).toEqual(other);
  });

  it('leaves a GetItem alone, and cancels a TransactGetItems', async () => {
    const key = newKey();
    await transact([put(key)]);
    const get = () => documents.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
    expect((await during([put(key)], get)).Item).toEqual(key);
    const both = new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: key } }] });
    expect(await during([put(key)], () => reasons(documents.send(both)))).toEqual(['TransactionConflict']);
  });
});

describe('a partition key', () => {
  const large = { text: 'x'.repeat(390 * 1024) };
  const write = (Item: object) => documents.send(new PutCommand({ TableName, Item: { ...Item } }));
  const throttled = { name: 'ThrottlingException' };

  /** Whether a write gets through, now or in a while. */
  const throughInTheEnd = (item: object) =>
    eventually('write units', () =>
      write(item).then(
        () => true,
        () => false,
      ),
    );

  it('takes 1,000 write units a second, and no other is any the worse', async () => {
    const pk = randomUUID();
    await transact([1, 2, 3].map(() => ({ Put: { TableName, Item: { ...newKey(pk), ...large } } })));
    await expect(write(newKey(pk))).rejects.toMatchObject(throttled);
    expect(await reasons(transact([put(newKey()), put(newKey(pk))]))).toEqual(['None', 'ThrottlingError']);
    await write(newKey());
    await throughInTheEnd(newKey(pk));
  });

  it('of an index throttles writes to the table', async () => {
    const index = { gsi1pk: randomUUID(), gsi1sk: 'same' };
    const items = [1, 2, 3, 4, 5, 6].map(() => ({ ...newKey(), ...index, ...large }));
    await transact(items.map((Item) => ({ Put: { TableName, Item } })));
    await expect(write({ ...newKey(), ...index })).rejects.toMatchObject(throttled);
    // What goes from the index is written there as well.
    const [{ pk, sk } = newKey()] = items;
    const remove = new DeleteCommand({ TableName, Key: { pk, sk } });
    await expect(documents.send(remove)).rejects.toMatchObject(throttled);
    await write({ ...newKey(), ...index, gsi1pk: randomUUID() });
    await throughInTheEnd({ ...newKey(), ...index });
  });

  it('gives 3,000 read units a second', async () => {
    const key = newKey();
    await write({ ...key, ...large });
    const refusals: unknown[] = [];
    let reads = 0;
    const reader = async () => {
      while (refusals.length === 0 && reads < 1_000) {
        await documents.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })).then(
          () => (reads += 1),
          (error: unknown) => refusals.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: 20 }, reader));
    expect(refusals[0]).toMatchObject(throttled);
    const unitsEach = 98;
    expect(reads * unitsEach).toBeGreaterThanOrEqual(3_000);
  });
});

it('counts what transactions ask for: twice the size in the table, once in an index', async () => {
  const before = limits.proxy?.counts();
  const text = 'x'.repeat(1500);
  await transact([
    { Put: { TableName, Item: { ...newKey(), gsi1pk: randomUUID(), gsi1sk: 'a', text } } },
    check(newKey()),
  ]);
  const after = limits.proxy?.counts();
  expect(after).toEqual({
    ...before,
    transactions: Number(before?.transactions) + 1,
    tableUnits: Number(before?.tableUnits) + 6,
    indexUnits: Number(before?.indexUnits) + 2,
  });
});

describe('a late index', () => {
  const count = 40;
  const numbered = (number: number) => String(number).padStart(3, '0');
  const itemsOf = (gsi1pk: string) =>
    Array.from({ length: count }, (_, number) => ({ ...newKey(), gsi1pk, gsi1sk: numbered(number), version: 1 }));
  const putLate = (Item: object) => lateDocuments.send(new PutCommand({ TableName, Item: { ...Item } }));

  async function read(gsi1pk: string, Limit = 100): Promise<Record<string, unknown>[][]> {
    const pages: Record<string, unknown>[][] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await lateDocuments.send(
        new QueryCommand({
          ...{ TableName, IndexName: 'by-status', Limit, ExclusiveStartKey: start },
          KeyConditionExpression: 'gsi1pk = :partition',
          ExpressionAttributeValues: { ':partition': gsi1pk },
        }),
      );
      pages.push(page.Items ?? []);
      start = page.LastEvaluatedKey;
    } while (start);
    return pages;
  }

  it('has every item in the end, each in its own time, and pages as an index does', async () => {
    const gsi1pk = randomUUID();
    const items = itemsOf(gsi1pk);
    await Promise.all(items.map(putLate));
    let seen: unknown[] = [];
    let outOfOrder = false;
    while (seen.length < count) {
      seen = (await read(gsi1pk)).flat();
      outOfOrder ||= seen.some((item, place) => JSON.stringify(item) !== JSON.stringify(items[place]));
    }
    expect(outOfOrder).toBe(true);
    await limits.late?.settled();
    const pages = await read(gsi1pk, 7);
    expect(pages.flat()).toEqual(items);
    expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 7, 5]);
  });

  it('lags behind what has been written, but not by more than it may', async () => {
    const gsi1pk = randomUUID();
    await Promise.all(itemsOf(gsi1pk).map(putLate));
    const written = performance.now();
    expect((await read(gsi1pk)).flat().length).toBeLessThan(count);
    await limits.late?.settled();
    expect(performance.now() - written).toBeLessThan(5 * indexLag);
    expect((await read(gsi1pk)).flat()).toHaveLength(count);
  });

  it('has the last of several changes to an item, and never goes back', async () => {
    const [item] = itemsOf(randomUUID());
    for (let version = 1; version <= 20; version += 1) {
      const change = { UpdateExpression: 'SET version = :version', ExpressionAttributeValues: { ':version': version } };
      if (version === 1) await putLate({ ...item });
      else await lateDocuments.send(new UpdateCommand({ TableName, Key: { pk: item?.pk, sk: item?.sk }, ...change }));
    }
    const seen: number[] = [];
    while (seen.at(-1) !== 20) {
      const [found] = (await read(String(item?.gsi1pk))).flat();
      if (found) seen.push(Number(found['version']));
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await limits.late?.settled();
    expect((await read(String(item?.gsi1pk))).flat()).toEqual([{ ...item, version: 20 }]);
  });

  it('loses what is deleted, and has what is moved in one place in the end', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    const items = itemsOf(from);
    await Promise.all(items.map(putLate));
    const [gone, moved] = [items.slice(0, 5), items.slice(5, 10)];
    const delete_ = ({ pk, sk }: Key) => lateDocuments.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    await Promise.all([...gone.map(delete_), ...moved.map((item) => putLate({ ...item, gsi1pk: to }))]);
    await limits.late?.settled();
    expect((await read(from)).flat()).toEqual(items.slice(10));
    expect((await read(to)).flat()).toEqual(moved.map((item) => ({ ...item, gsi1pk: to })));
  });
});
