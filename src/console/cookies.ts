/** The console's two cookies: who is signed in, and a sign-in that has begun. */
import type { HttpEvent } from '../http/event';

/** `__Host-`: set by this very host alone, over https, and sent to no other (RFC 6265bis, 4.1.3.2). */
const names = { session: '__Host-console', login: '__Host-console-login' };

/** The login cookie comes back with the redirect from the hosted UI, which is another site; the session is for the page alone. */
const sites = { session: 'Strict', login: 'Lax' };

export type Cookie = keyof typeof names;

/** For `maxAge` seconds; 0 takes the cookie away. */
export const setCookie = (cookie: Cookie, value: string, maxAge: number): string =>
  `${names[cookie]}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=${sites[cookie]}`;

/** Undefined where it is missing, and where it comes twice: then one of the two is somebody else's. */
export function readCookie({ cookies, headers }: Pick<HttpEvent, 'cookies' | 'headers'>, cookie: Cookie) {
  // API Gateway has cookies apart; the emulator of the rehearsed deploy leaves them in their header.
  const sent = cookies ?? headers['cookie']?.split(/; */) ?? [];
  const [value, ...others] = sent
    .filter((pair) => pair.startsWith(`${names[cookie]}=`))
    .map((pair) => pair.slice(names[cookie].length + 1));
  return others.length === 0 ? value : undefined;
}
