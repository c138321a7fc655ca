/** Who is signed in at the console: sealed into a cookie, kept nowhere else, and quietly renewed while it lasts. */
import * as z from 'zod/mini';
import { setCookie } from './cookies';
import { sealFor } from './seal';
import type { SignedIn, UserPool } from './user-pool';

const session = z.object({
  email: z.string(),
  sub: z.string(),
  refreshToken: z.string(),
  /** Left out where it would make the cookie too long; each request then gets a new token. */
  token: z.optional(z.string()),
  /** In seconds since 1970. */
  endsAt: z.number(),
});

export type Session = z.infer<typeof session>;

/** A session with a token that is good for now, and the cookie that keeps it where it has changed. */
export interface Current {
  session: Session & { token: string };
  cookie?: string;
}

/** Twelve hours, as long as a refresh token of this client lives. */
const lifetime = 12 * 3600;

/** A cookie has 4,096 bytes, with its name. */
const longestCookie = 4_000;

/** A token is renewed when it has fewer seconds left, so that it does not end on its way. */
const margin = 60;

export function sessionsOf(userPool: UserPool, clientSecret: string, now = () => Date.now() / 1000) {
  const seal = sealFor(clientSecret, 'session');

  function cookieOf(kept: Session): string {
    const text = seal.close(kept);
    const value = text.length <= longestCookie ? text : seal.close({ ...kept, token: undefined });
    return setCookie('session', value, Math.max(0, Math.floor(kept.endsAt - now())));
  }

  return {
    /** The cookie of somebody who has just signed in. */
    begin: (signedIn: SignedIn): string => cookieOf({ ...signedIn, endsAt: now() + lifetime }),

    /** The session in a cookie; undefined where it is none of ours, or has ended. */
    read(cookie: string | undefined): Session | undefined {
      const { data } = session.safeParse(cookie === undefined ? undefined : seal.open(cookie));
      return data && data.endsAt > now() ? data : undefined;
    },

    /** With a new token where the old one is about to end; undefined where the user pool renews it no more. Throws `busy`. */
    async renew(kept: Session): Promise<Current | undefined> {
      const { token } = kept;
      if (token !== undefined && claimsOf(token).exp > now() + margin) return { session: { ...kept, token } };
      const renewed = await userPool.refresh(kept.refreshToken);
      if (renewed === undefined) return undefined;
      const next = { ...kept, token: renewed };
      return { session: next, cookie: cookieOf(next) };
    },
  };
}

const claims = z.object({ exp: z.number(), 'cognito:groups': z._default(z.array(z.string()), []) });

/**
 * What a token of the user pool says. It is not verified: the pool itself has given it, and nobody has changed it in its seal. The API
 * believes none without a look of its own.
 */
export function claimsOf(token: string): z.infer<typeof claims> {
  const [, payload = ''] = token.split('.');
  return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
}
