/** AWS_IAM of an HTTP API, for the local stack: a signed request is let in where the policies of its role allow the route. */
import { createHash } from 'node:crypto';
import { accountId, localRegion } from '../account';
import { apiId, compiledTemplate } from '../identity-pool/compiled-template';
import { identityPoolId, providerOf, type LocalUserPool } from '../identity-pool/settings';
import { allows } from '../iam/role-policy';
import { sessionCredentials, type SessionCredentials } from '../iam/session-credentials';
import { verifySignature, type ReceivedRequest } from '../iam/signature';

interface Settings extends LocalUserPool {
  /** The compiled CloudFormation template, which has the policies. */
  templateFile: string;
  /** The identity pool issues credentials with it. */
  sessionSecret: string;
}

/**
 * Answers what the authorizer adds to a request that is let in; undefined means 403. Rejects where the template is none that
 * the local stack understands.
 */
export function iamAuthorizer({ templateFile, sessionSecret, ...pool }: Settings) {
  const template = compiledTemplate(templateFile, pool);
  const sessions = sessionCredentials(sessionSecret);

  return async (request: ReceivedRequest): Promise<object | undefined> => {
    const scope = { region: localRegion, service: 'execute-api' };
    const credentials = await verifySignature(request, sessions.read, scope);
    const path = pathOf(request.target);
    if (!credentials || path === undefined) return undefined;
    const { roles } = await template();
    const role = roles.find(({ name }) => name === credentials.session.roleName);
    const resource = `arn:aws:execute-api:${localRegion}:${accountId}:${apiId}/$default/${request.method}${path}`;
    if (!role || !allows(role.policies, { action: 'execute-api:Invoke', resource })) return undefined;
    return contextOf(credentials, providerOf(pool.userPoolId));
  };
}

/**
 * The path as received, or undefined for one that says another one in a roundabout way: a signature holds for both alike, but a
 * policy for `/products/*` would also be one for `/products/../admin`.
 */
function pathOf(target: string): string | undefined {
  const [path = ''] = target.split('?', 1);
  const isPlain = URL.canParse(path, origin) && new URL(path, origin).pathname === path && !path.includes('//');
  return isPlain ? path : undefined;
}

const origin = 'http://local';

/** As in events that a deployed HTTP API has been seen to send. */
function contextOf({ accessKeyId, session }: SessionCredentials, provider: string) {
  const { roleName, sub, identityId } = session;
  const roleId = `AROA${createHash('sha256').update(roleName).digest('hex').slice(0, 17).toUpperCase()}`;
  const userId = `${roleId}:CognitoIdentityCredentials`;
  return {
    iam: {
      accessKey: accessKeyId,
      accountId,
      callerId: userId,
      cognitoIdentity: {
        amr: ['authenticated', provider, `${provider}:CognitoSignIn:${sub}`],
        identityId,
        identityPoolId,
      },
      principalOrgId: null,
      userArn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/CognitoIdentityCredentials`,
      userId,
    },
  };
}
