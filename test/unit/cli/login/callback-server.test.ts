import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { receiveCallback } from '../../../../cli/login/callback-server';
import { freePort } from '../../../../local/processes/ports';
import { load } from '../../../support/browser';
import { ask } from '../../../support/http-server';

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
const loopback = ['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])];

/** Of the sign-in that is waited for. */
const state = 'the-state';

/** A server that listens, with what it will return. */
async function startServer(finish: (address: URL) => Promise<string>) {
  const port = await freePort();
  const callbackUrl = `http://localhost:${port}/app`;
  const waiting = { result: Promise.resolve('') };
  await new Promise<void>((resolve, reject) => {
    waiting.result = receiveCallback(callbackUrl, { state, whenListening: resolve, finish });
    waiting.result.catch(reject);
  });
  return { port, callbackUrl, result: waiting.result };
}

const href = (address: URL) => Promise.resolve(address.href);

/** Takes a port until it is given back. */
async function occupy(port: number, host: string): Promise<() => void> {
  const occupant = createServer().listen(port, host);
  await once(occupant, 'listening');
  return () => occupant.close();
}

describe('receiveCallback', () => {
  it.each(['localhost', ...loopback])(
    'returns what becomes of the address that the browser comes to, by way of %s',
    async (address) => {
      const { port, callbackUrl, result } = await startServer(href);
      const headers = { host: `localhost:${port}` };
      const answer = await ask(port, { host: address, path: `/app?code=a%20b&state=${state}`, headers });
      expect(answer).toMatchObject({ status: 200 });
      expect(await result).toBe(`${callbackUrl}?code=a%20b&state=${state}`);
    },
  );

  it.each([
    ['another state', `code=1&state=another`],
    ['the state and more', `code=1&state=${state}1`],
    ['the state in another case', `code=1&state=${state.toUpperCase()}`],
    ['no state', 'code=1'],
    ['an error and no state', 'error=access_denied'],
    ['another state first', `code=1&state=another&state=${state}`],
  ])('answers 400 to a browser that comes with %s, and waits on for the right one', async (_, query) => {
    const { callbackUrl, result } = await startServer(href);
    for (let tries = 0; tries < 3; tries += 1) {
      const page = await load(`${callbackUrl}?${query}`);
      expect(page).toMatchObject({ status: 400, text: expect.stringContaining('another sign-in') });
    }
    await load(`${callbackUrl}?code=2&state=${state}`);
    expect(await result).toBe(`${callbackUrl}?code=2&state=${state}`);
  });

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1:PORT',
    'localhost',
    'localhost:1',
    'localhost.evil.example:PORT',
  ])('answers 400 to a browser that takes this machine for %s, and waits on', async (name) => {
    const { port, callbackUrl, result } = await startServer(href);
    const headers = { host: name.replace('PORT', String(port)) };
    const answer = await ask(port, { path: `/app?code=1&state=${state}`, headers });
    expect(answer).toMatchObject({ status: 400 });
    await load(`${callbackUrl}?code=2&state=${state}`);
    expect(await result).toBe(`${callbackUrl}?code=2&state=${state}`);
  });

  it.each([
    ['it has worked', href, 200, 'You are signed in'],
    ['it has failed', () => Promise.reject(new Error('The reason')), 400, 'The sign-in failed'],
  ])('tells the browser that %s, and nothing else', async (_, finish, status, title) => {
    const { callbackUrl, result } = await startServer(finish);
    const ended = Promise.allSettled([result]);
    const page = await load(`${callbackUrl}?code=secret-code&other=<script>&state=${state}`);
    expect(page.status).toBe(status);
    expect(page.text).toContain(`<title>${title}</title>`);
    expect(JSON.stringify(page)).not.toMatch(/secret-code|script|The reason/);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
    });
    await ended;
  });

  it('throws what was thrown', async () => {
    const reason = new Error('The reason');
    const { callbackUrl, result } = await startServer(() => Promise.reject(reason));
    await load(`${callbackUrl}?state=${state}`);
    await expect(result).rejects.toBe(reason);
  });

  it('answers 404 to whatever else is asked for, and waits on', async () => {
    const { port, callbackUrl, result } = await startServer(href);
    for (const path of ['/', '//', '/favicon.ico', '/app/', '/application?code=1']) {
      expect(await load(`http://localhost:${port}${path}`)).toMatchObject({ status: 404 });
    }
    expect(await load(callbackUrl, { method: 'POST' })).toMatchObject({ status: 404 });
    expect(await load(callbackUrl, { method: 'HEAD' })).toMatchObject({ status: 404 });
    await load(`${callbackUrl}?code=2&state=${state}`);
    expect(await result).toBe(`${callbackUrl}?code=2&state=${state}`);
  });

  it('takes one answer alone', async () => {
    const seen: string[] = [];
    const { callbackUrl, result } = await startServer(async ({ search }) => {
      seen.push(search);
      expect(await load(`${callbackUrl}?second&state=${state}`)).toMatchObject({ status: 404 });
      return search;
    });
    await load(`${callbackUrl}?first&state=${state}`);
    expect(await result).toBe(`?first&state=${state}`);
    expect(seen).toEqual([`?first&state=${state}`]);
  });

  it('frees the port at the end, whatever the browser still holds open', async () => {
    const { port, callbackUrl, result } = await startServer(href);
    const idle = connect(port, '127.0.0.1');
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await load(`${callbackUrl}?state=${state}`);
    await result;
    await closed;
    for (const host of loopback) (await occupy(port, host))();
  });

  it('returns when the browser has left before the answer', async () => {
    const { port, callbackUrl, result } = await startServer(async (address) => {
      browser.destroy();
      await once(browser, 'close');
      // The server notices a little later.
      await sleep(50);
      return address.href;
    });
    const browser = connect(port, '127.0.0.1');
    browser.write(`GET /app?state=${state} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    expect(await result).toBe(`${callbackUrl}?state=${state}`);
  });

  it.each(loopback)('fails when the port is in use on %s, and takes it on no other address', async (host) => {
    const port = await freePort();
    const release = await occupy(port, host);
    const whenListening = jest.fn();
    await expect(
      receiveCallback(`http://localhost:${port}/app`, { state, whenListening, finish: href }),
    ).rejects.toMatchObject({
      name: 'Failure',
      message: `Port ${port} is in use: end what listens there, and start again with "npm run login".`,
    });
    expect(whenListening).not.toHaveBeenCalled();
    release();
    for (const address of loopback) (await occupy(port, address))();
  });

  it.each(['https://localhost:3333/app', 'https://shop.example.com/app', 'http://shop.example.com/app', 'shop://app'])(
    'fails where people are sent to %s',
    async (callbackUrl) => {
      await expect(
        receiveCallback(callbackUrl, { state, whenListening: jest.fn(), finish: href }),
      ).rejects.toMatchObject({
        name: 'Failure',
        message: expect.stringContaining(`is sent to ${callbackUrl}, where no command can wait: choose a stage`),
      });
    },
  );

  it('fails when nobody has come for five minutes', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const { port, result } = await startServer(href);
    jest.advanceTimersByTime(5 * 60_000);
    jest.useRealTimers();
    await expect(result).rejects.toMatchObject({
      name: 'Failure',
      message: 'Nobody has signed in for 5 minutes: start again with "npm run login".',
    });
    (await occupy(port, '127.0.0.1'))();
  });
});
