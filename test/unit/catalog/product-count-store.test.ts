/** Which of a category's counts a process takes, where transactions meet: the local engines never say that they do. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { whereCounted, type ProductChange } from '../../../src/catalog/product-count-store';
import { transact } from '../../../src/dynamodb/transaction';
import { mockClient } from '../../support/mock-client';

const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamodb.reset());

const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: [{ Code }] });
const product = { categoryId: 'SHOES', status: 'active' } as const;

const write = (...changes: ProductChange[]) => whereCounted((count) => transact(count(...changes)));
/** The updates that were sent, of each transaction. */
const sent = () =>
  dynamodb
    .commandCalls(TransactWriteCommand)
    .map(({ args: [{ input }] }) => (input.TransactItems ?? []).map(({ Update }) => Update));
const places = () => sent().map(([update]) => String(update?.Key?.['sk']));

it('whereCounted keeps to one count for as long as nobody else is on it', async () => {
  dynamodb.on(TransactWriteCommand).resolves({});
  for (let number = 0; number < 5; number += 1) await write({ after: product });
  expect(new Set(places()).size).toBe(1);
  expect(places()[0]).toMatch(/^COUNT#(?:[0-5]\d|6[0-3])$/);
});

it('whereCounted takes another count with each conflict, and keeps to the last', async () => {
  const conflict = cancelled('TransactionConflict');
  dynamodb.on(TransactWriteCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
  await write({ after: product });
  await write({ after: product });
  const [first, second, third, fourth] = places();
  expect(new Set([first, second, third]).size).toBe(3);
  expect(fourth).toBe(third);
});

it('whereCounted keeps to its count where the conflict is elsewhere', async () => {
  const elsewhere = new TransactionCanceledException({
    ...{ message: 'cancelled', $metadata: {} },
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });
  dynamodb.on(TransactWriteCommand).rejectsOnce(elsewhere).resolves({});
  await whereCounted((count) =>
    transact([
      ...count({ after: product }),
      { write: { Delete: { TableName: 'Catalog', Key: { pk: 'A', sk: 'A' } } } },
    ]),
  );
  expect(new Set(places()).size).toBe(1);
});

it('whereCounted gives writes that run at once in one process a count each, and one to those beyond 64', async () => {
  dynamodb.on(TransactWriteCommand).resolves({});
  await Promise.all(Array.from({ length: 64 }, () => write({ after: product })));
  expect(new Set(places()).size).toBe(64);
  await Promise.all(Array.from({ length: 80 }, () => write({ after: product })));
  expect(places()).toHaveLength(144);
});

it('whereCounted gives up on a category that is gone', async () => {
  dynamodb.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed'));
  dynamodb.on(GetCommand).resolves({});
  await expect(write({ after: product })).rejects.toMatchObject({
    code: 'category_not_found',
    facts: { field: 'categoryId', value: 'SHOES' },
  });
});

const [draft, elsewhere] = [
  { categoryId: 'SHOES', status: 'draft' },
  { categoryId: 'HATS', status: 'active' },
] as const;
it.each<[string, ProductChange[], Record<string, [products: number, active: number]>]>([
  ['one that comes', [{ after: product }], { SHOES: [1, 1] }],
  ['a hidden one that comes', [{ after: draft }], { SHOES: [1, 0] }],
  ['one that goes', [{ before: product }], { SHOES: [-1, -1] }],
  ['one that is hidden', [{ before: product, after: draft }], { SHOES: [0, -1] }],
  ['one that moves', [{ before: product, after: elsewhere }], { SHOES: [-1, -1], HATS: [1, 1] }],
  ['one whose count stays', [{ before: draft, after: draft }], {}],
  ['several at once', [{ after: product }, { after: draft }, { before: elsewhere }], { SHOES: [2, 1], HATS: [-1, -1] }],
  ['two that make up for each other', [{ after: product }, { before: product }], {}],
])('whereCounted counts %s', async (_, changes, counts) => {
  dynamodb.on(TransactWriteCommand).resolves({});
  await write(...changes);
  const told = sent().flatMap((updates) =>
    updates.map((update: NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Update']) => [
      String(update?.Key?.['pk']).replace('CATEGORY#', ''),
      [update?.ExpressionAttributeValues?.[':all'], update?.ExpressionAttributeValues?.[':active']],
    ]),
  );
  expect(Object.fromEntries(told)).toEqual(counts);
});
