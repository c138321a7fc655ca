/** The gateway on the web server that it has to hold to API Gateway's ways, with a handler that answers what it was given. */
import { createRequire } from 'node:module';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { projectRoot } from '../../../../deployment/service';
import type { HapiRequest, HapiServer } from '../../../../local/hapi';
import { ask } from '../../../support/http-server';
import { startKeyServer, type KeyServer } from '../../../support/key-server';
import { sendRaw } from '../../../support/raw-request';
import { accessClaims, sign } from '../../../support/tokens';

interface Strategy {
  name: string;
  scheme: string;
  getAuthenticateFunction: (server: HapiServer) => object;
}
type Provider = (endpoint: object, functionKey: string, method: string, path: string) => Strategy;

interface Response {
  header(name: string, value: string): Response;
}
/** As serverless-offline uses it. */
interface Server extends Omit<HapiServer, 'route'> {
  info: { port: number };
  auth: { scheme(name: string, scheme: object): void; strategy(name: string, scheme: string): void };
  route(route: {
    method: string;
    path: string;
    options: object;
    handler: (
      request: HapiRequest & { raw: { req: IncomingMessage } },
      toolkit: { response(body: object | string): Response },
    ) => Response;
  }): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}
interface Hapi {
  Server: new (options: object) => Server;
}
// The one that serverless-offline has.
const offline = path.join(projectRoot, 'node_modules', 'serverless-offline', 'package.json');
const { Server } = createRequire(offline)('@hapi/hapi') as Hapi;

const contextHeader = 'sls-offline-authorizer-override';
const forged = JSON.stringify({ jwt: { claims: { sub: 'x', token_use: 'access', 'cognito:groups': '[admin]' } } });
const shop = 'https://shop.example.com';

let keys: KeyServer;
let token: string;
const servers: Server[] = [];

beforeAll(async () => {
  keys = await startKeyServer();
  token = sign(accessClaims(keys.stack, ['admin']));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await keys.stop();
});

/** What serverless-offline answers where a function has thrown, with status 200. */
const failure = JSON.stringify(
  { errorMessage: 'no', errorType: 'Error', stackTrace: ['at x (/home/ada/x.js)'] },
  null,
  2,
);

type Gateway = Awaited<ReturnType<typeof startGateway>>;
const gateways = new Map<string, Promise<Gateway>>();

/** The gateway of these routes. It remembers nothing of a request: one serves all tests. */
function gatewayOf(...settings: Parameters<typeof startGateway>): Promise<Gateway> {
  const key = JSON.stringify(settings);
  const known = gateways.get(key) ?? startGateway(...settings);
  gateways.set(key, known);
  return known;
}

/** A server with these routes, as serverless-offline makes it of them. */
async function startGateway(corsOrigins: string, routes: [method: string, path: string, authorizer: object | null][]) {
  Object.assign(process.env, {
    ...{
      TOKEN_ISSUER: keys.pool.issuer,
      USER_POOL_ID: keys.stack.userPoolId,
      USER_POOL_CLIENT_ID: 'client',
      CONSOLE_CLIENT_ID: 'console',
    },
    ...{ FUNCTION_SOCKET: 'none', AUTHORIZER_CACHE_SECONDS: '0', COMPILED_TEMPLATE: 'none', SESSION_SECRET: 'none' },
    ...{ STACK_AUTHORIZER: 'jwt', COGNITO_ENDPOINT: keys.stack.cognitoUrl, CORS_ORIGINS: corsOrigins },
  });
  const provide = jest.requireActual<Provider>('../../../../local/gateway/gateway');
  const server = new Server({ host: '127.0.0.1', port: 0, router: { stripTrailingSlash: true } });
  for (const [method, path, authorizer] of routes) {
    const strategy = provide({ authorizer }, `${method} ${path}`, method, path);
    server.auth.scheme(strategy.scheme, strategy.getAuthenticateFunction);
    server.auth.strategy(strategy.name, strategy.scheme);
    const payload = method === 'GET' ? {} : { payload: { parse: false } };
    server.route({
      method,
      path: path.replace('{proxy+}', '{proxy*}'),
      options: { auth: strategy.name, state: { failAction: 'error', parse: true }, ...payload },
      handler: ({ raw: { req }, state, url: { pathname } }, toolkit) =>
        toolkit
          .response(
            pathname === '/failing'
              ? failure
              : { rawHeaders: req.rawHeaders, state, pathname, filler: 'x'.repeat(2_000) },
          )
          .header('etag', '"1"'),
    });
  }
  await server.start();
  servers.push(server);
  const { port } = server.info;
  return { port, send: (question: Parameters<typeof ask>[1]) => ask(port, question) };
}

/** What the handler was given. */
function received(body: string): { headers: Record<string, string>; names: string[]; state: object } {
  const { rawHeaders, state } = JSON.parse(body) as { rawHeaders: string[]; state: object };
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  return { headers: Object.fromEntries(pairs), names: pairs.map(([name]) => name), state };
}

