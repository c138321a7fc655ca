/** Credentials of an identity pool: what a signed-in user gets for the ID token. */
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  NotAuthorizedException,
} from '@aws-sdk/client-cognito-identity';
import { Failure } from './failure';
import { serviceHost } from '../src/aws/service-host';

interface IdentityPool {
  region: string;
  userPoolId: string;
  identityPoolId: string;
  identityEndpoint?: string | undefined;
  /** The ARN of a group's role, up to the name of the group. */
  groupRolePrefix?: string | undefined;
}

export interface RoleCredentials {
  identityId: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiresAt: Date;
}

/**
 * Credentials of the role that the pool resolves for the token: of the user's preferred group, or of another of the user's
 * groups where one is named. Throws `Failure` where the pool gives none.
 */
export async function getCredentials(
  { region, userPoolId, identityPoolId, identityEndpoint, groupRolePrefix }: IdentityPool,
  idToken: string,
  group?: string,
): Promise<RoleCredentials> {
  if (group !== undefined && groupRolePrefix === undefined) {
    throw new Failure('This stack does not say what its roles are called: deploy it again.');
  }
  const CustomRoleArn = group === undefined ? undefined : `${groupRolePrefix}${group}`;
  const client = new CognitoIdentityClient({ region, ...(identityEndpoint ? { endpoint: identityEndpoint } : {}) });
  const Logins = { [`${serviceHost('cognito-idp', region)}/${userPoolId}`]: idToken };
  try {
    const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: identityPoolId, Logins }));
    const { Credentials } = await client.send(
      new GetCredentialsForIdentityCommand({ IdentityId, Logins, CustomRoleArn }),
    );
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = Credentials ?? {};
    if (!IdentityId || !AccessKeyId || !SecretKey || !SessionToken || !Expiration) {
      throw new Failure('The identity pool has given incomplete credentials: try again.');
    }
    return {
      identityId: IdentityId,
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretKey,
      sessionToken: SessionToken,
      expiresAt: Expiration,
    };
  } catch (error) {
    if (!(error instanceof NotAuthorizedException)) throw error;
    const [role, membership] = group === undefined ? ['no role', 'a group'] : [`no role of ${group}`, 'that group'];
    throw new Failure(`The identity pool gives this user ${role}: add the user to ${membership}, then sign in again.`);
  } finally {
    client.destroy();
  }
}
