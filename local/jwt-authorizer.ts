/** The JWT authorizer of an HTTP API, for the local stack: refuses what API Gateway would, and shapes claims as it does. */
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';
import * as z from 'zod/mini';

const { issuer, clientId } = z
  .pipe(
    z.object({ TOKEN_ISSUER: z.url(), USER_POOL_CLIENT_ID: z.string() }),
    z.transform((env) => ({ issuer: env.TOKEN_ISSUER, clientId: env.USER_POOL_CLIENT_ID })),
  )
  .parse(process.env);

const verifier = JwtVerifier.create(
  {
    issuer,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    audience: null,
    customJwtCheck: checkAsApiGateway,
  },
  {
    // The fetcher that comes with the library refuses http, which is all that a local pool speaks.
    jwksCache: new SimpleJwksCache({ fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() } }),
  },
);

/** What API Gateway checks beyond signature, issuer, expiry and nbf. ID tokens pass: telling them apart is the handler's part. */
function checkAsApiGateway({ header, payload }: { header: JwtHeader; payload: JwtPayload }): void {
  if (header.alg !== 'RS256') throw new Error('alg is not RS256');
  if (header.crit !== undefined || header.b64 !== undefined) throw new Error('critical headers are not understood');
  if (typeof payload.exp !== 'number' || typeof payload.iat !== 'number')
    throw new Error('exp and iat must be numbers');
  if (payload.iat > Date.now() / 1000) throw new Error('iat lies in the future');
  // client_id stands in for aud only where there is no aud.
  const audiences = payload.aud === undefined ? [payload.client_id] : [payload.aud].flat();
  if (!audiences.includes(clientId)) throw new Error('the token is for another client');
}

/** The claims as an HTTP API passes them on: all strings, arrays as `[a b]`, nulls left out. */
function flattenClaims(payload: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, flatten(value)]),
  );
}

function flatten(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatten).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the authorizer adds to a request with a valid token, bare or after `Bearer `; undefined means 401. */
export async function jwtContext(authorization: string | undefined): Promise<object | undefined> {
  if (authorization === undefined) return undefined;
  try {
    const claims = await verifier.verify(authorization.replace(/^Bearer /, ''));
    return { jwt: { claims: flattenClaims(claims), scopes: null } };
  } catch {
    return undefined;
  }
}
