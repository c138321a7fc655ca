import { readCookie, setCookie } from '../../../src/console/cookies';

it('sets a session for this host alone, over https, out of reach of scripts and other sites', () => {
  expect(setCookie('session', 'sealed', 60)).toBe(
    '__Host-console=sealed; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict',
  );
});

it('sets a login that comes back with a redirect from the hosted UI', () => {
  expect(setCookie('login', 'sealed', 60)).toBe(
    '__Host-console-login=sealed; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax',
  );
});

it.each([
  ['alone', ['__Host-console=a=b'], 'a=b'],
  ['among others', ['other=1', '__Host-console-login=no', '__Host-console=a'], 'a'],
  ['nowhere', ['__Host-console-login=no', 'x__Host-console=a', '__host-console=a'], undefined],
  ['twice', ['__Host-console=a', '__Host-console=b'], undefined],
  ['twice, alike', ['__Host-console=a', '__Host-console=a'], undefined],
])('reads a session that is there %s', (_, cookies, expected) => {
  expect(readCookie({ cookies, headers: {} }, 'session')).toBe(expected);
  expect(readCookie({ headers: { cookie: cookies.join('; ') } }, 'session')).toBe(expected);
});

it('reads none where there is no cookie at all', () => {
  expect(readCookie({ headers: {} }, 'session')).toBeUndefined();
});
