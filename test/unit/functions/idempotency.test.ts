/** Creations with a key, when DynamoDB answers as no local engine can be brought to. Time is Jest's. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { handler as createCategory } from '../../../functions/create-category';
import { handler as createProduct } from '../../../functions/create-product';
import type { Endpoint } from '../../../src/http/endpoint';
import { repeatableRequest } from '../../../src/http/idempotency';
import { call, fakeEvent, type Answer, type FakeRequest } from '../../support/events';
import { expectProblem } from '../../support/problems';
import { mockClient } from '../../support/mock-client';

const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => {
  jest.useFakeTimers();
  dynamodb.reset();
});
afterEach(() => jest.useRealTimers());

const headers = { 'idempotency-key': 'key-1' };
const price = { amount: 1999, currency: 'EUR' };
const product = { sku: 'A-1', name: 'Shoe', price, stockCount: 0, categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' };

const creations: [routeKey: string, Endpoint, FakeRequest][] = [
  ['POST /products', createProduct, { routeKey: 'POST /products', headers, body: { ...product, status: 'active' } }],
  [
    'POST /categories',
    createCategory,
    { routeKey: 'POST /categories', headers, body: { name: 'Shoes', slug: 'shoes' } },
  ],
];

/** The reasons of the idempotency record, which is first, and of the others; `None` where there is no more to say. */
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const failed = 'ConditionalCheckFailed';
const keyInUse = cancelled(failed, 'None', failed, failed);

const now = () => Math.floor(Date.now() / 1000);

/** What an earlier request has left; it is good for a minute more unless `change` says otherwise. */
const kept = (request: FakeRequest, change: object = {}) => ({
  Item: {
    fingerprint: repeatableRequest(fakeEvent(request), 'admin-sub', request.body)?.fingerprint,
    record: '{"id":"first","version":1}',
    expiresAt: now() + 60,
    ...change,
  },
});

async function answerOf(handler: Endpoint, request: FakeRequest): Promise<Answer> {
  const answer = call(handler, request);
  await jest.advanceTimersByTimeAsync(10_000);
  return answer;
}

const transactions = () => dynamodb.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input);
const replayed = { status: 201, headers: { 'idempotency-replayed': 'true' }, body: { id: 'first', version: 1 } };
const createdAnew = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  etag: '"1"',
  location: expect.stringMatching(/[0-9A-Z]{26}$/),
};

describe.each(creations)('%s with an Idempotency-Key', (_, handler, request) => {
  it('writes the record first, in one transaction with the rest, and reads nothing', async () => {
    dynamodb.on(TransactWriteCommand).resolves({});
    expect((await answerOf(handler, request)).status).toBe(201);

    expect(dynamodb.calls()).toHaveLength(1);
    const key = 'IDEMPOTENCY#admin-sub#key-1';
    const first = expect.objectContaining({
      Put: expect.objectContaining({ Item: expect.objectContaining({ pk: key }) }),
    });
    const writes = transactions()[0]?.TransactItems ?? [];
    expect(writes[0]).toEqual(first);
    expect(writes.length).toBeGreaterThan(3);
  });

  it('answers what was made the first time, whatever else stands in the way', async () => {
    dynamodb.on(TransactWriteCommand).rejects(keyInUse).on(GetCommand).resolves(kept(request));
    expect(await answerOf(handler, request)).toMatchObject(replayed);
    expect(transactions()).toHaveLength(1);
  });

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'tries again when the record meets %s, and then answers what the first request made',
    async (code) => {
      dynamodb
        .on(TransactWriteCommand)
        .rejectsOnce(cancelled(code, 'None', 'None', 'None'))
        .rejects(keyInUse);
      dynamodb.on(GetCommand).resolves(kept(request));
      expect(await answerOf(handler, request)).toMatchObject(replayed);
      expect(transactions()).toHaveLength(2);
    },
  );

  it('tries again when the record meets the commit of the first request, of which the rest is there already', async () => {
    const committing = cancelled('TransactionConflict', 'None', failed, failed);
    dynamodb.on(TransactWriteCommand).rejectsOnce(committing).rejects(keyInUse);
    dynamodb.on(GetCommand).resolves(kept(request));
    expect(await answerOf(handler, request)).toMatchObject(replayed);
    expect(transactions()).toHaveLength(2);
  });

  it.each<[string, (request: FakeRequest) => object]>([
    ['has expired', (sent) => kept(sent, { expiresAt: now() })],
    ['is gone', () => ({})],
  ])('starts anew when the record %s between write and read', async (__, found) => {
    dynamodb.on(TransactWriteCommand).rejectsOnce(keyInUse).resolves({}).on(GetCommand).resolves(found(request));
    const { status, headers: given } = await answerOf(handler, request);
    expect({ status, headers: given }).toEqual({ status: 201, headers: createdAnew });
    expect(transactions()).toHaveLength(2);
  });

  it('answers 422 when the record is of another request', async () => {
    const other = kept(request, { fingerprint: 'another' });
    dynamodb.on(TransactWriteCommand).rejects(keyInUse).on(GetCommand).resolves(other);
    expectProblem(await answerOf(handler, request), 422, 'idempotency_key_reused');
  });
});

it('POST /products keeps the key in use when it writes a derived slug for the second time', async () => {
  const [, handler, request] = creations[0] ?? [];
  if (!handler || !request) throw new Error('POST /products is missing');
  const slugTaken = cancelled('None', 'None', 'None', failed, 'None', 'None');
  dynamodb.on(TransactWriteCommand).rejectsOnce(slugTaken).rejects(keyInUse).on(GetCommand).resolves(kept(request));
  expect(await answerOf(handler, request)).toMatchObject(replayed);
  expect(transactions()).toHaveLength(2);
});
