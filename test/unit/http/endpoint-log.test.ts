import * as z from 'zod/mini';
import { accessToken, call, type FakeRequest } from '../../support/events';

const secret = 'SECRET-7d1f';
const request: FakeRequest = {
  routeKey: 'POST /things/{id}',
  path: { id: '1' },
  headers: { authorization: `Bearer ${secret}`, cookie: secret, 'x-api-key': secret, 'user-agent': secret },
  body: { name: secret },
};
const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  const capture = (text: unknown) => printed.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(capture);
  jest.spyOn(process.stderr, 'write').mockImplementation(capture);
});
afterEach(() => jest.restoreAllMocks());

/** Sends the request to a handler whose logger prints, as it does on AWS, and answers what was printed meanwhile. */
async function linesFor(
  change: Partial<FakeRequest> = {},
  fail?: (errors: typeof import('../../../src/errors')) => unknown,
) {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'INFO';
  await jest.isolateModulesAsync(async () => {
    const { endpoint } = await import('../../../src/http/endpoint');
    const { requireGroup } = await import('../../../src/access/require-group');
    const { noContent } = await import('../../../src/http/responses');
    const errors = await import('../../../src/errors');
    const handler = endpoint({
      access: requireGroup('admin'),
      body: z.strictObject({ name: z.string() }),
      run: () => (fail ? Promise.reject(fail(errors)) : Promise.resolve()),
      respond: noContent,
    });
    await call(handler, { ...request, ...change });
  });
  return printed.map((line): unknown => JSON.parse(line));
}

const line = { route: 'POST /things/{id}', requestId: 'request-1', sub: 'admin-sub', milliseconds: expect.any(Number) };

describe('the log of endpoint', () => {
  it('has one line for a request that went well', async () => {
    const lines = await linesFor();
    expect(lines).toEqual([expect.objectContaining({ ...line, level: 'INFO', status: 204 })]);
    expect(lines).not.toEqual([expect.objectContaining({ code: expect.anything() })]);
  });

  it.each<[string, Partial<FakeRequest>, object]>([
    ['a refused caller', { groups: ['user'] }, { status: 403, code: 'forbidden' }],
    ['malformed JSON', { body: `{"${secret}` }, { status: 400, code: 'invalid_json' }],
    ['an unknown field', { body: { [secret]: secret } }, { status: 400, code: 'invalid_request' }],
    ['an unknown query parameter', { query: { [secret]: secret } }, { status: 400, code: 'invalid_request' }],
    ['a wrong media type', { headers: { 'content-type': secret } }, { status: 415, code: 'unsupported_media_type' }],
    ['a body that is too large', { body: secret.repeat(10_000) }, { status: 413, code: 'body_too_large' }],
  ])('has one line with status and code for %s', async (_, change, outcome) => {
    const lines = await linesFor(change);
    expect(lines).toEqual([expect.objectContaining({ ...line, ...outcome, level: 'INFO' })]);
    expect(printed.join('')).not.toContain(secret);
  });

  it('has one line without a sub for a caller that nobody vouches for', async () => {
    const { jwt } = accessToken(['admin'], secret);
    const lines = await linesFor({ authorizer: { jwt: { claims: { ...jwt.claims, token_use: 'id' } } } });
    expect(lines).toEqual([expect.objectContaining({ status: 403, code: 'forbidden' })]);
    expect(lines).not.toEqual([expect.objectContaining({ sub: expect.anything() })]);
    expect(printed.join('')).not.toContain(secret);
  });

  it('has one line for a busy service', async () => {
    const lines = await linesFor({}, ({ busy }) => busy());
    expect(lines).toEqual([expect.objectContaining({ ...line, status: 503, code: 'busy' })]);
  });

  it('names no value that a problem document tells the caller', async () => {
    await linesFor({}, ({ skuTaken }) => skuTaken(secret));
    expect(printed.join('')).not.toContain(secret);
  });

  it.each<[string, unknown, object]>([
    ['an error', new TypeError('the cause'), { name: 'TypeError', message: 'the cause', stack: expect.any(String) }],
    ['a string', 'the cause', { message: 'the cause' }],
    [
      'an error with a cause',
      new Error('outer', { cause: new Error('inner') }),
      { cause: expect.objectContaining({ message: 'inner' }) },
    ],
  ])('has one line with the cause of a 500 from %s, and nothing of the request', async (_, thrown, error) => {
    const lines = await linesFor({}, () => thrown);
    expect(lines).toEqual([
      expect.objectContaining({
        ...line,
        level: 'ERROR',
        status: 500,
        code: 'internal_error',
        error: expect.objectContaining(error),
      }),
    ]);
    expect(printed.join('')).not.toContain(secret);
  });
});
