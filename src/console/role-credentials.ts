/** Credentials of the caller's role, where the API wants signed requests: an identity pool gives them for the ID token. */
import * as z from 'zod/mini';
import { config, type ConsoleSettings } from '../config';
import type { SigningCredentials } from '../sign-headers';
import { busy } from './answers';
import { reach } from './reach';
import { claimsOf } from './session';

type IdentityPool = NonNullable<ConsoleSettings['identityPool']>;

const identity = z.object({ IdentityId: z.string() });
const credentials = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    SecretKey: z.string(),
    SessionToken: z.string(),
    Expiration: z.number(),
  }),
});

/**
 * Enough for those who use one process of the function at the same time; beyond that, the oldest credentials are
 * dropped.
 */
const mostKept = 100;

/** Answers the credentials for an ID token; undefined where its user has no role. Throws `busy`. */
export function roleCredentials(
  { id, endpoint }: IdentityPool,
  issuer: string,
  { now = () => Date.now() / 1000, most = mostKept } = {},
) {
  const kept = new Map<string, { credentials: SigningCredentials; until: number }>();
  const { host, pathname } = new URL(issuer);
  // The provider is named after the issuer: cognito-idp.REGION.amazonaws.com/POOL. The local issuer has another host,
  // and its pool goes by that form all the same.
  const provider = `${host.startsWith('cognito-idp.') ? host : `cognito-idp.${config.region}.amazonaws.com`}${pathname}`;

  return async (idToken: string): Promise<SigningCredentials | undefined> => {
    const known = kept.get(idToken);
    if (known && known.until > now()) return known.credentials;
    kept.delete(idToken);
    const Logins = { [provider]: idToken };
    const found = identity.safeParse(await ask(endpoint, 'GetId', { IdentityPoolId: id, Logins }));
    if (!found.success) return undefined;
    const { IdentityId } = found.data;
    const given = credentials.safeParse(await ask(endpoint, 'GetCredentialsForIdentity', { IdentityId, Logins }));
    if (!given.success) return undefined;
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = given.data.Credentials;
    const fresh = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    const [first] = kept.keys();
    if (kept.size >= most && first !== undefined) kept.delete(first);
    // No longer than the token: a removed group ends with it, as it does behind the other authorizers.
    kept.set(idToken, { credentials: fresh, until: Math.min(Expiration, claimsOf(idToken).exp) });
    return fresh;
  };
}

/** Both operations are for whoever has a token, and are not signed. Undefined where the pool refuses. Throws `busy`. */
async function ask(endpoint: string, operation: string, input: object): Promise<unknown> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityService.${operation}`,
  };
  const response = await reach(endpoint, { method: 'POST', headers, body: JSON.stringify(input) }, 3_000);
  if (response.ok) return response.json();
  // A failure on the way to the pool is not said in JSON.
  const { data } = z.object({ __type: z.string() }).safeParse(await response.json().catch(() => undefined));
  if (data?.__type.endsWith('NotAuthorizedException')) return undefined;
  throw busy(new Error(`The identity pool answered ${response.status} ${data?.__type ?? ''}`));
}
