/** Keys that cannot be had say nothing about a token; tokens with made-up keys say nothing about the keys. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { freePort } from '../../../local/processes/ports';
import { keyRequest } from '../../../src/access/key-set';
import { accessTokenVerifier, KeySetError, type TokenVerifier } from '../../../src/access/token-verifier';
import { poolJwk, startKeyServer, type KeyServer } from '../../support/key-server';
import { expectNothingOf } from '../../support/token-leaks';
import { accessClaims, sign } from '../../support/tokens';

/** What the functions have; the tests wait for a server that answers. */
const { responseTimeout } = keyRequest;
let patience: number;

let keyServer: KeyServer;
let verify: TokenVerifier;
beforeAll(async () => {
  keyServer = await startKeyServer();
  patience = keyRequest.responseTimeout;
});
beforeEach(() => {
  keyServer.requests.length = 0;
  keyServer.answer = keyServer.serveKeys;
  verify = accessTokenVerifier(keyServer.pool);
});
afterAll(() => keyServer.stop());

const goodToken = (header = {}) => sign(accessClaims(keyServer.stack, ['admin']), { header });

async function expectOutage(judge: TokenVerifier, token: string): Promise<void> {
  const error: unknown = await judge(token).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KeySetError);
  expectNothingOf(inspect(error, { depth: Infinity, showHidden: true }), token);
}

const expectToWork = async () => expect(await verify(goodToken())).toMatchObject({ groups: ['admin'] });

const answering =
  (status: number, text: string): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(text);
const withKeys = (...keys: unknown[]) => answering(200, JSON.stringify({ keys }));

describe('accessTokenVerifier, where the keys are not to be had', () => {
  it('throws KeySetError while nothing listens, and works again after', async () => {
    await keyServer.stop();
    await expectOutage(verify, goodToken());
    await expectOutage(verify, goodToken({ kid: 'made-up' }));
    await keyServer.start();
    await expectToWork();
  });

  it.each<[string, RequestListener]>([
    ['answers 500', answering(500, '{}')],
    ['answers 500 with the keys', answering(500, JSON.stringify({ keys: [poolJwk] }))],
    ['answers 404', answering(404, '{"message":"Not Found"}')],
    ['hangs up', (request) => request.socket.destroy()],
    [
      'hangs up in the middle',
      (_, response) => void response.writeHead(200, { 'content-length': 999 }).end('{"keys":['),
    ],
    ['says nothing', () => undefined],
    ['starts and says no more', (_, response) => void response.write('{"keys":[')],
    ['answers nothing', answering(200, '')],
    ['answers what is no JSON', answering(200, '<html></html>')],
    ['answers null', answering(200, 'null')],
    ['answers a list', answering(200, JSON.stringify([poolJwk]))],
    ['answers without keys', answering(200, '{}')],
    ['answers keys that are no list', answering(200, JSON.stringify({ keys: poolJwk }))],
    ['answers keys that are null', withKeys(null)],
    ['answers a key without a type', withKeys({ ...poolJwk, kty: undefined })],
  ])('throws KeySetError while the server %s, and works again after', async (_, answer) => {
    keyServer.answer = answer;
    keyRequest.responseTimeout = responseTimeout;
    await Promise.all([expectOutage(verify, goodToken()), expectOutage(verify, goodToken({ kid: 'made-up' }))]);
    keyRequest.responseTimeout = patience;
    keyServer.answer = keyServer.serveKeys;
    await expectToWork();
  });

  it.each<[string, object]>([
    ['is not for signatures', { use: 'enc' }],
    ['is of no known type', { kty: 'oct' }],
    ['has no modulus', { n: '' }],
    ['cannot be read', { kty: 'EC', crv: 'P-999', x: 'AA', y: 'AA' }],
  ])('throws KeySetError where the key %s', async (_, change) => {
    keyServer.answer = withKeys({ ...poolJwk, ...change });
    await expectOutage(verify, goodToken());
  });

  it('throws KeySetError within five seconds, the time of the function, and asks no more, where a server of https says nothing', async () => {
    let tries = 0;
    let open = 0;
    const server = createServer((socket) => {
      tries += 1;
      open += 1;
      socket.resume().on('close', () => (open -= 1));
    });
    const port = await freePort();
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const issuer = `https://127.0.0.1:${port}/pool`;
    const token = sign({ ...accessClaims(keyServer.stack, []), iss: issuer });
    keyRequest.responseTimeout = responseTimeout;
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const [started, state] = [Date.now(), { over: false }];
      const outage = expectOutage(accessTokenVerifier({ ...keyServer.pool, issuer }), token).finally(
        () => (state.over = true),
      );
      while (!state.over) {
        await new Promise(setImmediate);
        await jest.advanceTimersByTimeAsync(5);
      }
      await outage;
      expect(Date.now() - started).toBeLessThan(5_000);
      while (open > 0) await new Promise(setImmediate);
      expect(tries).toBe(2);
    } finally {
      jest.useRealTimers();
      keyRequest.responseTimeout = patience;
      server.close();
    }
  });
});

describe('accessTokenVerifier, asked with made-up keys', () => {
  it('refuses each of them, asks for the keys no more than twice, and still knows a good token', async () => {
    for (let index = 0; index < 50; index += 1) {
      await expect(verify(goodToken({ kid: `made-up-${index}` }))).rejects.toMatchObject({
        name: 'TokenRefusal',
        reason: 'unknown_key',
      });
      await expectToWork();
    }
    expect(keyServer.requests.length).toBeLessThanOrEqual(2);
  });

  it('refuses them side by side', async () => {
    const tokens = Array.from({ length: 20 }, (_, index) => goodToken({ kid: `made-up-${index}` }));
    const errors = await Promise.all(tokens.map((token) => verify(token).catch((error: unknown) => error)));
    for (const error of errors) expect(error).toMatchObject({ name: 'TokenRefusal', reason: 'unknown_key' });
    await expectToWork();
  });

  it('keeps what it knows when the server is down', async () => {
    await expectToWork();
    keyServer.answer = answering(500, '');
    await expectToWork();
  });
});
