/** What the client makes of a database that is overloaded, slow or silent: a server here plays it, over real HTTP. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../../local/processes/ports';

interface Reply {
  status: number;
  body: object;
  /** Half of it is sent, and no more. */
  stalls?: true;
}
const found: Reply = { status: 200, body: { Item: { pk: { S: 'a' } } } };
const failure = (status: number, name: string, members: object = {}): Reply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...members },
});

/** Replies in their order; the last one is repeated, and without any a request is never answered. */
let replies: Reply[] = [];
let requests = 0;
let abandoned = 0;
const server = createServer((request, response) => {
  const reply = replies[Math.min(requests, replies.length - 1)];
  requests += 1;
  request.resume();
  if (!reply) return;
  const body = JSON.stringify(reply.body);
  response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length });
  if (reply.stalls) {
    response.write(body.slice(0, body.length / 2));
    response.on('close', () => (abandoned += 1));
  } else response.end(body);
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
const read = (...given: Reply[]): Promise<unknown> => readWithin(60_000, ...given);

/** As `read`, with so many milliseconds until the deadline. */
async function readWithin(milliseconds: number, ...given: Reply[]): Promise<unknown> {
  replies = given;
  requests = 0;
  abandoned = 0;
  jest.resetModules();
  process.env['DYNAMODB_ENDPOINT'] = `http://127.0.0.1:${port}`;
  const { send, tableName } = await import('../../../src/dynamodb/client');
  const { withinDeadline } = await import('../../../src/deadline');
  const progress = { settled: false };
  const command = new GetCommand({ TableName: tableName, Key: { pk: 'a', sk: 'a' } });
  const outcome = withinDeadline(milliseconds, () => send(command))
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

describe('send', () => {
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

  const noTime = { ...busy, cause: { name: 'DeadlineError' } };

  it('sends nothing when no try could end before the deadline', async () => {
    // On a machine that stands still meanwhile, the deadline itself comes first.
    const outcome = await readWithin(1_999, found);
    const reason = outcome instanceof Error && outcome.cause instanceof Error ? outcome.cause : outcome;
    expect(reason).toMatchObject({ name: 'DeadlineError' });
    expect(requests).toBe(0);
    // On a busy machine, seconds can go by before it is sent.
    expect(await readWithin(5_000, found)).toEqual({ pk: 'a' });
  });

  it.each([
    [1, 3_900],
    [2, 5_900],
  ])('makes %d of three tries when the next one could not end within %d ms', async (tries, milliseconds) => {
    expect(await readWithin(milliseconds)).toMatchObject(noTime);
    expect(requests).toBe(tries);
  });

  it('breaks off a reply that stalls, at the deadline', async () => {
    const started = Date.now();
    expect(await readWithin(3_000, { ...found, stalls: true })).toMatchObject({ name: 'DeadlineError' });
    expect(Date.now() - started).toBe(3_000);
    while (abandoned === 0) await new Promise(setImmediate);
    expect(requests).toBe(1);
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
