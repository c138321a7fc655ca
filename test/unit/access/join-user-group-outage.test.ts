/** How often, and for how long, `joinUserGroup` asks a Cognito that fails: a server here plays it. Time is Jest's. */
import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { freePort } from '../../../local/processes/ports';

let answer: RequestListener;
let requests = 0;
let open = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume();
  answer(request, response);
}).on('connection', (socket) => {
  open += 1;
  socket.on('close', () => (open -= 1));
});
let joinUserGroup: (event: PostConfirmationTriggerEvent) => Promise<PostConfirmationTriggerEvent>;

beforeAll(async () => {
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  process.env['COGNITO_ENDPOINT'] = `http://127.0.0.1:${port}`;
  ({ joinUserGroup } = await import('../../../src/access/join-user-group'));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => jest.useRealTimers());

const confirmed: PostConfirmationTriggerEvent = {
  version: '1',
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_pool',
  userName: 'user-1',
  callerContext: { awsSdkVersion: '1', clientId: 'client' },
  triggerSource: 'PostConfirmation_ConfirmSignUp',
  request: { userAttributes: { sub: 'user-1' } },
  response: {},
};

const refusing =
  (status: number, name: string): RequestListener =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify({ __type: name, message: name }));

/** What the trigger throws, and after how many milliseconds. */
async function failureWhile(listener: RequestListener): Promise<{ name: string; elapsed: number }> {
  answer = listener;
  requests = 0;
  const started = Date.now();
  const progress = { settled: false };
  const outcome = joinUserGroup(confirmed)
    .then(
      () => ({ name: 'none', elapsed: NaN }),
      (error: unknown) => ({ name: error instanceof Error ? error.name : '', elapsed: Date.now() - started }),
    )
    .finally(() => (progress.settled = true));
  while (!progress.settled) {
    await new Promise(setImmediate);
    await jest.advanceTimersByTimeAsync(5);
  }
  return outcome;
}

describe('joinUserGroup', () => {
  it.each<[string, RequestListener, string]>([
    ['says nothing', () => undefined, 'TimeoutError'],
    ['throttles', refusing(400, 'TooManyRequestsException'), 'TooManyRequestsException'],
    ['fails', refusing(500, 'InternalErrorException'), 'InternalErrorException'],
  ])(
    'asks twice, throws within the five seconds that Cognito waits, and then asks no more, where Cognito %s',
    async (_, listener, name) => {
      const failure = await failureWhile(listener);
      expect(failure.name).toBe(name);
      expect(failure.elapsed).toBeLessThan(4_500);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(requests).toBe(2);
    },
  );

  it('closes the connection of a try that got no answer', async () => {
    await failureWhile(() => undefined);
    while (open > 0) await new Promise(setImmediate);
    expect(open).toBe(0);
  });

  it('asks once where Cognito says that something is wrong', async () => {
    expect(await failureWhile(refusing(400, 'ResourceNotFoundException'))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(requests).toBe(1);
  });
});
