import { sealFor } from '../../../src/console/seal';
import { sessionsOf } from '../../../src/console/session';

const now = 1_800_000_000;
const tokenUntil = (exp: number, more = {}) =>
  `head.${Buffer.from(JSON.stringify({ exp, ...more })).toString('base64url')}.signature`;
const signedIn = { email: 'ada@example.com', sub: 'sub', refreshToken: 'refresh', token: tokenUntil(now + 900) };

function sessions(at = now, renewed?: string) {
  const refresh = jest.fn(() => Promise.resolve(renewed));
  const pool = { refresh } as unknown as Parameters<typeof sessionsOf>[0];
  return { refresh, ...sessionsOf(pool, 'secret', () => at) };
}
const valueOf = (cookie = '') => /^__Host-console=([^;]*)/.exec(cookie)?.[1];

it('is kept for twelve hours, and not a second longer by whoever has the cookie', () => {
  const cookie = sessions().begin(signedIn);
  expect(cookie).toContain('Max-Age=43200');
  expect(sessions(now + 43_199).read(valueOf(cookie))).toMatchObject(signedIn);
  expect(sessions(now + 43_200).read(valueOf(cookie))).toBeUndefined();
});

it('is read from no other content, even under its seal', () => {
  expect(sessions().read(sealFor('secret', 'session').close({ state: 's', verifier: 'v' }))).toBeUndefined();
  expect(sessions().read(undefined)).toBeUndefined();
});

it('goes on with a token that lasts', async () => {
  const own = sessions();
  const session = { ...signedIn, endsAt: now + 1000 };
  expect(await own.renew(session)).toEqual({ session });
  expect(own.refresh).not.toHaveBeenCalled();
});

it('renews a token that is about to end, and keeps the end of the session', async () => {
  const token = tokenUntil(now + 900, { jti: 'new' });
  const session = { ...signedIn, token: tokenUntil(now + 60), endsAt: now + 1000 };
  const current = await sessions(now, token).renew(session);
  expect(current?.session).toEqual({ ...session, token });
  expect(current?.cookie).toContain('Max-Age=1000');
  expect(sessions().read(valueOf(current?.cookie))).toEqual({ ...session, token });
});

it('is over when the pool renews it no more', async () => {
  expect(await sessions().renew({ ...signedIn, token: undefined, endsAt: now + 1000 })).toBeUndefined();
});

it('leaves a token out that no cookie has room for, and renews it each time', async () => {
  const groups = Array.from({ length: 400 }, () => Math.random().toString(36));
  const large = { ...signedIn, token: tokenUntil(now + 900, { 'cognito:groups': groups }) };
  const cookie = sessions().begin(large);
  expect(cookie.length).toBeLessThan(4_096);
  const session = sessions().read(valueOf(cookie));
  expect(session).toEqual({ ...signedIn, token: undefined, endsAt: now + 43_200 });
  const own = sessions(now, large.token);
  expect(session && (await own.renew(session))?.session.token).toBe(large.token);
  expect(own.refresh).toHaveBeenCalledWith('refresh');
});
