/** The console's function with a real user pool, and an API that says what it was asked. */
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import { newConsole } from '../../../src/console/console';
import { sealFor } from '../../../src/console/seal';
import { consoleBrowser, type Send } from '../../support/console-browser';
import { fakeContext, fakeEvent } from '../../support/events';
import { startServer, type TestServer } from '../../support/http-server';
import { consoleUrl, startLocalPool, type LocalPool } from '../../support/local-pool';

const email = 'ada@example.com';
const folder = mkdtempSync(path.join(tmpdir(), 'catalog-page-'));
writeFileSync(path.join(folder, 'index.html.br'), brotliCompressSync('<!doctype html>'));

let pool: LocalPool;
let api: TestServer;
/** What the API was asked, and what it answers. */
let asked: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];
let apiAnswer = { status: 200, headers: {} as Record<string, string>, body: '{}' };
let settings: Parameters<typeof newConsole>[0];

beforeAll(async () => {
  pool = await startLocalPool();
  await pool.join(email);
  await pool.admin('AdminAddUserToGroup', { Username: email, GroupName: 'admin' });
  api = await startServer((request, response) => {
    void text(request).then((body) => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(apiAnswer.status, apiAnswer.headers).end(apiAnswer.body);
    });
  });
  settings = {
    url: consoleUrl,
    apiUrl: `http://127.0.0.1:${api.port}`,
    hostedUiUrl: pool.cognitoUrl,
    issuer: `${pool.cognitoUrl}/${pool.userPoolId}`,
    clientId: 'localconsoleclient',
    clientSecret: pool.consoleSecret,
    pageFolder: folder,
    identityPool: undefined,
    pictures: undefined,
  };
});
afterAll(() => Promise.all([pool.stop(), api.stop()]));
beforeEach(() => {
  asked = [];
  apiAnswer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[]}' };
});

/** Through no gateway: the event is what one would make of the request, with cookies apart as on AWS, and in their header as at the emulator. */
const sendTo =
  (changes: Partial<typeof settings> = {}, remaining?: number): Send =>
  async (address, { method = 'GET', headers, body }) => {
    const { pathname, search, searchParams } = new URL(address, consoleUrl);
    const routeKey = `${method} ${pathname}`;
    const query = Object.fromEntries(searchParams);
    const event = fakeEvent({ routeKey, query, headers, ...(body === undefined ? {} : { body }) });
    const sent = {
      ...event,
      rawQueryString: search.slice(1),
      ...(headers['cookie'] === undefined ? {} : { cookies: headers['cookie'].split('; ') }),
    };
    const answer = await newConsole({ ...settings, ...changes })(sent, fakeContext(remaining));
    const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
    return {
      status: answer.statusCode ?? 200,
      headers: answer.headers as Record<string, string>,
      cookies: answer.cookies ?? [],
      text: bytes.toString(),
    };
  };
const browser = (changes?: Partial<typeof settings>) => consoleBrowser(sendTo(changes));
const failed = (reason: string) => `${consoleUrl}/sign-in-failed?reason=${reason}`;

async function signedIn() {
  const page = browser();
  await page.signIn(email);
  return page;
}

