/** Which routes heed `Idempotency-Key`, and what their handlers get of it. */
import * as z from 'zod/mini';
import type { Caller } from '../../../src/access/caller';
import { requireGroup, type AccessRule } from '../../../src/access/require-group';
import { endpoint } from '../../../src/http/endpoint';
import { ok } from '../../../src/http/responses';
import { call, type FakeRequest } from '../../support/events';
import { expectInvalid } from '../../support/problems';

const run = jest.fn((sent: object) => Promise.resolve({ version: 1, sent }));
beforeEach(() => run.mockClear());

const access = requireGroup('admin');
const body = z.strictObject({ name: z.string(), size: z._default(z.string(), 'M') });
const repeatable = endpoint({ access, body, repeatable: true, run, respond: ok });
const once = endpoint({ access, body, run, respond: ok });

const post: FakeRequest = { routeKey: 'POST /things', body: { name: 'x' }, sub: 'sub-7' };
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

const heeded = z.object({
  request: z.optional(z.object({ caller: z.string(), key: z.string(), fingerprint: z.string() })),
});
const requests = () => run.mock.calls.map(([sent]) => heeded.parse(sent).request);

describe('endpoint, repeatable', () => {
  it('hands run the caller, the key, and a fingerprint of the validated body', async () => {
    await call(repeatable, { ...post, ...withKey('key-1') });
    await call(repeatable, { ...post, ...withKey('key-2'), body: { size: 'M', name: 'x' } });
    const fingerprint: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(requests()).toEqual([
      { caller: 'sub-7', key: 'key-1', fingerprint },
      { caller: 'sub-7', key: 'key-2', fingerprint },
    ]);
    const [first, second] = requests();
    expect(second?.fingerprint).toBe(first?.fingerprint);
  });

  it('hands run nothing for a request without a key', async () => {
    expect((await call(repeatable, post)).status).toBe(200);
    expect(requests()).toEqual([undefined]);
  });

  it('refuses a malformed key without running', async () => {
    expectInvalid(await call(repeatable, { ...post, ...withKey('two words') }), 'header', '/idempotency-key');
    expect(run).not.toHaveBeenCalled();
  });

  it('answers 403 to a caller without the group, before it looks at the key', async () => {
    const answer = await call(repeatable, { ...post, ...withKey('two words'), groups: ['user'] });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('does nothing with the key of a caller who is nobody', async () => {
    const everybody: AccessRule<Caller | undefined> = (caller) => caller;
    const open = endpoint({ access: everybody, repeatable: true, run, respond: ok });
    const answer = await call(open, { routeKey: 'POST /things', authorizer: undefined, ...withKey('key-1') });
    expect(answer.status).toBe(200);
    expect(requests()).toEqual([undefined]);
  });
});

describe('endpoint, not repeatable', () => {
  it.each(['key-1', '', 'two words', 'schlüssel', 'k'.repeat(256)])('ignores the key "%s"', async (key) => {
    expect((await call(once, { ...post, ...withKey(key) })).status).toBe(200);
    expect(requests()).toEqual([undefined]);
  });
});
