/** The JWT authorizer of an HTTP API, for the local stack: refuses what API Gateway would, and shapes claims as it does. */
import { JwtVerifier } from 'aws-jwt-verify';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { keySetCache } from '../../src/access/key-set';
import { requireCompactForm, requireStandardToken, tokenIn } from '../../src/access/token-verifier';

/** Answers what the authorizer adds to a request with a valid token, bare or after its scheme; undefined means 401. */
export function jwtAuthorizer({ issuer, clientIds }: { issuer: string; clientIds: readonly string[] }) {
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      audience: null,
      customJwtCheck: ({ header, payload }) => {
        requireStandardToken(header, payload);
        requireAudience(payload, clientIds);
      },
    },
    { jwksCache: keySetCache(issuer) },
  );
  return async (authorization: string | undefined): Promise<object | undefined> => {
    if (authorization === undefined) return undefined;
    try {
      const token = tokenIn(authorization);
      requireCompactForm(token);
      const claims = await verifier.verify(token);
      return { jwt: { claims: flattenClaims(claims), scopes: null } };
    } catch {
      return undefined;
    }
  };
}

/** ID tokens pass, as at API Gateway: telling them apart is the handler's part. */
function requireAudience({ aud, client_id }: JwtPayload, clientIds: readonly string[]): void {
  // client_id stands in for aud only where there is no aud.
  const audiences = aud === undefined ? [client_id] : [aud].flat();
  if (!clientIds.some((id) => audiences.includes(id))) throw new Error('the token is for another client');
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
