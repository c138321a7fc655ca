/** Who has signed in at the user pool, as an identity pool finds out: from an ID token, and from the user pool. */
import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import * as z from 'zod/mini';
import { keySetCache } from '../../src/access/key-set';
import type { LocalUserPool } from './settings';

export interface Login {
  /** The user's id in the user pool. */
  sub: string;
  groups: string[];
}

const rs256Header = z.object({ alg: z.literal('RS256'), crit: z.optional(z.never()), b64: z.optional(z.never()) });

/** What an ID token of one of these clients says. Its signature, issuer, expiry and `nbf` are the library's to check. */
const idTokenClaims = (clientIds: readonly string[]) =>
  z.object({
    sub: z.string(),
    origin_jti: z.string(),
    token_use: z.literal('id'),
    aud: z.literal(clientIds),
    exp: z.number(),
    iat: z.number().check(z.refine((issuedAt) => issuedAt <= Date.now() / 1000)),
    'cognito:groups': z._default(z.array(z.string()), []),
  });

export interface LoginReaderOptions extends LocalUserPool {
  cognitoUrl: string;
  /** `ServerSideTokenCheck`: whether the sign-in of this user (`origin_jti`) still counts with the user pool. */
  isCurrent: (sub: string, sessionId: string) => boolean;
}

/**
 * Answers who an ID token is for, or undefined where it is not a good one of this pool and its clients, or its user has been signed
 * out, disabled or deleted. Rejects where the user pool does not answer.
 */
export function loginReader({ cognitoUrl, userPoolId, clientId, consoleClientId, isCurrent }: LoginReaderOptions) {
  const clientIds = [clientId, consoleClientId];
  const issuer = `${cognitoUrl}/${userPoolId}`;
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      audience: clientIds,
      customJwtCheck: ({ header }) => void rs256Header.parse(header),
    },
    { jwksCache: keySetCache(issuer) },
  );
  const claims = idTokenClaims(clientIds);

  const readToken = async (idToken: string) => {
    try {
      return claims.parse(await verifier.verify(idToken));
    } catch (error) {
      if (error instanceof FetchError) throw error;
      return undefined;
    }
  };

  return async (idToken: string): Promise<Login | undefined> => {
    const token = await readToken(idToken);
    if (!token || !isCurrent(token.sub, token.origin_jti)) return undefined;
    return { sub: token.sub, groups: token['cognito:groups'] };
  };
}