describe('signing in', () => {
  it('leads back to where somebody wanted to go, with a session and without the login', async () => {
    const page = browser();
    const { status, headers } = await page.signIn(email, '/console/products?status=draft');
    expect([status, headers['location']]).toEqual([302, 'https://admin.example.com/console/products?status=draft']);
    expect([...page.cookies.keys()]).toEqual(['__Host-console']);
  });

  it('says who it is, in which groups, and what they may do', async () => {
    const { ask } = await signedIn();
    const { body } = await ask('/console/session');
    expect(body).toMatchObject({ signedIn: true, email, groups: ['admin'], sub: expect.any(String) });
    expect(body.routes).toContain('POST /products');
  });

  it('names the routes of pictures where the stage has a place for them alone', async () => {
    const { cookies } = await signedIn();
    const pictures = {
      url: 'https://images.example.com',
      bucket: 'pictures',
      region: 'eu-central-1',
      endpoint: undefined,
    };
    const routesWith = async (changes: Partial<typeof settings>): Promise<string[]> => {
      const page = browser(changes);
      cookies.forEach((value, name) => page.cookies.set(name, value));
      return (await page.ask('/console/session')).body.routes;
    };
    const [without, having] = [await routesWith({}), await routesWith({ pictures })];
    expect(having.filter((route) => !without.includes(route))).toEqual([
      'POST /admin/products/{productId}/images',
      'GET /admin/products/{productId}/images',
    ]);
  });

  it('asks for PKCE and a state of its own each time, and shows no verifier', async () => {
    const addresses = await Promise.all(
      [0, 1].map(async () => (await browser().visit('/console/login')).headers['location']),
    );
    const parameters = addresses.map((address) => new URL(address ?? '').searchParams);
    for (const name of ['state', 'code_challenge'])
      expect(new Set(parameters.map((given) => given.get(name))).size).toBe(2);
    for (const given of parameters) expect(given.get('code_challenge_method')).toBe('S256');
    expect(addresses.join()).not.toContain('verifier');
  });

  it('leads to no other site', async () => {
    const { headers } = await browser().signIn(email, 'https://evil.example/console');
    expect(headers['location']).toBe(consoleUrl);
  });

  it('takes a code once', async () => {
    const page = browser();
    const address = await page.comeBack(email);
    const login = new Map(page.cookies);
    await page.visit(address);
    const thief = browser();
    for (const [name, value] of login) thief.cookies.set(name, value);
    expect((await thief.visit(address)).headers['location']).toBe(failed('stale'));
    expect(thief.cookies.size).toBe(0);
  });

  it.each<[string, (address: string) => string]>([
    ['a forged code', (address) => address.replace(/code=[^&]*/, 'code=forged')],
    ['another state', (address) => address.replace(/state=[^&]*/, 'state=another')],
    ['no state', (address) => address.replace(/&state=[^&]*/, '')],
    ['two states', (address) => `${address}&state=another`],
    ['no code', (address) => address.replace(/code=[^&]*&/, '')],
  ])('gives no session for %s', async (_, change) => {
    const page = browser();
    const address = await page.comeBack(email);
    const { headers } = await page.visit(change(address));
    expect(headers['location']).toBe(failed('stale'));
    expect(page.cookies.size).toBe(0);
  });

  it('gives no session to a browser in which it has not begun, with the code of another', async () => {
    const attacker = browser();
    const address = await attacker.comeBack(email);
    const victim = browser();
    expect((await victim.visit(address)).headers['location']).toBe(failed('stale'));
    await victim.comeBack(email);
    expect((await victim.visit(address)).headers['location']).toBe(failed('stale'));
    expect(victim.cookies.size).toBe(0);
  });

  it('gives no session where it was begun more than ten minutes ago', async () => {
    const page = browser();
    const address = await page.comeBack(email);
    const seal = sealFor(pool.consoleSecret, 'login');
    const login = z
      .looseObject({ endsAt: z.number() })
      .parse(seal.open(page.cookies.get('__Host-console-login') ?? ''));
    page.cookies.set('__Host-console-login', seal.close({ ...login, endsAt: login.endsAt - 600 }));
    expect((await page.visit(address)).headers['location']).toBe(failed('stale'));
    expect(page.cookies.size).toBe(0);
  });

  it('says that it was cancelled', async () => {
    const page = browser();
    const { headers } = await page.visit('/console/login');
    const state = new URL(headers['location'] ?? '').searchParams.get('state') ?? '';
    const answer = await page.visit(`/console/app?error=access_denied&state=${state}`);
    expect(answer.headers['location']).toBe(failed('cancelled'));
  });

  it('says that the pool does not answer', async () => {
    const page = browser();
    const address = await page.comeBack(email);
    const cut = consoleBrowser(sendTo({ hostedUiUrl: 'http://127.0.0.1:9' }));
    for (const [name, value] of page.cookies) cut.cookies.set(name, value);
    expect((await cut.visit(address)).headers['location']).toBe(failed('unavailable'));
  });
});

