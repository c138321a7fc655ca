/** Verifies access tokens of a user pool with aws-jwt-verify, and checks what that library leaves out. */
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import * as library from 'aws-jwt-verify/error';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';
import * as z from 'zod/mini';
import type { Caller } from './caller';
import { keySetCache } from './key-set';

/** A token that is not good, with the reason in one word. There is nothing of the token in it. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';

  constructor(readonly reason: string) {
    super(`The token is refused: ${reason}`);
  }
}

/** The pool's keys cannot be had or read, which says nothing about the token. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

/** Answers who an access token is for. Throws `TokenRefusal`, or `KeySetError` where nobody can tell. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/**
 * A verifier for one user pool (`issuer`, as in the claim `iss`) and some of its clients. The issuer must match exactly:
 * the library's own verifier for Cognito also takes a second issuer of the same pool.
 */
export function accessTokenVerifier({ issuer, clientIds }: { issuer: string; clientIds: string[] }): TokenVerifier {
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      // Access tokens of Cognito have a client; they have an audience only where they are meant for another service.
      audience: null,
      customJwtCheck: ({ header, payload }) => {
        requireStandardToken(header, payload);
        validateCognitoJwtFields(payload, { tokenUse: 'access', clientId: clientIds });
        // The line above has found the client to be one of ours; an audience, if there is one, has to name it too.
        if (![payload.aud ?? payload.client_id].flat().includes(payload.client_id)) {
          throw new TokenRefusal('another_audience');
        }
      },
    },
    { jwksCache: keySetCache(issuer) },
  );
  return async (token) => {
    try {
      requireCompactForm(token);
      // The library looks at the issuer last, and until then keeps a key in memory for every issuer that anyone makes up.
      if (decomposeUnverifiedJwt(token).payload.iss !== issuer) throw new TokenRefusal('another_issuer');
      return callerOf(await verifier.verify(token));
    } catch (error) {
      throw translate(error);
    }
  };
}

/** The token in a header `Authorization`: API Gateway takes it with and without its scheme, whose case does not count (RFC 9110, 11.1). */
export const tokenIn = (authorization: string): string => authorization.replace(/^bearer /i, '');

/**
 * Each part of a token has one spelling (RFC 7515, 2): base64url without padding, and with no bits left over (RFC 4648, 3.5).
 * The library forgives both, so that one signature would make 48 tokens, each good and each with an answer of its own in the
 * gateway's cache. Throws `TokenRefusal`.
 */
export function requireCompactForm(token: string): void {
  const parts = token.split('.');
  const isCanonical = parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
  if (parts.length !== 3 || !isCanonical) throw new TokenRefusal('malformed');
}

/** By how many seconds the clocks of Cognito and of this machine may differ. */
const clockTolerance = 5;

/**
 * What the library leaves open: it accepts a token without `exp`, or issued in the future, and ignores headers that must be
 * understood (RFC 7515, 4.1.11). Cognito signs with RS256 alone. Throws `TokenRefusal`.
 */
export function requireStandardToken(header: JwtHeader, { exp, iat }: JwtPayload): void {
  if (header.alg !== 'RS256') throw new TokenRefusal('another_algorithm');
  if (header.crit !== undefined || header['b64'] !== undefined) throw new TokenRefusal('critical_header');
  if (typeof exp !== 'number' || typeof iat !== 'number') throw new TokenRefusal('no_times');
  if (iat > Date.now() / 1000 + clockTolerance) throw new TokenRefusal('issued_in_the_future');
}

const claims = z.object({
  sub: z.string().check(z.minLength(1)),
  'cognito:groups': z._default(z.array(z.string()), []),
});

function callerOf(payload: JwtPayload): Caller {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new TokenRefusal('unknown_claims');
  return { sub: parsed.data.sub, groups: parsed.data['cognito:groups'] };
}

const outages = [
  library.FetchError,
  library.JwksValidationError,
  library.JwkValidationError,
  library.JwkInvalidUseError,
  library.JwkInvalidKtyError,
];

// By class, because the library's errors have no names, and bundles no class names.
const refusals = [
  [library.JwtExpiredError, 'expired'],
  [library.JwtNotBeforeError, 'not_valid_yet'],
  [library.CognitoJwtInvalidClientIdError, 'another_client'],
  [library.CognitoJwtInvalidTokenUseError, 'not_an_access_token'],
  [library.JwtInvalidSignatureAlgorithmError, 'another_algorithm'],
  [library.JwtInvalidSignatureError, 'invalid_signature'],
  // Only a key set that has been fetched can lack a key. Anyone may send tokens with made-up keys, even many in a row (the
  // second error), so they must not pass for an outage.
  [library.KidNotFoundInJwksError, 'unknown_key'],
  [library.WaitPeriodNotYetEndedJwkError, 'unknown_key'],
  [library.JwtBaseError, 'malformed'],
  // `exp` or `nbf` is a time that no Date can hold, and the library wants to print it.
  [RangeError, 'malformed'],
] as const;

/**
 * An error that is neither ours nor the library's is Node's, about an address without https or a key that it cannot
 * read, and says nothing about the token either.
 */
function translate(error: unknown): TokenRefusal | KeySetError {
  if (error instanceof TokenRefusal) return error;
  const isOutage = outages.some((type) => error instanceof type);
  const refusal = isOutage ? undefined : refusals.find(([type]) => error instanceof type);
  return refusal ? new TokenRefusal(refusal[1]) : new KeySetError('There is no key set', { cause: error });
}
