/** What the client makes of a database that is overloaded, slow or silent: a server here plays it, over real HTTP. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../../local/processes/ports';

interface Reply {
  status: number;
  body: object;
}
const found: Reply = { status: 200, body: { Item: { pk: { S: 'a' } } } };
const failure = (status: number, name: string, members: object = {}): Reply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...members },
});

/** Replies in their order; the last one is repeated, and without any a request is never answered. */
let replies: Reply[] = [];
let requests = 0;
const server = createServer((request, response) => {
  const reply = replies[Math.min(requests, replies.length - 1)];
  requests += 1;
  request.resume();
  if (!reply) return;
  response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(reply.body));
});
let port: number;

beforeAll(async () => {
  port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

// The client's clock is Jest's, so that its pauses take no time. The sockets are real.
beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => jest.useRealTimers());

/** Reads from a database that gives these replies, and answers the item or the error. */
async function read(...given: Reply[]): Promise<unknown> {
  replies = given;
  requests = 0;
  jest.resetModules();
  process.env['DYNAMODB_ENDPOINT'] = `http://127.0.0.1:${port}`;
  const { documents, tableName } = await import('../../../src/dynamodb/client');
  const progress = { settled: false };
  const outcome = documents
    .send(new GetCommand({ TableName: tableName, Key: { pk: 'a', sk: 'a' } }))
    .then(
      ({ Item }) => Item,
      (error: unknown) => error,
    )
    .finally(() => (progress.settled = true));
  while (!progress.settled) {
    await new Promise(setImmediate);
    await jest.advanceTimersByTimeAsync(5);
  }
  return outcome;
}

const busy = { name: 'ApplicationError', code: 'busy' };

describe('documents', () => {
  it('answers what the database has', async () => {
    expect(await read(found)).toEqual({ pk: 'a' });
  });

  it.each<[string, Reply]>([
    ['throttling', failure(400, 'ThrottlingException')],
    ['a table at its limit', failure(400, 'ProvisionedThroughputExceededException')],
    ['an account at its limit', failure(400, 'RequestLimitExceeded')],
    ['a transaction that still runs', failure(400, 'TransactionInProgressException')],
    ['an error inside the database', failure(500, 'InternalServerError')],
    ['a database that is unavailable', failure(503, 'ServiceUnavailable')],
  ])('throws busy after three tries for %s', async (_, reply) => {
    expect(await read(reply)).toMatchObject(busy);
    expect(requests).toBe(3);
  });

  it.each<[string, Reply]>([
    ['throttling', failure(400, 'ThrottlingException')],
    ['an error inside the database', failure(500, 'InternalServerError')],
  ])('answers what the database has after two tries with %s', async (_, reply) => {
    expect(await read(reply, reply, found)).toEqual({ pk: 'a' });
  });

  it('throws busy after three tries, well within the functions’ timeout, when it gets no reply', async () => {
    const started = Date.now();
    expect(await read()).toMatchObject(busy);
    expect(requests).toBe(3);
    expect(Date.now() - started).toBeLessThan(9_500);
  });

  it.each<[string, Reply, object]>([
    ['ConditionalCheckFailedException', failure(400, 'ConditionalCheckFailedException'), {}],
    ['ResourceNotFoundException', failure(400, 'ResourceNotFoundException'), {}],
    ['ValidationException', failure(400, 'ValidationException'), {}],
    ['AccessDeniedException', failure(400, 'AccessDeniedException'), {}],
    [
      'TransactionCanceledException',
      failure(400, 'TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }] }),
      { CancellationReasons: [{ Code: 'TransactionConflict' }] },
    ],
  ])('throws on %s as it is, after one try', async (name, reply, members) => {
    expect(await read(reply)).toMatchObject({ name, ...members });
    expect(requests).toBe(1);
  });
});
