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

/** Loads the code with a logger that prints, as on AWS. */
async function load() {
  jest.resetModules();
  process.env['LOG_LEVEL'] = 'INFO';
  const { endpoint } = await import('../../../src/http/endpoint');
  const { requireGroup } = await import('../../../src/access/require-group');
  const { noContent } = await import('../../../src/http/responses');
  const errors = await import('../../../src/errors');
  const handlerOf = (run: () => Promise<void>) =>
    endpoint({ access: requireGroup('admin'), body: z.strictObject({ name: z.string() }), run, respond: noContent });
  return { handlerOf, errors };
}

/** Every line that is printed for a request. */
async function linesOf(change: Partial<FakeRequest>, run = () => Promise.resolve()): Promise<unknown[]> {
  const { handlerOf } = await load();
  await call(handlerOf(run), { ...request, ...change });
  return printed.map((line): unknown => JSON.parse(line));
}

const milliseconds: unknown = expect.any(Number);
const timestamp: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const withoutSub = {
  ...{ level: 'INFO', message: 'request', timestamp, service: 'catalog' },
  ...{ route: 'POST /things/{id}', requestId: 'request-1', milliseconds },
};
/** All of the line: a member that nobody asked for could be anything. */
const oneLine = (members: object) => [{ ...withoutSub, sub: 'admin-sub', ...members }];

describe('the log of endpoint', () => {
  it('has one line for a request that went well', async () => {
    const lines = await linesOf({});
    expect(lines).toStrictEqual(oneLine({ status: 204 }));
    expect(printed.join('')).not.toContain(secret);
  });

  it.each<[string, Partial<FakeRequest>, object]>([
    ['a refused caller', { groups: ['user'] }, { status: 403, code: 'forbidden' }],
    ['malformed JSON', { body: `{"${secret}` }, { status: 400, code: 'invalid_json' }],
    ['an unknown field', { body: { [secret]: secret } }, { status: 400, code: 'invalid_request' }],
    ['an unknown query parameter', { query: { [secret]: secret } }, { status: 400, code: 'invalid_request' }],
    ['a wrong media type', { headers: { 'content-type': secret } }, { status: 415, code: 'unsupported_media_type' }],
    ['a body that is too large', { body: secret.repeat(10_000) }, { status: 413, code: 'body_too_large' }],
  ])('has one line with status and code for %s', async (_, change, outcome) => {
    expect(await linesOf(change)).toStrictEqual(oneLine(outcome));
    expect(printed.join('')).not.toContain(secret);
  });

  it('has one line without a sub for a caller that nobody vouches for', async () => {
    const { claims } = accessToken(['admin'], secret).jwt;
    const lines = await linesOf({ authorizer: { jwt: { claims: { ...claims, token_use: 'id' } } } });
    expect(lines).toStrictEqual([{ ...withoutSub, status: 403, code: 'forbidden' }]);
    expect(printed.join('')).not.toContain(secret);
  });

  it('has one line for what the caller is told, without the values', async () => {
    const { handlerOf, errors } = await load();
    await call(
      handlerOf(() => Promise.reject(errors.skuTaken(secret))),
      request,
    );
    expect(printed.map((text): unknown => JSON.parse(text))).toStrictEqual(oneLine({ status: 409, code: 'sku_taken' }));
    expect(printed.join('')).not.toContain(secret);
  });

  it.each([
    ['RangeError', new RangeError(secret)],
    ['ECONNREFUSED', Object.assign(new Error(secret), { code: 'ECONNREFUSED' })],
  ])('names the cause of a 503, %s, without its message and for the log alone', async (name, cause) => {
    const { handlerOf, errors } = await load();
    const answer = await call(
      handlerOf(() => Promise.reject(errors.busy(cause))),
      request,
    );
    expect(printed.map((text): unknown => JSON.parse(text))).toStrictEqual(
      oneLine({ status: 503, code: 'busy', cause: name }),
    );
    expect(printed.join('')).not.toContain(secret);
    expect(JSON.stringify(answer)).not.toMatch(/cause|RangeError|ECONNREFUSED/);
  });

  const stack: unknown = expect.any(String);
  const inner = { name: 'Error', message: 'inner', stack };
  it.each<[string, unknown, object]>([
    ['an error', new TypeError('the cause'), { name: 'TypeError', message: 'the cause', stack }],
    [
      'an error with a cause',
      new Error('outer', { cause: new Error('inner') }),
      { name: 'Error', message: 'outer', stack, cause: inner },
    ],
    ['a string', 'the cause', { name: 'Error', message: 'the cause', stack }],
  ])('has one line with the cause of a 500 from %s, and nothing of the request', async (_, thrown, cause) => {
    const run = jest.fn<Promise<void>, []>().mockRejectedValue(thrown);
    const outcome = { level: 'ERROR', status: 500, code: 'internal_error', error: cause };
    expect(await linesOf({}, run)).toStrictEqual(oneLine(outcome));
    expect(printed.join('')).not.toContain(secret);
  });
});