describe('a session', () => {
  it.each<[string, (value: string) => string]>([
    ['tampered with', (value) => value.slice(0, 40) + (value[40] === 'A' ? 'B' : 'A') + value.slice(41)],
    ['cut off', (value) => value.slice(0, -10)],
    ['doubled', (value) => `${value}; __Host-console=${value}`],
    ['beside another', (value) => `${value}; __Host-console=x`],
    [
      'made with another secret',
      () => sealFor('another', 'session').close({ email, sub: 's', refreshToken: 'r', endsAt: 9e9 }),
    ],
    [
      'sealed for the login',
      () => sealFor(pool.consoleSecret, 'login').close({ email, sub: 's', refreshToken: 'r', endsAt: 9e9 }),
    ],
  ])('counts for nothing when it is %s', async (_, change) => {
    const { cookies, ask } = await signedIn();
    cookies.set('__Host-console', change(cookies.get('__Host-console') ?? ''));
    expect((await ask('/console-api/products')).body).toMatchObject({ status: 401, code: 'signed_out' });
    expect(asked).toEqual([]);
  });

  it('is renewed quietly, with the groups of now, and over when the pool renews it no more', async () => {
    const { cookies, ask } = await signedIn();
    const seal = sealFor(pool.consoleSecret, 'session');
    const withoutToken = () => {
      const session = seal.open(cookies.get('__Host-console') ?? '') as object;
      cookies.set('__Host-console', seal.close({ ...session, token: undefined }));
    };
    await pool.admin('AdminRemoveUserFromGroup', { Username: email, GroupName: 'admin' });
    withoutToken();
    expect((await ask('/console/session')).body).toMatchObject({ signedIn: true, groups: [], routes: [] });
    await pool.admin('AdminAddUserToGroup', { Username: email, GroupName: 'admin' });
    await pool.admin('AdminUserGlobalSignOut', { Username: email });
    withoutToken();
    expect((await ask('/console-api/products')).status).toBe(401);
    expect((await ask('/console/session')).body).toEqual({ signedIn: false });
    expect(cookies.size).toBe(0);
  });

  it.each([
    ['cannot be reached', 503, 'busy', () => ({ hostedUiUrl: 'http://127.0.0.1:9' })],
    ['answers 429', 503, 'busy', () => ({ hostedUiUrl: `http://127.0.0.1:${api.port}` })],
    ['does not take the console itself', 500, 'internal_error', () => ({ clientSecret: 'another' })],
  ] as const)('stays where the pool %s', async (_, status, code, changes) => {
    apiAnswer = { status: 429, headers: { 'content-type': 'application/json' }, body: '{"error":"too_many_requests"}' };
    const { cookies } = await signedIn();
    const session = sealFor(pool.consoleSecret, 'session').open(cookies.get('__Host-console') ?? '') as object;
    const changed = { ...settings, ...changes() };
    const page = browser(changed);
    page.cookies.set(
      '__Host-console',
      sealFor(changed.clientSecret, 'session').close({ ...session, token: undefined }),
    );
    expect((await page.ask('/console/session')).body).toMatchObject({ status, code });
    expect(page.cookies.size).toBe(1);
  });

  it('ends with the sign-out: a copy of its cookie is renewed no more', async () => {
    const { cookies, ask } = await signedIn();
    const copy = cookies.get('__Host-console') ?? '';
    const { body } = await ask('/console/sign-out', { method: 'POST' });
    const { searchParams, pathname } = new URL(body.location);
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/logout',
      { client_id: 'localconsoleclient', logout_uri: consoleUrl },
    ]);
    expect(cookies.size).toBe(0);
    const seal = sealFor(pool.consoleSecret, 'session');
    cookies.set('__Host-console', seal.close({ ...(seal.open(copy) as object), token: undefined }));
    expect((await ask('/console-api/products')).status).toBe(401);
  });

  it('does not end in words alone: where the pool cannot be asked, the sign-out fails and the session stays', async () => {
    const { cookies } = await signedIn();
    const cut = consoleBrowser(sendTo({ hostedUiUrl: 'http://127.0.0.1:9' }));
    for (const [name, value] of cookies) cut.cookies.set(name, value);
    expect((await cut.ask('/console/sign-out', { method: 'POST' })).body).toMatchObject({ status: 503, code: 'busy' });
    expect(cut.cookies.size).toBe(1);
  });
});

