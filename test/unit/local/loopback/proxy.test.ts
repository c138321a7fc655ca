import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { behindGuard, hiddenAddress } from '../../../../local/loopback/proxy';
import { freePort } from '../../../../local/processes/ports';
import { ask, startServer } from '../../../support/http-server';

const noProcess = { ended: new Promise<void>(() => undefined), stop: () => Promise.resolve() };

/** A guard in front of an engine that answers what it was asked. */
async function guardedEngine() {
  const engine = await startServer((request, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request;
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.writeHead(418, { 'x-amz-crc32': '1' }).end(JSON.stringify({ method, url, headers, body }));
    });
  });
  const port = await freePort();
  const address = { host: '127.0.0.1', port: engine.port };
  const guard = await behindGuard(noProcess, { port, origins: ['http://127.0.0.1:3000'], engine: address });
  return { engine, guard, port };
}

describe('behindGuard', () => {
  it('passes on what programs send, and what the engine answers, whole', async () => {
    const { engine, guard, port } = await guardedEngine();
    const body = 'é'.repeat(300_000);
    const headers = { host: `localhost:${port}`, 'x-amz-target': 'DynamoDB_20120810.PutItem' };
    const answer = await ask(port, { method: 'POST', path: '/path?a=b', headers, body });
    expect(answer).toMatchObject({ status: 418, headers: { 'x-amz-crc32': '1', 'set-cookie': ['a=1', 'b=2'] } });
    expect(JSON.parse(answer.body)).toMatchObject({ method: 'POST', url: '/path?a=b', headers, body });
    await guard.stop();
    await engine.stop();
  });

  it('keeps everyone else from the engine, and its own word on origins from pages', async () => {
    const { engine, guard, port } = await guardedEngine();
    for (const headers of [{ host: 'evil.example' }, { origin: 'https://evil.example' }]) {
      expect(await ask(port, { method: 'POST', headers })).toMatchObject({ status: 403 });
    }
    const { headers } = await ask(port, { headers: { origin: 'http://127.0.0.1:3000' } });
    expect(headers['access-control-allow-origin']).toBe('http://127.0.0.1:3000');
    expect((await ask(port, {})).headers).not.toHaveProperty('access-control-allow-origin');
    await guard.stop();
    await engine.stop();
  });

  it('answers nothing where the engine does not, so that nobody takes it for ready', async () => {
    const { engine, guard, port } = await guardedEngine();
    await engine.stop();
    await expect(ask(port, { method: 'POST', body: '{}' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await guard.stop();
    await expect(ask(port, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends the request to the engine when the client has gone', async () => {
    const arrivals = new EventEmitter();
    const engine = await startServer((request) => arrivals.emit('request', request));
    const port = await freePort();
    const address = { host: '127.0.0.1', port: engine.port };
    const guard = await behindGuard(noProcess, { port, origins: [], engine: address });
    const controller = new AbortController();
    const arrival = once(arrivals, 'request') as Promise<[IncomingMessage]>;
    const answer = fetch(`http://127.0.0.1:${port}`, { signal: controller.signal });
    const [request] = await arrival;
    const closed = once(request.socket, 'close');
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
    await closed;
    await guard.stop();
    await engine.stop();
  });
});

describe('hiddenAddress', () => {
  it('is another one each time, and one that a server can take', async () => {
    const addresses = await Promise.all([hiddenAddress(), hiddenAddress()]);
    expect(new Set(addresses.map(({ host }) => host)).size).toBe(process.platform === 'linux' ? 2 : 1);
    for (const { host } of addresses) expect(host).toMatch(/^127(\.\d+){3}$/);
  });
});
