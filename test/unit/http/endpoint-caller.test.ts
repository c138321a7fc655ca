/** A handler may count on a caller exactly as far as its access rule promises one. */
import type { Caller } from '../../../src/access/caller';
import { requireGroup, type AccessRule } from '../../../src/access/require-group';
import { endpoint } from '../../../src/http/endpoint';
import { ok } from '../../../src/http/responses';
import { call } from '../../support/events';

const everybody: AccessRule<Caller | undefined> = (caller) => caller;

const routeKey = 'GET /me';

describe('endpoint', () => {
  const open = endpoint({
    access: everybody,
    run: ({ caller }) => Promise.resolve({ version: 1, sub: caller?.sub ?? 'nobody' }),
    respond: ok,
  });

  it('hands run nobody for a request without a caller, where the rule lets everybody in', async () => {
    const answer = await call(open, { routeKey, authorizer: undefined });
    expect(answer).toMatchObject({ status: 200, body: { sub: 'nobody' } });
  });

  it('hands run the caller where there is one', async () => {
    expect(await call(open, { routeKey, sub: 'user-1' })).toMatchObject({ status: 200, body: { sub: 'user-1' } });
  });

  it('does not compile where run counts on a caller whom the rule does not promise', () => {
    const respond = ok;
    endpoint({
      access: requireGroup('user'),
      run: ({ caller: { sub } }) => Promise.resolve({ version: 1, sub }),
      respond,
    });
    // @ts-expect-error The compiler is the one to check this: the caller may be undefined.
    endpoint({ access: everybody, run: ({ caller: { sub } }) => Promise.resolve({ version: 1, sub }), respond });
  });
});