describe('a request of the page', () => {
  it('reaches the API as its sender, with the listed headers alone', async () => {
    const { ask } = await signedIn();
    const headers = { 'if-match': '"3"', 'x-forwarded-host': 'evil.example', authorization: 'Bearer of-another' };
    const body = { name: 'Ünïcode' };
    await ask('/console-api/products/01ARZ3NDEKTSV4RRFFQ69G5FAV?dryRun=true&x=%2F', { method: 'PATCH', headers, body });
    expect(asked).toMatchObject([
      { method: 'PATCH', url: '/products/01ARZ3NDEKTSV4RRFFQ69G5FAV?dryRun=true&x=%2F', body: JSON.stringify(body) },
    ]);
    expect(asked[0]?.headers).toMatchObject({
      'if-match': '"3"',
      'content-type': 'application/json',
      authorization: expect.stringMatching(/^Bearer eyJ/),
    });
    for (const name of ['cookie', 'x-console', 'x-forwarded-host']) expect(asked[0]?.headers).not.toHaveProperty(name);
  });

  it('gets what the API says, with the listed headers alone', async () => {
    apiAnswer = {
      status: 409,
      headers: { 'content-type': 'application/problem+json', etag: '"4"', 'set-cookie': 'a=b', 'x-amzn-trace-id': 't' },
      body: '{"code":"sku_taken"}',
    };
    const { ask } = await signedIn();
    const answer = await ask('/console-api/products', { method: 'POST', body: {} });
    expect(answer).toMatchObject({ status: 409, body: { code: 'sku_taken' }, cookies: [] });
    expect(answer.headers).toEqual({
      'content-type': 'application/problem+json',
      etag: '"4"',
      'x-content-type-options': 'nosniff',
    });
  });

  it('follows no redirect of the API with the token of its sender', async () => {
    apiAnswer = { status: 302, headers: { location: '/elsewhere' }, body: '' };
    const { ask } = await signedIn();
    expect(await ask('/console-api/products')).toMatchObject({ status: 503, body: { code: 'busy' } });
    expect(asked.map(({ url }) => url)).toEqual(['/products']);
  });

  it.each([
    [401, 401, 'signed_out'],
    [403, 403, 'forbidden'],
    [404, 404, 'not_found'],
    [429, 503, 'busy'],
    [503, 503, 'busy'],
  ])('is told in a problem document what the gateway says with %i', async (status, expected, code) => {
    apiAnswer = { status, headers: { 'content-type': 'application/json' }, body: '{"message":"No"}' };
    const { ask } = await signedIn();
    expect(await ask('/console-api/products')).toMatchObject({ status: expected, body: { code } });
  });

  it('is told to try again when the API does not answer', async () => {
    const { cookies } = await signedIn();
    const cut = consoleBrowser(sendTo({ apiUrl: 'http://127.0.0.1:9' }));
    for (const [name, value] of cookies) cut.cookies.set(name, value);
    expect(await cut.ask('/console-api/products')).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  });

  const identityPoolAt = (endpoint: string) => ({ identityPool: { id: 'eu-central-1:catalog', endpoint } });
  it.each<[string, (url: string) => Partial<typeof settings>]>([
    ['the API', (apiUrl) => ({ apiUrl })],
    ['the user pool', (hostedUiUrl) => ({ hostedUiUrl })],
    ['the identity pool', identityPoolAt],
  ])('is told to try again when the answer of %s breaks off', async (_, changes) => {
    const server = await startServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"items":[', () => request.socket.destroy());
    });
    const { cookies } = await signedIn();
    const cut = consoleBrowser(sendTo(changes(`http://127.0.0.1:${server.port}`)));
    const seal = sealFor(pool.consoleSecret, 'session');
    const session = seal.open(cookies.get('__Host-console') ?? '') as object;
    const asksPool = 'hostedUiUrl' in changes('');
    cut.cookies.set('__Host-console', seal.close(asksPool ? { ...session, token: undefined } : session));
    expect(await cut.ask('/console-api/products')).toMatchObject({ status: 503, body: { code: 'busy' } });
    await server.stop();
  });

  it('is told to try again before Lambda ends the function, which waits for the API no more', async () => {
    let givenUp: Promise<unknown> = Promise.reject(new Error('The API was not asked'));
    givenUp.catch(() => undefined);
    const server = await startServer((request) => {
      givenUp = once(request.socket, 'close');
    });
    const { cookies } = await signedIn();
    const page = consoleBrowser(sendTo({ apiUrl: `http://127.0.0.1:${server.port}` }, 700));
    for (const [name, value] of cookies) page.cookies.set(name, value);
    expect(await page.ask('/console-api/products')).toMatchObject({ status: 503, body: { code: 'busy' } });
    await givenUp;
    await server.stop();
  }, 5_000);

  it('is told to try again when something before the identity pool fails', async () => {
    const server = await startServer((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
    const { cookies } = await signedIn();
    const cut = consoleBrowser(sendTo(identityPoolAt(`http://127.0.0.1:${server.port}`)));
    for (const [name, value] of cookies) cut.cookies.set(name, value);
    expect(await cut.ask('/console-api/products')).toMatchObject({ status: 503, body: { code: 'busy' } });
    await server.stop();
  });

  it.each([
    '/console-api/',
    '/console-api/docs',
    '/console-api/console/session',
    '/console-api/console-api/products',
    '/console-api/products/',
    '/console-api/products//x',
    '/console-api//evil.example/products',
    '/console-api/productsx',
    '/console-api/products/%2e%2e',
    '/console-api/products/a.b',
    '/console-api/@evil.example/products',
    '/console-api/products/a b',
  ])('goes nowhere by %s', async (address) => {
    const { ask } = await signedIn();
    expect((await ask(address)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['without the header', { 'x-console': '' }],
    ['with the header of another', { 'x-console': '0' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from an origin that is hidden', { origin: 'null' }],
    ['from another port', { origin: 'https://admin.example.com:8443' }],
    ['from another site, as its browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour, as its browser says', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_, headers) => {
    const { ask, cookies } = await signedIn();
    for (const [address, method] of [
      ['/console-api/products', 'GET'],
      ['/console-api/products', 'POST'],
      ['/console/session', 'GET'],
      ['/console/sign-out', 'POST'],
    ] as const) {
      expect((await ask(address, { method, headers })).body).toMatchObject({ status: 403, code: 'foreign_request' });
    }
    expect(asked).toEqual([]);
    expect(cookies.size).toBe(1);
  });
});

it('never shows the page a token, a code, a verifier or the secret', async () => {
  const page = await signedIn();
  await page.ask('/console/session');
  await page.ask('/console-api/products');
  const {
    email: _,
    sub: __,
    endsAt,
    ...secrets
  } = sealFor(pool.consoleSecret, 'session').open(page.cookies.get('__Host-console') ?? '') as Record<string, string>;
  expect(Object.keys(secrets).sort()).toEqual(['refreshToken', 'token']);
  expect(endsAt).toEqual(expect.any(Number));
  const seen = JSON.stringify(page.seen.map(({ headers, text }) => ({ headers, text })));
  for (const secret of [...Object.values(secrets), pool.consoleSecret]) expect(seen).not.toContain(secret);
  expect(seen).not.toMatch(/eyJ[\w-]{10,}\./);
});

it('answers a failure that nobody has foreseen without its reason', async () => {
  const page = browser();
  const session = { email, sub: 'sub', refreshToken: 'refresh', token: 'no token of the pool', endsAt: 9e9 };
  page.cookies.set('__Host-console', sealFor(pool.consoleSecret, 'session').close(session));
  const { status, body } = await page.ask('/console-api/products');
  expect([status, body]).toEqual([
    500,
    expect.objectContaining({ code: 'internal_error', detail: 'Something went wrong on our side' }),
  ]);
});
