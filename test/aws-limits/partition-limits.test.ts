/** How much a partition key takes and gives, behind the limits of AWS. */
import { randomUUID } from 'node:crypto';
import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { between } from '../../bench/aws-limits/latency';
import { engine, startLimited, check, newKey, put, reasons, transaction, type Action } from '../support/limited';

const { TABLE_NAME: TableName = '' } = process.env;
let limited: Awaited<ReturnType<typeof startLimited>>;

beforeAll(async () => {
  limited = await startLimited({ latency: { transaction: between(0, 0), other: between(0, 0) } });
});
afterAll(async () => {
  engine.destroy();
  await limited.stop();
});

const transact = (actions: Action[]) => limited.documents.send(transaction(actions));

describe('a partition key', () => {
  const large = { text: 'x'.repeat(390 * 1024) };
  const write = (Item: object) => limited.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
  const throttled = { name: 'ThrottlingException' };

  // The time that units come back in: it passes where a test says so, however long the requests take.
  let now = performance.now();
  beforeAll(() => jest.spyOn(performance, 'now').mockImplementation(() => now));
  afterAll(() => jest.restoreAllMocks());
  const passSeconds = (seconds: number) => (now += 1_000 * seconds);

  it('takes 1,000 write units a second, and no other is any the worse', async () => {
    const pk = randomUUID();
    await transact([1, 2, 3, 4, 5].map(() => ({ Put: { TableName, Item: { ...newKey(pk), ...large } } })));
    await expect(write(newKey(pk))).rejects.toMatchObject(throttled);
    expect(await reasons(transact([put(newKey()), put(newKey(pk))]))).toEqual(['None', 'ThrottlingError']);
    await write(newKey());
    passSeconds(2.8);
    await expect(write(newKey(pk))).rejects.toMatchObject(throttled);
    passSeconds(0.2);
    await write(newKey(pk));
  });

  it('of an index throttles writes to the table', async () => {
    const index = { gsi1pk: randomUUID(), gsi1sk: 'same' };
    const items = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => ({ ...newKey(), ...index, ...large }));
    await transact(items.map((Item) => ({ Put: { TableName, Item } })));
    await expect(write({ ...newKey(), ...index })).rejects.toMatchObject(throttled);
    // What goes from the index is written there as well.
    const [{ pk, sk } = newKey()] = items;
    const remove = new DeleteCommand({ TableName, Key: { pk, sk } });
    await expect(limited.documents.send(remove)).rejects.toMatchObject(throttled);
    await write({ ...newKey(), ...index, gsi1pk: randomUUID() });
    passSeconds(10);
    await write({ ...newKey(), ...index });
  });

  it('gives 3,000 read units a second', async () => {
    const pk = randomUUID();
    const keys = Array.from({ length: 26 }, () => newKey(pk));
    await Promise.all(keys.map((key) => engine.send(new PutCommand({ TableName, Item: { ...key, ...large } }))));
    // Together 7,600 units: consistent reads of 390 kB each.
    const batch = new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } });
    await Promise.all([1, 2, 3].map(() => limited.documents.send(batch)));
    const read = (Key: object) => limited.documents.send(new GetCommand({ TableName, Key: { ...Key } }));
    await expect(read(newKey(pk))).rejects.toMatchObject(throttled);
    await read(newKey());
    passSeconds(10);
    await read(newKey(pk));
  });
});

it('counts what transactions ask for: twice the size in the table, once in an index', async () => {
  const before = limited.counts();
  const text = 'x'.repeat(1500);
  await transact([
    { Put: { TableName, Item: { ...newKey(), gsi1pk: randomUUID(), gsi1sk: 'a', text } } },
    check(newKey()),
  ]);
  const after = limited.counts();
  expect(after).toEqual({
    ...before,
    transactions: before.transactions + 1,
    tableUnits: before.tableUnits + 6,
    indexUnits: before.indexUnits + 2,
  });
});
