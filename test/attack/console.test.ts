/**
 * The console under attack: nobody gets past its page by a path, a method, a header or a cookie of their own, and what gets
 * nowhere has asked the API nothing. Its answers and logs are searched for secrets with all others, in the end.
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { attackable, attackedStack } from '../support/attacked-stack';
import { consoleBrowser, sendTo } from '../support/console-browser';
import { eventually } from '../support/eventually';
import { inFlight } from '../support/in-flight';
import { loggedRequests } from '../support/logged-requests';
import { newMember } from '../support/members';
import { naughtyStrings } from '../support/naughty-strings';
import { sendRaw } from '../support/raw-request';
import { folderOf, send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Paths of other places, as a proxy that tidies up before or after its list would take them for the API's. */
const smuggled = [
  '/console-api',
  '/console-api/',
  '/console-api//products',
  '/console-api/products/',
  '/console-api/products//',
  '/console-api/../products',
  '/console-api/../console/session',
  '/console-api/products/../../admin/products',
  '/console-api/products/%2e%2e/admin',
  '/console-api/products/..%2fadmin',
  '/console-api/products%2f..%2fadmin%2fproducts',
  '/console-api/%2e%2e/products',
  '/console-api/%252e%252e/products',
  '/console-api/products\\..\\admin',
  '/console-api/products;/../admin',
  '/console-api/products;jsessionid=1',
  '/console-api/products%00',
  '/console-api/products%0d%0ax-evil:%201',
  '/console-api/products%20',
  '/console-api/products%3fq=1',
  '/console-api/products%23',
  '/console-api/%70roducts%',
  '/console-api/@evil.example/products',
  '/console-api//evil.example/products',
  '/console-api/http://evil.example/products',
  '/console-api/console-api/products',
  '/console-api/console/session',
  '/console-api/docs',
  '/console-api/oauth2/token',
  '/console-api/productsx',
  '/console-api/Products',
  '/console-api/admin.json',
  `/console-api/products/${'a'.repeat(6_000)}.`,
  `/console-api/${'products/'.repeat(600)}`,
  'http://evil.example/console-api/products/.',
];

