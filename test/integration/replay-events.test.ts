/** npm run events -- replay: what was not sent is sent again, out of the record of changes, when the stream has forgotten it long since. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import timers from 'node:timers/promises';
import { replayQueues } from '../../cli/events/queues';
import { replaySince } from '../../cli/events/replay';
import { handler } from '../../functions/publish-events';
import { config } from '../../src/config';
import { createCategory, createProduct, send } from '../support/catalog';
import { at } from '../support/clock';
import { startBus, type TestBus } from '../support/event-bridge';
import { readStream } from '../support/event-stream';
import { fakeContext } from '../support/events';
import { mockClient } from '../support/mock-client';

/** No local engine has these two. */
const [lambda, sqs] = [mockClient(LambdaClient), mockClient(SQSClient)];
const dynamodb = new DynamoDBClient(config.dynamodbEndpoint === undefined ? {} : { endpoint: config.dynamodbEndpoint });
const settings = {
  documents: DynamoDBDocumentClient.from(dynamodb),
  lambda: new LambdaClient(),
  tableName: config.tableName,
  functionName: 'publish-events',
};

let bus: TestBus;
beforeAll(async () => {
  bus = await startBus();
  lambda.on(InvokeCommand).callsFake(async ({ Payload }: { Payload: string }) => ({
    Payload: Buffer.from(JSON.stringify(await handler(JSON.parse(Payload), fakeContext(30_000)))),
  }));
});
afterAll(() => {
  bus.stop();
  dynamodb.destroy();
});
beforeEach(() => {
  bus.delivered.length = 0;
  sqs.reset();
  lambda.resetHistory();
});

const told = () => bus.delivered.map(({ detail: { id, version } }) => `${id} ${version}`).sort();

/** A queue that gives these messages once; answers the handles of those that are deleted, which are their positions. */
function queueOf(bodies: unknown[]): ReadonlySet<string> {
  const Messages = bodies.map((body, position) => ({ ReceiptHandle: String(position), Body: JSON.stringify(body) }));
  sqs.on(ReceiveMessageCommand).resolvesOnce({ Messages }).resolves({});
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  const deleted = new Set<string>();
  sqs.on(DeleteMessageCommand).callsFake(({ ReceiptHandle }: { ReceiptHandle: string }) => {
    deleted.add(ReceiptHandle);
    return {};
  });
  return deleted;
}

/** The handles of those that the next run finds at once, and not only when SQS shows them again by itself. */
const givenBack = () =>
  sqs
    .commandCalls(ChangeMessageVisibilityCommand, { QueueUrl: 'queue', VisibilityTimeout: 0 })
    .map(({ args: [{ input }] }) => input.ReceiptHandle);

const stock = { product: '', category: '' };

beforeAll(async () => {
  stock.category = await at('2026-11-20T10:00:00.000Z', async () => (await createCategory()).id);
  stock.product = await at('2026-11-20T12:00:00.000Z', async () => (await createProduct(stock.category)).id);
  const patch = (stockCount: number) =>
    send('PATCH /products/{productId}', { id: stock.product, body: { stockCount } });
  await at('2026-11-20T12:00:05.000Z', () => patch(1));
  await at('2026-11-21T12:00:00.000Z', () => patch(2));
});

/** As Lambda tells of a batch that it has given up. */
const givenUp = (first: string, last: string) => ({
  requestContext: { condition: 'RetryAttemptsExhausted' },
  DDBStreamBatchInfo: {
    ...{ shardId: 'shardId-1', startSequenceNumber: '1', endSequenceNumber: '2', batchSize: 2, streamArn: 'arn' },
    ...{ approximateArrivalOfFirstRecord: first, approximateArrivalOfLastRecord: last },
  },
});

it('sends all that came at the time of a batch that Lambda gave up, and forgets the message', async () => {
  const message = givenUp('2026-11-20T12:00:01Z', '2026-11-20T12:00:06Z');
  const deleted = queueOf([message, message]);
  expect(await replayQueues(settings, new SQSClient(), ['queue'])).toEqual({
    sent: 2,
    messages: 2,
    unknown: 0,
    broken: 0,
  });
  expect(told()).toEqual([`${stock.product} 1`, `${stock.product} 2`]);
  expect(deleted.size).toBe(2);
});

it('sends the event that a webhook did not take, as it was then', async () => {
  await replaySince(settings, '2026-11-20T12:00:04Z', '2026-11-20T12:00:06Z');
  const [event] = bus.delivered;
  const deleted = queueOf([event]);
  expect(await replayQueues(settings, new SQSClient(), ['queue'])).toEqual({
    sent: 1,
    messages: 1,
    unknown: 0,
    broken: 0,
  });
  expect(bus.delivered[1]?.detail).toEqual(event?.detail);
  expect(bus.delivered[1]?.detail).toMatchObject({ product: { stockCount: 1, version: 2 } });
  expect(deleted.size).toBe(1);
});

it('leaves the message of what EventBridge does not take to the next run, after five tries', async () => {
  const waiting = jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
  const deleted = queueOf([givenUp('2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z')]);
  bus.takes = () => false;
  await expect(replayQueues(settings, new SQSClient(), ['queue'])).rejects.toThrow(
    'EventBridge does not take 1 event: run the command again later.',
  );
  bus.takes = () => true;
  waiting.mockRestore();
  expect(deleted.size).toBe(0);
  expect(givenBack()).toEqual(['0']);
  expect(lambda.commandCalls(InvokeCommand)).toHaveLength(5);
});

it('leaves a message that tells of no change where it is, whatever it says, and goes on', async () => {
  const ofNobody = `2026-11-21T12:00:00.000Z_${'0'.repeat(26)}_0000000001`;
  const unknown = [
    { surprise: true },
    'no object',
    { 'detail-type': 'product.created', detail: { id: stock.product, eventId: '9999~' } },
    { 'detail-type': 'product.created', detail: { id: stock.product, eventId: ofNobody } },
    { 'detail-type': 'product.created', detail: { id: stock.product } },
    { DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: 'yesterday' } },
    { entry: { pk: `PRODUCT#${stock.product}`, sk: 'PRODUCT' } },
    { entry: { pk: 'SWEEP', sk: 'HISTORY#0000000001' } },
  ];
  const deleted = queueOf([...unknown, givenUp('2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z')]);
  expect(await replayQueues(settings, new SQSClient(), ['queue'])).toEqual({
    sent: 1,
    messages: 1,
    unknown: 8,
    broken: 0,
  });
  expect([...deleted]).toEqual(['8']);
  expect(givenBack()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});

it('sends what an event could not be made of before, and keeps the message of what it still cannot, and goes on', async () => {
  const ofNobody = { pk: `PRODUCT#${'0'.repeat(26)}`, sk: 'HISTORY#0000000001' };
  const made = { pk: `PRODUCT#${stock.product}`, sk: 'HISTORY#0000000003' };
  const deleted = queueOf([{ entry: ofNobody }, { entry: made }]);
  expect(await replayQueues(settings, new SQSClient(), ['queue'])).toEqual({
    ...{ sent: 1, messages: 1, unknown: 0, broken: 1 },
  });
  expect(told()).toEqual([`${stock.product} 3`]);
  expect([...deleted]).toEqual(['1']);
  expect(givenBack()).toEqual(['0']);
  expect(bus.queue.messages).toEqual([]);
});

it('sends all changes since a time', async () => {
  expect(await replaySince(settings, '2026-11-20T00:00:00.000Z')).toEqual({ sent: 4, broken: 0 });
  expect(told()).toHaveLength((await readStream()).length);
});
