/** The stack with the Lambda authorizer and a cache for its answers: what is asked, what is kept, what is refused. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { newMember } from '../support/members';
import { folderOf, runningStack, send } from '../support/stack';
import { accessClaims, idClaims, refusedTokens, sign } from '../support/tokens';

const stack = runningStack('lambda');

interface LogLine {
  message: string;
  route: string;
  requestId: string;
  sub?: string;
  allowed?: boolean;
  reason?: string;
}

const log = (): LogLine[] =>
  readFileSync(path.join(folderOf('lambda'), 'start.log'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);

/** What was asked about the user, once there are as many lines of it: an answer may be here before its line is. */
const asked = (sub: string, times: number) =>
  eventually(`line ${times} about ${sub}`, () => {
    const lines = log().filter((line) => line.message === 'authorize' && line.sub === sub);
    return lines.length >= times ? lines : undefined;
  });

/** All that the authorizer's line of an allow has. */
const allowed = (sub: string, route: string) => ({
  level: 'INFO',
  message: 'authorize',
  timestamp: expect.any(String),
  service: 'catalog',
  route,
  requestId: expect.any(String),
  allowed: true,
  sub,
});

/** A token that no other test has. */
const tokenOf = (sub: string, groups: string[]) => sign({ ...accessClaims(stack, groups), sub });

const get = (route: string, token?: string) => send(stack.apiUrl, 'GET', route, { token });

it('asks once for a token and a route, and again for another route: an allow for one is no allow for another', async () => {
  const sub = 'cached-user';
  const token = tokenOf(sub, ['user']);
  for (let times = 0; times < 3; times++) expect((await get('/products?limit=1', token)).status).toBe(200);
  expect(await asked(sub, 1)).toEqual([allowed(sub, 'GET /products')]);

  for (let times = 0; times < 3; times++) {
    expect(await get('/admin/products', token)).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
  }
  await eventually('refusal in the log', () =>
    log().find(({ route, reason }) => route === 'GET /admin/products' && reason === 'not_in_group'),
  );
  expect((await get('/categories', token)).status).toBe(200);
  expect((await asked(sub, 2)).map(({ route }) => route)).toEqual(['GET /products', 'GET /categories']);
});

it('logs what it has decided under the id of the request that it was asked about', async () => {
  const sub = 'traced-user';
  expect((await get('/products?limit=1', tokenOf(sub, ['user']))).status).toBe(200);
  const request = await eventually('line of the request', () =>
    log().find((line) => line.message === 'request' && line.sub === sub),
  );
  expect(await asked(sub, 1)).toEqual([{ ...allowed(sub, 'GET /products'), requestId: request.requestId }]);
});

it('keeps nothing for another token of the same user', async () => {
  const sub = 'promoted-user';
  expect((await get('/admin/products', tokenOf(sub, ['user']))).status).toBe(403);
  expect((await get('/admin/products', tokenOf(sub, ['user', 'admin']))).status).toBe(200);
});

it('answers 401 without a token, and does not ask', async () => {
  for (const headers of [undefined, { authorization: '' }]) {
    const answer = await send(stack.apiUrl, 'GET', '/products', headers ? { headers } : {});
    expect(answer).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
  }
  // The function would have logged why it denies, before it logs what comes after.
  const sub = 'later-user';
  expect((await get('/products?limit=1', tokenOf(sub, ['user']))).status).toBe(200);
  await asked(sub, 1);
  expect(log().filter(({ reason }) => reason === 'no_token')).toEqual([]);
});

describe('answers 403 to a token with', () => {
  it.each([...Object.entries(refusedTokens(stack)), ['the use of an ID token', sign(idClaims(stack, ['admin']))]])(
    '%s',
    async (_, token) => {
      const answer = await get('/admin/products', token);
      expect(answer).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
    },
  );
});

it('gives nothing to a request that brings an authorizer context of its own', async () => {
  const context = JSON.stringify({ lambda: { sub: 'x', groups: '["admin"]' } });
  const headers = { 'sls-offline-authorizer-override': context };
  const answer = await send(stack.apiUrl, 'GET', '/admin/products', { token: tokenOf('y', ['user']), headers });
  expect(answer.status).toBe(403);
  expect((await send(stack.apiUrl, 'GET', '/admin/products', { headers })).status).toBe(401);
});

it('writes who called into the record that it creates', async () => {
  const { accessToken: token } = await newMember(stack, 'lambda-admin@example.com', ['admin']);
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const created = await send(stack.apiUrl, 'POST', '/categories', { token, body: { name: 'By Lambda' } });
  expect(created).toMatchObject({ status: 201, body: { createdBy: sub } });
});
