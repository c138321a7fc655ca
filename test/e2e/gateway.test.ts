/** The local gateway refuses what API Gateway refuses, and gives handlers what API Gateway gives them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { sendRaw } from '../support/raw-request';
import { folderOf, runningStack, send } from '../support/stack';
import { accessClaims, refusedTokens, sign } from '../support/tokens';

const stack = runningStack();
const adminToken = sign(accessClaims(stack, ['admin']));
const overrideHeader = 'sls-offline-authorizer-override';
const fakeContext = JSON.stringify({
  jwt: { claims: { sub: 'x', token_use: 'access', 'cognito:groups': '[admin]' }, scopes: null },
});

it('lets the token in that the refused ones are made from', async () => {
  expect(await send(stack.apiUrl, 'GET', '/admin/products', { token: adminToken })).toMatchObject({ status: 200 });
});

describe('answers 401 in its own shape to a token with', () => {
  it.each(Object.entries(refusedTokens(stack)))('%s', async (_, token) => {
    const answer = await send(stack.apiUrl, 'GET', '/admin/products', { token });
    expect(answer).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'content-type': 'application/json' });
  });
});

it.each([
  ['no header', {}],
  ['an empty header', { authorization: '' }],
  ['another scheme', { authorization: `Basic ${adminToken}` }],
])('answers 401 to a request with %s', async (_, headers) => {
  expect(await send(stack.apiUrl, 'GET', '/admin/products', { headers })).toMatchObject({ status: 401 });
});

it.each(['bearer', 'BEARER', 'bEARER'])('answers 200 to a token with the scheme %s', async (scheme) => {
  const headers = { authorization: `${scheme} ${adminToken}` };
  expect(await send(stack.apiUrl, 'GET', '/admin/products', { headers })).toMatchObject({ status: 200 });
});

it('gives nothing to a request that brings an authorizer context of its own', async () => {
  const headers = { [overrideHeader]: fakeContext };
  expect(await send(stack.apiUrl, 'GET', '/admin/products', { headers })).toMatchObject({ status: 401 });

  const userToken = sign(accessClaims(stack, ['user']));
  for (const name of [overrideHeader, overrideHeader.toUpperCase()]) {
    const answer = await send(stack.apiUrl, 'GET', '/admin/products', {
      token: userToken,
      headers: { [name]: fakeContext },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
});

it.each(['/admin/products/', '/admin/products/?limit=1'])('answers 404 in its own shape to %s', async (path) => {
  const answer = await send(stack.apiUrl, 'GET', path, { token: adminToken });
  expect(answer).toMatchObject({ status: 404, body: { message: 'Not Found' } });
});

it.each([
  ['GET', '/nothing'],
  ['POST', '/'],
  ['PUT', '/products'],
  ['TRACE', '/docs'],
])('answers 404 in its own shape to %s %s, which is no route', async (method, path) => {
  const answer = await sendRaw(stack.apiUrl, `${method} ${path}`, []);
  expect(answer).toEqual({ status: 404, body: '{"message":"Not Found"}' });
});

it('answers 404 to HEAD, for which there is no route', async () => {
  const headers = { authorization: `Bearer ${adminToken}` };
  const { status } = await fetch(`${stack.apiUrl}/admin/products`, { method: 'HEAD', headers });
  expect(status).toBe(404);
});

it.each([
  ['https://shop.example.com', true],
  ['https://admin.example.com', true],
  ['https://elsewhere.example.com', false],
  ['null', false],
])('shows an answer to the web pages of the origins in CORS_ORIGINS alone: %s', async (origin, allowed) => {
  for (const token of [adminToken, undefined]) {
    const { headers } = await send(stack.apiUrl, 'GET', '/admin/products', { token, headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed ? origin : undefined);
    expect(headers['access-control-expose-headers']).toBe(
      allowed ? 'etag,location,retry-after,idempotency-replayed' : undefined,
    );
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  }
});

it('passes on what a function has answered, whatever the web server would make of the request', async () => {
  const { body: category } = await send(stack.apiUrl, 'POST', '/categories', {
    token: adminToken,
    body: { name: 'Whole' },
  });
  const headers = { 'if-none-match': '"1"', range: 'bytes=0-3', cookie: 'odd; {"a":1}' };
  const answer = await send(stack.apiUrl, 'GET', `/categories/${category.id}`, { token: adminToken, headers });
  expect(answer).toMatchObject({ status: 200, body: category, headers: { etag: '"1"' } });
});

it('gives each request an id of its own, the same in the answer and in the log', async () => {
  const ids: string[] = [];
  for (let times = 0; times < 2; times++) {
    const { body } = await send(stack.apiUrl, 'GET', '/products/no-such-product', { token: adminToken });
    ids.push(body.requestId);
  }
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) {
    const line = await eventually(`line of request ${id}`, () =>
      readFileSync(path.join(folderOf('jwt'), 'start.log'), 'utf8')
        .split('\n')
        .find((text) => text.includes(`"requestId":"${id}"`)),
    );
    expect(JSON.parse(line)).toMatchObject({ message: 'request', route: 'GET /products/{productId}' });
  }
  // Nothing of serverless-offline's own about each request.
  expect(readFileSync(path.join(folderOf('jwt'), 'logs', 'api.log'), 'utf8')).not.toMatch(/^GET \/products/m);
});

it('does not assume a media type that the client has not sent', async () => {
  const response = await fetch(`${stack.apiUrl}/categories`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}` },
    body: new Uint8Array(Buffer.from('{"name":"No type"}')),
  });
  expect(response.status).toBe(415);
});
