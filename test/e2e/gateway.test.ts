/** The local gateway refuses what API Gateway refuses, and gives handlers what API Gateway gives them. */
import type { IncomingMessage } from 'node:http';
import { sendRaw } from '../support/raw-request';
import { runningStack, send } from '../support/stack';
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
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});

it.each([
  ['no header', {}],
  ['an empty header', { authorization: '' }],
  ['another scheme', { authorization: `Basic ${adminToken}` }],
  ['a lower-case scheme', { authorization: `bearer ${adminToken}` }],
])('answers 401 to a request with %s', async (_, headers) => {
  expect(await send(stack.apiUrl, 'GET', '/admin/products', { headers })).toMatchObject({ status: 401 });
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
  ['GET', '/'],
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
  ['https://shop.example.com', 'https://shop.example.com'],
  ['https://admin.example.com', 'https://admin.example.com'],
  ['https://elsewhere.example.com', undefined],
  ['null', undefined],
])('shows an answer to the web pages of the origins in CORS_ORIGINS alone: %s', async (origin, allowed) => {
  for (const token of [adminToken, undefined]) {
    const { headers } = await send(stack.apiUrl, 'GET', '/admin/products', { token, headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed);
  }
});

it('does not assume a media type that the client has not sent', async () => {
  const response = await fetch(`${stack.apiUrl}/categories`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}` },
    body: new Uint8Array(Buffer.from('{"name":"No type"}')),
  });
  expect(response.status).toBe(415);
});

describe('the context that reaches a handler', () => {
  interface Provider {
    (
      endpoint: object,
      functionKey: string,
      method: string,
      path: string,
    ): {
      getAuthenticateFunction: (server: object) => {
        authenticate: (request: object, toolkit: object) => Promise<unknown>;
      };
    };
  }

  async function headersAfterGateway(endpoint: object, rawHeaders: string[]): Promise<[string, string][]> {
    Object.assign(process.env, {
      TOKEN_ISSUER: `${stack.cognitoUrl}/${stack.userPoolId}`,
      USER_POOL_ID: stack.userPoolId,
      USER_POOL_CLIENT_ID: stack.clientId,
      FUNCTION_SOCKET: 'none',
      AUTHORIZER_CACHE_SECONDS: '0',
      COMPILED_TEMPLATE: 'none',
      SESSION_SECRET: 'none',
    });
    const provider: Provider = jest.requireActual('../../local/gateway/gateway');
    // One that has the pages of /docs already.
    const server = { match: () => ({}) };
    const request: Pick<IncomingMessage, 'method' | 'rawHeaders' | 'headers'> = {
      method: 'GET',
      rawHeaders,
      headers: {},
    };
    const { authenticate } = provider(endpoint, 'list-products', 'GET', '/products').getAuthenticateFunction(server);
    await authenticate({ raw: { req: request } }, { authenticated: () => undefined });
    return request.rawHeaders.flatMap((name, position) =>
      position % 2 === 0 ? [[name, request.rawHeaders[position + 1] ?? ''] satisfies [string, string]] : [],
    );
  }

  it('has the claims as AWS has them: strings all, the groups in brackets and separated by spaces', async () => {
    const claims = { ...accessClaims(stack, ['admin', 'user']), verified: true, nothing: null };
    const headers = await headersAfterGateway({ authorizer: { name: 'cognito' } }, [
      'Authorization',
      `Bearer ${sign(claims)}`,
    ]);
    const context = JSON.parse(Object.fromEntries(headers)[overrideHeader] ?? '');
    const { nothing, ...present } = claims;
    expect(nothing).toBeNull();
    expect(context).toEqual({
      jwt: {
        claims: {
          ...present,
          iat: String(claims.iat),
          exp: String(claims.exp),
          auth_time: String(claims.auth_time),
          verified: 'true',
          'cognito:groups': '[admin user]',
        },
        scopes: null,
      },
    });
  });

  it('is refused for a kind of authorizer that the local stack does not know', async () => {
    await expect(headersAfterGateway({ authorizer: { name: 'another' } }, [])).rejects.toThrow(
      'does not know the authorizer "another"',
    );
  });

  it('is empty on a route without an authorizer, whatever the client sent', async () => {
    const headers = await headersAfterGateway({}, [
      overrideHeader,
      fakeContext,
      'SLS-Offline-Authorizer-Override',
      fakeContext,
    ]);
    expect(headers.filter(([name]) => name.toLowerCase() === overrideHeader)).toEqual([[overrideHeader, '{}']]);
  });
});
