/** Transactions that meet on an item, behind the limits of AWS. */
import { randomUUID } from 'node:crypto';
import {
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  TransactGetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { between } from '../../bench/aws-limits/latency';
import { eventually } from '../support/eventually';
import { startLimited, check, newKey, put, reasons, transaction, type Action, type Key } from '../support/limited';

const { TABLE_NAME: TableName = '' } = process.env;
let limited: Awaited<ReturnType<typeof startLimited>>;
/** What the next transaction to be let in waits for, and it alone. */
let held: Promise<unknown> | undefined;

beforeAll(async () => {
  const transaction = async () => {
    const wait = held;
    held = undefined;
    await wait;
  };
  limited = await startLimited({ latency: { transaction, other: between(0, 0) } });
});
afterAll(() => limited.stop());

const transact = (...actions: Parameters<typeof transaction>) => limited.documents.send(transaction(...actions));

/** Runs `act` while a transaction of these actions is under way, and then waits for that one. */
async function during<Result>(actions: Action[], act: () => Promise<Result>, token?: string): Promise<Result> {
  let letGo = (): void => undefined;
  held = new Promise<void>((resolve) => (letGo = resolve));
  const transaction = transact(actions, token);
  await eventually('transaction under way', () => held === undefined);
  try {
    return await act();
  } finally {
    letGo();
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
    expect((await limited.documents.send(new GetCommand({ TableName, Key: other }))).Item).toBeUndefined();
    await transact([put(other), second(shared)]);
    expect((await limited.documents.send(new GetCommand({ TableName, Key: other }))).Item).toEqual(other);
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
    await expect(during([put(key)], () => limited.documents.send(command(key) as PutCommand))).rejects.toMatchObject({
      name: 'TransactionConflictException',
    });
    await limited.documents.send(command(key) as PutCommand);
  });

  it('leaves of a batch what it has itself', async () => {
    const [key, other] = [newKey(), newKey()];
    const requests = [{ PutRequest: { Item: key } }, { PutRequest: { Item: other } }];
    const batch = new BatchWriteCommand({ RequestItems: { [TableName]: requests } });
    const { UnprocessedItems } = await during([check(key)], () => limited.documents.send(batch));
    expect(UnprocessedItems).toEqual({ [TableName]: [{ PutRequest: { Item: key } }] });
    expect((await limited.documents.send(new GetCommand({ TableName, Key: other }))).Item).toEqual(other);
  });

  it('leaves a GetItem alone, and cancels a TransactGetItems', async () => {
    const key = newKey();
    await transact([put(key)]);
    const get = () => limited.documents.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
    expect((await during([put(key)], get)).Item).toEqual(key);
    const both = new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: key } }] });
    expect(await during([put(key)], () => reasons(limited.documents.send(both)))).toEqual(['TransactionConflict']);
  });
});
