/** Every write, when DynamoDB cancels its transactions, which the local engines never do. Time is Jest's. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { handler as createCategory } from '../../../functions/create-category';
import { handler as createProduct } from '../../../functions/create-product';
import { handler as deleteCategory } from '../../../functions/delete-category';
import { handler as deleteProduct } from '../../../functions/delete-product';
import { handler as updateCategory } from '../../../functions/update-category';
import { handler as updateProduct } from '../../../functions/update-product';
import { firstVersion } from '../../../src/catalog/record';
import type { Endpoint } from '../../../src/http/endpoint';
import { call, type FakeRequest } from '../../support/events';
import { mockClient } from '../../support/mock-client';

const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => {
  jest.useFakeTimers();
  dynamodb.reset();
  const item = { ...stored, ...firstVersion('someone') };
  dynamodb.on(GetCommand).resolves({ Item: item });
  dynamodb.on(QueryCommand).resolves({ Items: [{ ...item, pk: `CATEGORY#${id}`, sk: 'CATEGORY' }, ...counts] });
});
afterEach(() => jest.useRealTimers());

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const product = { sku: 'A-1', name: 'Shoe', price: { amount: 1999, currency: 'EUR' }, categoryId: id };
/** What both a product and a category have, as their stores find it. */
const stored = { ...product, id, slug: 'shoe', stockCount: 0, status: 'active', productCount: null };
const counts = Array.from({ length: 64 }, (_, share) => ({
  sk: `COUNT#${String(share).padStart(2, '0')}`,
  products: 0,
  active: 0,
}));
const headers = { 'if-match': '"1"' };

const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: [{ Code }] });

const writes: [Endpoint, FakeRequest][] = [
  [createCategory, { routeKey: 'POST /categories', body: { name: 'Shoes' } }],
  [
    updateCategory,
    { routeKey: 'PUT /categories/{categoryId}', path: { categoryId: id }, headers, body: { name: 'Boots' } },
  ],
  [updateCategory, { routeKey: 'PATCH /categories/{categoryId}', path: { categoryId: id }, body: { name: 'Boots' } }],
  [deleteCategory, { routeKey: 'DELETE /categories/{categoryId}', path: { categoryId: id } }],
  [createProduct, { routeKey: 'POST /products', body: product }],
  [
    updateProduct,
    { routeKey: 'PUT /products/{productId}', path: { productId: id }, headers, body: { ...product, name: 'Boot' } },
  ],
  [updateProduct, { routeKey: 'PATCH /products/{productId}', path: { productId: id }, body: { stockCount: 5 } }],
  [deleteProduct, { routeKey: 'DELETE /products/{productId}', path: { productId: id } }],
];
const table = writes.map(([handler, request]) => [request.routeKey, handler, request] as const);

/** The answer, and after how many milliseconds it came. */
async function answerOf(handler: Endpoint, request: FakeRequest) {
  const started = Date.now();
  const answer = call(handler, request).then((given) => ({ ...given, elapsed: Date.now() - started }));
  await jest.advanceTimersByTimeAsync(10_000);
  return answer;
}

const attempts = () => dynamodb.commandCalls(TransactWriteCommand).length;
const busy = { status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } };

describe.each(table)('%s', (_, handler, request) => {
  it('answers 503 busy with Retry-After when there is no end of conflicts', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('TransactionConflict'));
    const { elapsed, ...answer } = await answerOf(handler, request);

    expect(answer).toMatchObject(busy);
    expect(elapsed).toBeLessThanOrEqual(7_500);
    expect(attempts()).toBeGreaterThan(5);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'])(
    'answers 503 busy after three tries, further apart each time, when there is no end of %s',
    async (code) => {
      const times: number[] = [];
      dynamodb.on(TransactWriteCommand).callsFake(() => {
        times.push(Date.now());
        throw cancelled(code);
      });
      const { elapsed, ...answer } = await answerOf(handler, request);

      expect(answer).toMatchObject(busy);
      expect(elapsed).toBeLessThan(2_000);
      const [first = 0, second = 0, third = 0, ...others] = times;
      expect(others).toEqual([]);
      expect(second - first).toBeGreaterThanOrEqual(250);
      expect(third - second).toBeGreaterThanOrEqual(second - first);
      expect(dynamodb.commandCalls(GetCommand).length).toBeLessThanOrEqual(3);
    },
  );

  it('answers 503 busy after three throttlings, whatever conflicts come between them', async () => {
    let count = 0;
    dynamodb.on(TransactWriteCommand).callsFake(() => {
      count += 1;
      throw cancelled(count % 2 === 0 ? 'ThrottlingError' : 'TransactionConflict');
    });
    expect(await answerOf(handler, request)).toMatchObject(busy);
    expect(attempts()).toBe(6);
  });

  it('begins no transaction that could not end before the deadline', async () => {
    // Half a second before the function's end, and two seconds for a try.
    const latest = Date.now() + 4_000 - 500 - 2_000;
    const times: number[] = [];
    dynamodb.on(TransactWriteCommand).callsFake(() => {
      times.push(Date.now());
      throw cancelled('TransactionConflict');
    });
    const answer = call(handler, request, 4_000);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await answer).toMatchObject(busy);
    expect(times.length).toBeGreaterThan(3);
    expect(Math.max(...times)).toBeLessThanOrEqual(latest);
  });

  it('succeeds once a conflict is over', async () => {
    const conflict = cancelled('TransactionConflict');
    dynamodb.on(TransactWriteCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});

    expect([200, 201, 204]).toContain((await answerOf(handler, request)).status);
    expect(attempts()).toBe(3);
  });

  it('stamps each try with its own time, for who follows all changes looks back a little only', async () => {
    const stamps: [stamped: unknown, sent: string][] = [];
    dynamodb.on(TransactWriteCommand).callsFake(({ TransactItems }: TransactWriteCommandInput) => {
      const entry = TransactItems?.map(({ Put }) => Put?.Item).find((item) => item?.changeKey !== undefined);
      stamps.push([String(entry?.changeKey).split('_')[0], new Date().toISOString()]);
      throw cancelled('TransactionConflict');
    });
    await answerOf(handler, request);

    expect(new Set(stamps.map(([, sent]) => sent)).size).toBeGreaterThan(3);
    for (const [stamped, sent] of stamps) expect(stamped).toBe(sent);
  });

  it('answers 500 for a cancellation that nobody foresaw', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('ValidationError'));

    expect(await answerOf(handler, request)).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(attempts()).toBe(1);
  });
});
