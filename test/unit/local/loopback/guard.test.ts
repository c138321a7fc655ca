import { guarded, isSentToLoopback } from '../../../../local/loopback/guard';
import { startServer, type TestServer } from '../../../support/http-server';

const origins = ['http://127.0.0.1:3000', 'https://shop.example.com'];
const served: string[] = [];
let server: TestServer;

beforeAll(async () => {
  server = await startServer(
    guarded(origins, ({ method, url }, response) => {
      served.push(`${method} ${url}`);
      response.writeHead(200, { 'content-type': 'text/plain' }).end('served');
    }),
  );
});
beforeEach(() => served.splice(0));
afterAll(() => server.stop());

const corsHeaders = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe('guarded', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])(
    'serves a program that calls this machine %s',
    async (name) => {
      for (const host of [`${name}:${server.port}`, `${name}:1`, name]) {
        const answer = await server.ask({ headers: { host } });
        expect(answer).toMatchObject({ status: 200, body: 'served' });
        expect(corsHeaders(answer.headers)).toEqual({});
      }
    },
  );

  it.each([
    'evil.example',
    'evil.example:9229',
    '127.0.0.1.evil.example',
    'localhost.evil.example:9229',
    'evil.example#127.0.0.1',
    'localhost:9229@evil.example',
    'localhost.',
    '127.0.0.1:',
    '0.0.0.0',
    '192.168.1.10:9229',
  ])('answers 403 where the name of this machine is said to be "%s", and serves nothing', async (host) => {
    for (const headers of [
      { host },
      { host, origin: `http://${host}` },
      { host, origin: 'https://shop.example.com' },
    ]) {
      const answer = await server.ask({ method: 'POST', headers });
      expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('127.0.0.1 and localhost') });
      expect(corsHeaders(answer.headers)).toEqual({});
    }
    expect(served).toEqual([]);
  });

  it('takes a request that names nothing for none to this machine', () => {
    expect(isSentToLoopback({})).toBe(false);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://shop.example.com',
    'https://shop.example.com.evil.example',
    'https://shop.example.com:444',
    'HTTPS://shop.example.com',
    'http://127.0.0.1:3001',
    'http://localhost:3000',
    'https://shop.example.com, https://evil.example',
    '*',
  ])('answers 403 to a page of %s, and serves nothing', async (origin) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const headers = { origin, 'content-type': 'text/plain', 'access-control-request-method': 'POST' };
      const answer = await server.ask({ method, headers });
      expect(answer.status).toBe(403);
      expect(corsHeaders(answer.headers)).toEqual({});
    }
    expect(served).toEqual([]);
  });

  it('lets no page in where the list says every origin: it has to be named', async () => {
    const open = await startServer(guarded(['*'], (_, response) => response.end('served')));
    expect(await open.ask({ headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
    await open.stop();
  });

  it('serves its own pages, and says nothing of CORS to them', async () => {
    const host = `localhost:${server.port}`;
    const answer = await server.ask({ method: 'POST', headers: { host, origin: `http://${host}` } });
    expect(answer.status).toBe(200);
    expect(corsHeaders(answer.headers)).toEqual({});
  });

  it.each(origins)('serves pages of %s, and lets them read the answer, without credentials', async (origin) => {
    const answer = await server.ask({ method: 'POST', headers: { origin } });
    expect(answer).toMatchObject({ status: 200, body: 'served', headers: { vary: 'origin' } });
    expect(corsHeaders(answer.headers)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'x-amzn-errortype, x-amzn-requestid',
    });
  });

  it('answers the preflight of such a page itself, without leave to sign as an operator', async () => {
    const headers = {
      origin: 'https://shop.example.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-amz-target',
    };
    const answer = await server.ask({ method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example.com',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/content-type.*x-amz-target/),
    });
    expect(answer.headers['access-control-allow-headers']).not.toContain('authorization');
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(served).toEqual([]);
  });

  it('leaves an OPTIONS of a program to the service', async () => {
    await server.ask({ method: 'OPTIONS' });
    expect(served).toEqual(['OPTIONS /']);
  });
});