describe.each(attackable)('the %s stack', (authorizer) => {
  const stack = attackedStack(authorizer);
  const admin = `attack-console-admin-${authorizer}@example.com`;
  const reader = `attack-console-reader-${authorizer}@example.com`;
  let cookie: string;
  let readersCookie: string;

  const cookieOf = async (email: string) => {
    const page = consoleBrowser(sendTo(stack.apiUrl));
    await page.signIn(email);
    return `__Host-console=${page.cookies.get('__Host-console') ?? ''}`;
  };
  beforeAll(async () => {
    await newMember(stack, admin, ['admin']);
    await newMember(stack, reader, ['user']);
    cookie = await cookieOf(admin);
    readersCookie = await cookieOf(reader);
  });

  const own = () => [`Cookie: ${cookie}`, 'x-console: 1'];
  const raw = (line: string, headers = own()) => sendRaw(stack.apiUrl, line, headers);
  /** A read that no attack is like: it shows that the API is heard of, and ends what it is heard of till then. */
  const marker = 'GET /categories';
  /** Which routes of the API have been asked since the last marker, as their functions log it. */
  async function askedOfApi(): Promise<string[]> {
    const routes = () =>
      loggedRequests(folderOf(authorizer)).flatMap(({ route }) => (/ \/console/.test(route) ? [] : [route]));
    const before = routes().filter((route) => route === marker).length;
    expect((await raw('GET /console-api/categories')).status).toBe(200);
    await eventually('line of the marker', () => routes().filter((route) => route === marker).length > before);
    const all = routes().slice(0, routes().lastIndexOf(marker));
    return all.slice(all.lastIndexOf(marker) + 1);
  }

  /** Expects that the API is asked nothing meanwhile. */
  async function withoutApi<Result>(attack: () => Promise<Result>): Promise<Result> {
    await askedOfApi();
    const result = await attack();
    expect(await askedOfApi()).toEqual([]);
    return result;
  }

  it('answers the session that the attacks use', async () => {
    for (const sent of [cookie, readersCookie]) {
      expect((await raw('GET /console-api/products', [`Cookie: ${sent}`, 'x-console: 1'])).status).toBe(200);
    }
  });

  it.each(['GET', 'POST', 'DELETE'])('%s leads nowhere by a smuggled path', async (method) => {
    const answers = await withoutApi(() =>
      inFlight(smuggled, 6, async (path) => [path, (await raw(`${method} ${path}`)).status] as const),
    );
    // 401 is the API's, where a server has followed the dots before anything else: a session is no token there.
    expect(answers.filter(([, status]) => ![400, 401, 404, 414].includes(status))).toEqual([]);
  });

  it('leads nowhere by any path that has a character of another kind', async () => {
    const segment = fc.stringMatching(/^[\w-]{0,8}$/);
    const odd = fc.constantFrom(
      '%2e',
      '%2F',
      '..',
      '.',
      ';',
      '@',
      ':',
      '//',
      '%00',
      '%0a',
      '~',
      '$',
      "'",
      '(',
      '*',
      '%c3%a9',
    );
    const path = fc
      .tuple(
        fc.constantFrom('products', 'categories', 'admin'),
        fc.array(fc.tuple(segment, odd), { minLength: 1, maxLength: 4 }),
      )
      .map(([first, rest]) => `${first}/${rest.flat().join('')}`)
      // With dots alone between slashes, it is another path, as every server reads it.
      .filter((tail) => new URL(`http://x/${tail}`).pathname === `/${tail}`);
    await withoutApi(() =>
      fc.assert(
        fc.asyncProperty(path, async (tail) => {
          expect([400, 404]).toContain((await raw(`GET /console-api/${tail}`)).status);
        }),
        { numRuns: 150, seed: 17 },
      ),
    );
  });

  it('has no other method', async () => {
    const methods = [
      'HEAD',
      'OPTIONS',
      'TRACE',
      'CONNECT',
      'PROPFIND',
      'LINK',
      'get',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
    ];
    const paths = ['/console', '/console/session', '/console/login', '/console/app', '/console/assets/x.js'];
    const lines = methods.flatMap((method) => [
      ...paths.map((path) => `${method} ${path}`),
      ...(/^(?:POST|PUT|PATCH|DELETE)$/.test(method) ? [] : [`${method} /console-api/products`]),
      ...(method === 'POST' ? [] : [`${method} /console/sign-out`]),
    ]);
    const answers = await withoutApi(() =>
      inFlight(lines, 6, async (line) => [line, (await raw(line)).status] as const),
    );
    // 204 answers a preflight, and says nothing of what is there; whoever wants a tunnel is hung up on.
    const isRefusal = (line: string, status: number) =>
      [400, 404, 405].includes(status) ||
      (line.startsWith('OPTIONS ') && status === 204) ||
      (line.startsWith('CONNECT ') && Number.isNaN(status));
    expect(answers.filter(([line, status]) => !isRefusal(line, status))).toEqual([]);
  });

  it.each<[string, () => string[]]>([
    ['no cookie', () => ['x-console: 1']],
    ['an empty cookie', () => ['Cookie: __Host-console=', 'x-console: 1']],
    ['a good token in its place', () => [`Cookie: __Host-console=${adminsToken()}`, 'x-console: 1']],
    ['a good token beside no cookie', () => [`Authorization: Bearer ${adminsToken()}`, 'x-console: 1']],
    ['the session in a header of its own', () => [`x-session: ${cookie}`, `Authorization: ${cookie}`, 'x-console: 1']],
    ['the session twice', () => [`Cookie: ${cookie}; ${cookie}`, 'x-console: 1']],
    ['the session in two headers', () => [`Cookie: ${cookie}`, `Cookie: ${cookie}`, 'x-console: 1']],
    ['the session beside that of another', () => [`Cookie: ${cookie}; ${readersCookie}`, 'x-console: 1']],
    [
      'the session under another name',
      () => [`Cookie: ${cookie.replace('__Host-console', '__host-console')}`, 'x-console: 1'],
    ],
    [
      'the session as a login',
      () => [`Cookie: ${cookie.replace('__Host-console', '__Host-console-login')}`, 'x-console: 1'],
    ],
    ['a cookie of 7 kB', () => [`Cookie: __Host-console=${'A'.repeat(7_000)}`, 'x-console: 1']],
    [
      'a thousand cookies',
      () => [`Cookie: ${Array.from({ length: 1_000 }, (_, n) => `a${n}=1`).join('; ')}`, 'x-console: 1'],
    ],
    ['more headers than any server takes', () => [...own(), `x-long: ${'a'.repeat(70_000)}`]],
    ['no header of the page', () => [`Cookie: ${cookie}`]],
    ['an empty header of the page', () => [`Cookie: ${cookie}`, 'x-console:']],
    ['the header of the page twice', () => [...own(), 'x-console: 1']],
    ['a foreign origin', () => [...own(), 'Origin: https://evil.example']],
    ['a hidden origin', () => [...own(), 'Origin: null']],
    ['an allowed origin of the API', () => [...own(), 'Origin: https://shop.example.com']],
    ['two origins', () => [...own(), `Origin: ${stack.apiUrl}`, 'Origin: https://evil.example']],
    ['a request of a neighbour', () => [...own(), 'Sec-Fetch-Site: same-site']],
    ['a request of a navigation', () => [...own(), 'Sec-Fetch-Site: none']],
  ])('lets nobody in with %s', async (_, headers) => {
    const answers = await withoutApi(async () => [
      await raw('GET /console-api/admin/products?x-console=1', headers()),
      await raw(`DELETE /console-api/products/${id}`, headers()),
      await raw(
        'POST /console/sign-out',
        headers().filter((line) => !line.startsWith('Cookie')),
      ),
    ]);
    const refusals = [400, 401, 403, 431];
    expect(answers.slice(0, 2).filter(({ status }) => !refusals.includes(status))).toEqual([]);
    expect((await raw('GET /console-api/products')).status).toBe(200);
  });

  const adminsToken = () => sign(accessClaims(stack, ['admin']));

  it('gives a reader no more by headers that a request brings', async () => {
    const body = { name: 'Of a reader' };
    const brought: Record<string, string>[] = [
      { authorization: `Bearer ${adminsToken()}` },
      { 'x-forwarded-authorization': `Bearer ${adminsToken()}`, 'x-amzn-remapped-authorization': adminsToken() },
      { 'x-http-method-override': 'GET', 'x-original-url': '/products', 'x-forwarded-host': 'evil.example' },
      { 'x-amzn-request-context': '{"authorizer":{"jwt":{"claims":{"cognito:groups":"[admin]"}}}}' },
    ];
    for (const headers of brought) {
      const own = { cookie: readersCookie, 'x-console': '1', ...headers };
      const answer = await send(stack.apiUrl, 'POST', '/console-api/categories', { body, headers: own });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it('takes no session that anybody has changed, cut, or made of nothing', async () => {
    const value = cookie.slice('__Host-console='.length);
    const changed = (position: number) =>
      `${value.slice(0, position)}${value[position] === 'A' ? 'B' : 'A'}${value.slice(position + 1)}`;
    const made = [
      // Not the last one, whose lowest bits say nothing in base64url.
      ...Array.from({ length: 120 }, (_, n) => changed(Math.floor((n * (value.length - 2)) / 120))),
      ...Array.from({ length: 40 }, (_, n) => value.slice(0, Math.floor((n * value.length) / 40))),
      ...Array.from({ length: 40 }, (_, n) => randomBytes(1 + n * 60).toString('base64url')),
      ...Array.from({ length: 10 }, (_, n) => value + 'A'.repeat(4 * (n + 1))),
    ];
    const answers = await withoutApi(() =>
      inFlight(
        made,
        6,
        async (text) =>
          (await raw('GET /console-api/products', [`Cookie: __Host-console=${text}`, 'x-console: 1'])).status,
      ),
    );
    expect(new Set(answers)).toEqual(new Set([401]));
  });

  it('signs nobody in by any string in the place of a code, a state, an error or a login', async () => {
    const page = consoleBrowser(sendTo(stack.apiUrl));
    await page.visit('/console/login');
    const login = page.cookies.get('__Host-console-login') ?? '';
    const answers = await inFlight(naughtyStrings, 6, (text) => {
      const query = new URLSearchParams({ code: text, state: text, error: text }).toString();
      return sendTo(stack.apiUrl)(`/console/app?${query}`, { headers: { cookie: `__Host-console-login=${login}` } });
    });
    for (const { status, headers, cookies } of answers) {
      expect([status, headers['location']]).toEqual([
        302,
        expect.stringMatching(/\/console\/sign-in-failed\?reason=stale$/),
      ]);
      expect(cookies).toEqual([expect.stringMatching(/^__Host-console-login=; .*Max-Age=0;/)]);
    }
  });

  it('goes on with no string elsewhere than to the hosted UI', async () => {
    const answers = await inFlight(naughtyStrings, 6, (text) =>
      sendTo(stack.apiUrl)(`/console/login?${new URLSearchParams({ to: text }).toString()}`, { headers: {} }),
    );
    const places = answers.map(({ status, headers }) => `${status} ${new URL(headers['location'] ?? '').origin}`);
    expect(new Set(places)).toEqual(new Set([`302 ${stack.cognitoUrl}`]));
  });

  it('refuses a body that no gateway takes, and hands a large one on no further than the API takes it', async () => {
    const headers = { cookie, 'x-console': '1', 'content-type': 'application/json' };
    const post = (bytes: number) =>
      fetch(`${stack.apiUrl}/console-api/products`, { method: 'POST', headers, body: 'a'.repeat(bytes) });
    for (const bytes of [7_000_000, 11_000_000]) expect([413, 503]).toContain((await post(bytes)).status);
    expect((await post(1_000_000)).status).toBe(413);
  });

  it('reads no request out of another one', async () => {
    const second = 'DELETE /console-api/products HTTP/1.1\r\nhost: x\r\n\r\n';
    const doubled = [...own(), 'Content-Length: 4', 'Content-Length: 60'];
    const both = [...own(), `Content-Length: ${second.length + 5}`, 'Transfer-Encoding: chunked'];
    for (const headers of [doubled, both, [...own(), 'Transfer-Encoding: chunked, identity']]) {
      const { status } = await raw('POST /console-api/products', [...headers, '', `0\r\n\r\n${second}`]);
      expect([400, 404, 501]).toContain(status);
    }
  });
});
