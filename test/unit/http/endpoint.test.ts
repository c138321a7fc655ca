import * as z from 'zod/mini';
import { requireGroup } from '../../../src/access/require-group';
import { notFound } from '../../../src/errors';
import { endpoint } from '../../../src/http/endpoint';
import { ok } from '../../../src/http/responses';
import { call, type FakeRequest } from '../../support/events';

const run = jest.fn((request: object) => Promise.resolve({ version: 1, request }));
beforeEach(() => run.mockClear());

const update = endpoint({
  access: requireGroup('admin'),
  path: z.strictObject({ id: z.string().check(z.regex(/^\d+$/)) }),
  body: z.strictObject({ name: z.string() }),
  conditional: true,
  run,
  respond: ok,
});
const list = endpoint({
  access: requireGroup('admin'),
  query: z.strictObject({ limit: z._default(z.string(), '25') }),
  run,
  respond: ok,
});
const bare = endpoint({ access: requireGroup('admin'), run, respond: ok });

const good: FakeRequest = {
  routeKey: 'PUT /things/{id}',
  path: { id: '1' },
  headers: { 'if-match': '"3"' },
  body: { name: 'x' },
};

describe('endpoint', () => {
  it('hands run the caller and what it parsed, and answers what respond makes of the result', async () => {
    const answer = await call(update, good);
    expect(run.mock.calls).toEqual([
      [
        {
          caller: { sub: 'admin-sub', groups: ['admin'] },
          path: { id: '1' },
          query: {},
          body: { name: 'x' },
          expected: 3,
        },
      ],
    ]);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { version: 1 } });
  });

  it.each<[string, Partial<FakeRequest>]>([
    ['a good request', {}],
    ['a path that is wrong', { path: { id: 'x' } }],
    ['an unknown query parameter', { query: { x: '1' } }],
    ['no If-Match', { headers: {} }],
    ['a broken If-Match', { headers: { 'if-match': 'x' } }],
    ['a wrong media type', { headers: { 'content-type': 'text/plain' } }],
    ['malformed JSON', { body: '{' }],
    ['a body over the limit', { body: 'x'.repeat(70_000) }],
    ['an unknown field', { body: { x: 1 } }],
    ['no authorizer', { authorizer: undefined }],
  ])('answers 403 to a caller without the group, before it looks at %s', async (_, change) => {
    const answer = await call(update, { ...good, groups: ['user'], ...change });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', detail: 'You do not have permission' } });
    expect(run).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<FakeRequest>, number, string]>([
    ['a wrong path', { path: { id: 'x' } }, 400, 'invalid_request'],
    ['a PUT without If-Match', { headers: {} }, 428, 'precondition_required'],
    ['a broken If-Match', { headers: { 'if-match': '3' } }, 400, 'invalid_request'],
    [
      'a wrong media type',
      { headers: { ...good.headers, 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    ['malformed JSON', { body: '{' }, 400, 'invalid_json'],
    ['an array', { body: [] }, 400, 'invalid_request'],
    ['a body that is too large', { body: 'x'.repeat(70_000) }, 413, 'body_too_large'],
    [
      'a value 10,000 levels deep',
      { body: `{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
      400,
      'invalid_request',
    ],
  ])('refuses %s without running', async (_, change, status, code) => {
    await expect(call(update, { ...good, ...change })).resolves.toMatchObject({ status, body: { code } });
    expect(run).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<FakeRequest>, number, string]>([
    ['a wrong path before the rest', { path: { id: 'x' }, query: { x: '1' }, headers: {}, body: '{' }, 400, 'path'],
    ['a wrong query before If-Match and body', { query: { x: '1' }, headers: {}, body: '{' }, 400, 'query'],
    ['a broken If-Match before the body', { headers: { 'if-match': '3' }, body: '{' }, 400, 'header'],
  ])('refuses %s', async (_, change, status, where) => {
    const answer = await call(update, { ...good, ...change });
    expect(answer).toMatchObject({ status, body: { code: 'invalid_request', errors: [{ in: where }] } });
  });

  it.each<[string, Partial<FakeRequest>]>([
    ['malformed', { body: '{' }],
    ['too large', { body: 'x'.repeat(70_000) }],
    ['wrong', { body: { x: 1 } }],
  ])('asks for If-Match with 428 before it looks at a body that is %s', async (_, change) => {
    const answer = await call(update, { ...good, headers: {}, ...change });
    expect(answer).toMatchObject({ status: 428, body: { code: 'precondition_required' } });
  });

  it.each<[string, Partial<FakeRequest>]>([
    ['If-Match with a good ETag', { headers: { 'if-match': '"1"' } }],
    ['If-Match: *', { headers: { 'if-match': '*' } }],
  ])('refuses %s where it has no use for it', async (_, change) => {
    const answer = await call(bare, { routeKey: 'POST /things', ...change });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'header', pointer: '/if-match' }] } });
    expect(run).not.toHaveBeenCalled();
  });

  it.each<[string, object, string]>([
    [
      'an ID token',
      { token_use: 'id' },
      'Send the access token: an ID token is for the application that signed the user in',
    ],
    ['an access token without the group', { token_use: 'access' }, 'You do not have permission'],
    ['a token of no known use', {}, 'You do not have permission'],
  ])('answers 403 to %s, and says of an ID token alone what would do', async (_, claims, detail) => {
    const authorizer = { jwt: { claims: { sub: 'a', 'cognito:groups': '[user]', ...claims } } };
    const answer = await call(bare, { routeKey: 'POST /things', authorizer });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail,
      code: 'forbidden',
      requestId: 'request-1',
    });
  });

  it.each([
    ['with a query schema', list, 'there are limit'],
    ['without a query schema', bare, 'there are none here'],
  ])('refuses an unknown query parameter %s, and names those that there are', async (_, handler, known) => {
    const answer = await call(handler, { routeKey: 'GET /things', query: { 'a/b': '1' } });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_request',
        errors: [{ in: 'query', pointer: '/a~1b', detail: `is not a known parameter: ${known}` }],
      },
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    [undefined, '25'],
    [{ limit: '7' }, '7'],
  ])('parses the query %j', async (query, limit) => {
    await call(list, { routeKey: 'GET /things', ...(query ? { query } : {}) });
    expect(run).toHaveBeenCalledWith(expect.objectContaining({ query: { limit } }));
  });

  it('reads no body where the route has none', async () => {
    const answer = await call(bare, {
      routeKey: 'DELETE /things',
      body: '{',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(200);
  });

  it('answers the problem that run throws', async () => {
    run.mockRejectedValueOnce(notFound('product'));
    await expect(call(update, good)).resolves.toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'not_found', requestId: 'request-1' },
    });
  });

  it.each<[string, unknown]>([
    ['an error', Object.assign(new Error('secret'), { code: 'forbidden', facts: { secret: 'secret' } })],
    ['a string', 'secret'],
    ['undefined', undefined],
  ])('answers 500 and nothing of the cause when run throws %s', async (_, thrown) => {
    run.mockRejectedValueOnce(thrown);
    const answer = await call(update, good);
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error', requestId: 'request-1' } });
    expect(answer.headers).toEqual({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('answers 500 when respond fails', async () => {
    const respond = () => {
      throw new Error('secret');
    };
    const handler = endpoint({ access: requireGroup('admin'), run, respond });
    const answer = await call(handler, { routeKey: 'GET /things' });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