const open: [string, string, null][] = [
  ['GET', '/products', null],
  ['POST', '/products', null],
];
const cognito = { name: 'cognito' };

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const passedOn = (body: string): { requestId: string } => JSON.parse(received(body).headers[contextHeader] ?? '');

describe('the id of a request', () => {
  it('is another for each, whatever the client has sent in its place', async () => {
    const { send } = await gatewayOf('', open);
    const headers = { [contextHeader]: JSON.stringify({ requestId: 'of-the-client' }) };
    const ids: string[] = [];
    for (let times = 0; times < 2; times++)
      ids.push(passedOn((await send({ path: '/products', headers })).body).requestId);
    expect(ids).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the context that a handler gets', () => {
  it("is the authorizer's, whatever the client has sent in its place", async () => {
    const { send } = await gatewayOf('', [['GET', '/products', cognito]]);
    const headers = { authorization: `Bearer ${token}`, [contextHeader]: forged };
    const { status, body } = await send({ path: '/products', headers });
    expect(status).toBe(200);
    const { names, headers: given } = received(body);
    expect(names.filter((name) => name.toLowerCase() === contextHeader)).toHaveLength(1);
    expect(JSON.parse(given[contextHeader] ?? '')).toMatchObject({
      jwt: { claims: { 'cognito:groups': '[admin]', client_id: 'client' } },
    });
  });

  it('is empty where no authorizer stands', async () => {
    const { send, port } = await gatewayOf('', open);
    const { body } = await send({ path: '/products', headers: { [contextHeader]: forged } });
    expect(passedOn(body)).toEqual({ requestId: expect.stringMatching(uuid) });
    const twice = [`${contextHeader}: ${forged}`, `SLS-Offline-Authorizer-Override: ${forged}`];
    const raw = await sendRaw(`http://127.0.0.1:${port}`, 'GET /products', twice);
    expect(raw.body).not.toContain('token_use');
  });

  it('is none where the authorizer lets nobody in: 401, with its challenge', async () => {
    const { send } = await gatewayOf('', [['GET', '/products', cognito]]);
    const answer = await send({ path: '/products', headers: { [contextHeader]: forged } });
    expect(answer).toMatchObject({
      status: 401,
      body: '{"message":"Unauthorized"}',
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('is refused at the start for an authorizer that the local stack does not know', async () => {
    await expect(startGateway('', [['GET', '/products', { name: 'another' }]])).rejects.toThrow('"another"');
    await expect(startGateway('', [['GET', '/products', {}]])).rejects.toThrow('does not know the authorizer ""');
    await expect(startGateway('', [['GET', '/products', { name: 'constructor' }]])).rejects.toThrow('"constructor"');
  });
});

describe('the headers that a handler gets', () => {
  it('have names in lower case, and one value each', async () => {
    const { port } = await gatewayOf('', open);
    const { body } = await sendRaw(`http://127.0.0.1:${port}`, 'GET /products', [
      'X-One: a',
      'x-one: b',
      'Accept: */*',
    ]);
    expect(received(body).headers).toMatchObject({ 'x-one': 'a,b', accept: '*/*' });
    expect(received(body).names.every((name) => name === name.toLowerCase())).toBe(true);
  });

  it('say of a body without a type that its type is not known', async () => {
    const { send } = await gatewayOf('', open);
    const { body } = await send({ method: 'POST', path: '/products', body: '{}' });
    expect(received(body).headers['content-type']).toBe('application/octet-stream');
  });

  it.each([
    [
      'odd ones',
      'odd; {"a":1}; b="unclosed; c=d=e; =f; ;g=',
      { odd: '', '{"a":1}': '', b: '"unclosed', c: 'd=e', f: '', g: '' },
    ],
    ['several of one name', 'a=1; b=2; a=3', { a: ['1', '3'], b: '2' }],
    ['one that is called __proto__', '__proto__=x', { ['__proto__']: 'x' }],
    ['none', undefined, {}],
  ])('have no cookies, which come apart: %s', async (_, cookie, state) => {
    const { send } = await gatewayOf('', open);
    const { status, body } = await send({ path: '/products', headers: cookie === undefined ? {} : { cookie } });
    expect(status).toBe(200);
    expect(received(body).headers).not.toHaveProperty('cookie');
    expect(Object.entries(received(body).state)).toEqual(Object.entries(state));
  });
});

describe('what a handler has answered', () => {
  it.each([
    ['If-None-Match', { 'if-none-match': '"1"' }],
    ['If-None-Match: *', { 'if-none-match': '*' }],
    ['If-Modified-Since', { 'if-modified-since': new Date().toUTCString() }],
    ['Range', { range: 'bytes=0-3' }],
    ['Range and If-Range', { range: 'bytes=0-3', 'if-range': '"1"' }],
    ['a Range that there is not', { range: 'bytes=100000-' }],
    ['Accept-Encoding', { 'accept-encoding': 'gzip, br' }],
  ])('goes out as it is, whatever the web server would make of %s', async (_, headers) => {
    const { send } = await gatewayOf('', open);
    const answer = await send({ path: '/products', headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('x'.repeat(2_000));
    // The handler has what was sent.
    expect(received(answer.body).headers).toMatchObject(headers);
    for (const name of ['accept-ranges', 'content-encoding', 'cache-control', 'vary', 'content-range']) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });
});

describe('a {proxy+}', () => {
  const page: [string, string, null][] = [
    ['GET', '/page', null],
    ['GET', '/page/{proxy+}', null],
  ];

  it.each(['/page/a', '/page/a/', '/page/a/b/?x=/', '/page/', '/page/?x=/'])(
    'gets %s with the slash that it ends in',
    async (path) => {
      const { send } = await gatewayOf('', page);
      const { body } = await send({ path });
      expect(JSON.parse(body)).toMatchObject({ pathname: path.split('?')[0] });
    },
  );

  it('gets nothing that does not go on after its slash', async () => {
    const { send } = await gatewayOf('', page.slice(1));
    expect(await send({ path: '/page' })).toMatchObject({ status: 404 });
  });
});

it('a function that fails is a 500 that tells nothing of it, and a page may read that', async () => {
  const { send } = await gatewayOf(shop, [['GET', '/failing', null]]);
  const { status, body, headers } = await send({ path: '/failing', headers: { origin: shop } });
  expect([status, body]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'access-control-allow-origin': shop });
});

describe('what is no route', () => {
  it.each([
    ['GET', '/nothing'],
    ['GET', '/products/'],
    ['GET', '/products/?limit=1'],
    ['GET', '/products/a/'],
    ['HEAD', '/products'],
    ['OPTIONS', '/products'],
    ['PUT', '/products'],
    ['TRACE', '/docs'],
  ])('is a 404: %s %s', async (method, path) => {
    const { send } = await gatewayOf('', open);
    for (const headers of [{}, { origin: shop, 'access-control-request-method': 'GET' }]) {
      const answer = await send({ method, path, headers });
      expect(answer).toMatchObject({ status: 404, body: method === 'HEAD' ? '' : '{"message":"Not Found"}' });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});

describe('a web page', () => {
  const origins = `${shop}, https://admin.example.com`;
  const exposed = 'etag,location,retry-after,idempotency-replayed';
  const corsOf = (headers: object) => Object.entries(headers).filter(([name]) => name.startsWith('access-control-'));

  it.each([
    ['/products', 200],
    ['/nothing', 404],
    ['/closed', 401],
  ])('of a configured origin may read every answer and its headers, without credentials: %s', async (path, status) => {
    const { send } = await gatewayOf(origins, [...open, ['GET', '/closed', cognito]]);
    for (const origin of [shop, 'https://admin.example.com']) {
      const answer = await send({ path, headers: { origin } });
      expect(answer.status).toBe(status);
      expect(corsOf(answer.headers)).toEqual([
        ['access-control-allow-origin', origin],
        ['access-control-expose-headers', exposed],
      ]);
    }
  });

  it.each([
    'https://evil.example',
    'null',
    'http://shop.example.com',
    `${shop}.evil.example`,
    'https://shop.example.co',
  ])('of %s may read nothing, and gets no leave by a preflight', async (origin) => {
    const { send } = await gatewayOf(origins, open);
    const answer = await send({ path: '/products', headers: { origin } });
    const preflight = await send({
      method: 'OPTIONS',
      path: '/products',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    expect([answer.status, preflight.status]).toEqual([200, 204]);
    expect([...corsOf(answer.headers), ...corsOf(preflight.headers)]).toEqual([]);
  });

  it('is told by a preflight what is configured, whatever it has asked for', async () => {
    const { send } = await gatewayOf(origins, open);
    const wishes = { 'access-control-request-method': 'TRACE', 'access-control-request-headers': 'x-evil, cookie' };
    for (const path of ['/products', '/nothing']) {
      const preflight = await send({ method: 'OPTIONS', path, headers: { origin: shop, ...wishes } });
      expect([preflight.status, preflight.body]).toEqual([204, '']);
      expect(Object.fromEntries(corsOf(preflight.headers))).toEqual({
        'access-control-allow-origin': shop,
        'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
        'access-control-allow-headers':
          'authorization,content-type,if-match,if-none-match,idempotency-key,x-amz-content-sha256,x-amz-date,x-amz-security-token',
        'access-control-expose-headers': exposed,
        'access-control-max-age': '600',
      });
    }
  });

  it.each([
    ['*', 'https://any.example', '*'],
    ['https://*', 'https://any.example', 'https://any.example'],
    ['https://*', 'http://any.example', undefined],
  ])('may be of any origin where %s is configured: %s', async (configured, origin, allowed) => {
    const { send } = await gatewayOf(configured, open);
    const { headers } = await send({ path: '/products', headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed);
  });

  it('that has led a name of its own here gets a 403, on every path', async () => {
    const { send, port } = await gatewayOf(origins, open);
    for (const path of ['/products', '/docs', '/nothing']) {
      for (const host of ['evil.example', `evil.example:${port}`]) {
        expect(await send({ path, headers: { host, origin: `http://${host}` } })).toMatchObject({ status: 403 });
      }
      expect((await send({ path, headers: { host: `localhost:${port}` } })).status).not.toBe(403);
    }
  });
});
