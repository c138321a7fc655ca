/** The two operations of an identity pool that turn a sign-in into credentials. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { localRegion } from '../account';
import { readInput, ServiceError } from '../aws-json/service-error';
import type { CompiledTemplate } from './compiled-template';
import { resolveRole } from './group-roles';
import { identityPoolId, providerOf } from './settings';
import type { SessionCredentials, Session } from '../iam/session-credentials';
import type { Login } from './user-pool-login';

/** What the operations work with. */
export interface IdentityPool {
  userPoolId: string;
  template: () => Promise<CompiledTemplate>;
  readLogin: (idToken: string) => Promise<Login | undefined>;
  issue: (session: Session) => SessionCredentials;
}

const logins = z.optional(z.record(z.string(), z.string()));
/** `REGION:GUID`, for pools and identities alike. */
const id = z.string().check(z.regex(/^[\w-]{1,20}:[0-9a-f-]{1,36}$/));
const getIdInput = z.object({ IdentityPoolId: id, Logins: logins });
const getCredentialsInput = z.object({
  IdentityId: id,
  Logins: logins,
  CustomRoleArn: z.optional(z.string()),
});

const notAuthorized = (message: string) => new ServiceError('NotAuthorizedException', message);

/** The identity of whoever has signed in, who may be in no group. Throws `ServiceError`. */
export async function getId(pool: IdentityPool, input: unknown): Promise<object> {
  const { IdentityPoolId, Logins } = readInput(getIdInput, input);
  if (IdentityPoolId !== identityPoolId) {
    throw new ServiceError('ResourceNotFoundException', `IdentityPool '${IdentityPoolId}' not found.`);
  }
  // A pool that does not work has no identities either.
  await pool.template();
  const { sub } = await authenticate(pool, Logins);
  return { IdentityId: identityOf(sub) };
}

/** Credentials of the role that the user's groups give, or of the one among theirs that is asked for. Throws `ServiceError`. */
export async function getCredentialsForIdentity(pool: IdentityPool, input: unknown): Promise<object> {
  const { IdentityId, Logins, CustomRoleArn } = readInput(getCredentialsInput, input);
  const { groups, roles } = await pool.template();
  const { sub, groups: memberOf } = await authenticate(pool, Logins);
  const identityId = identityOf(sub);
  const arn = resolveRole(memberOf, groups, CustomRoleArn);
  if (IdentityId !== identityId || arn === undefined) {
    throw notAuthorized(`Access to Identity '${IdentityId}' is forbidden.`);
  }
  const role = roles.find((candidate) => candidate.arn === arn);
  if (!role?.trustsIdentityPool) {
    throw new ServiceError(
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    );
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = pool.issue({
    roleName: role.name,
    sub,
    identityId,
  });
  return {
    IdentityId,
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: Math.floor(expiresAt.getTime() / 1000),
    },
  };
}

async function authenticate(
  { userPoolId, readLogin }: IdentityPool,
  given: z.infer<typeof logins> = {},
): Promise<Login> {
  const [login, ...others] = Object.entries(given);
  if (!login) throw notAuthorized('Unauthenticated access is not supported for this identity pool.');
  const [provider, token] = login;
  if (others.length > 0 || provider !== providerOf(userPoolId)) {
    throw notAuthorized('Token is not from a supported provider of this identity pool.');
  }
  const found = await readLogin(token);
  if (!found) throw notAuthorized('Invalid login token.');
  return found;
}

/** The same for the same user, always. */
function identityOf(sub: string): string {
  const hash = createHash('sha256').update(`${identityPoolId} ${sub}`).digest('hex');
  return `${localRegion}:${hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')}`;
}
