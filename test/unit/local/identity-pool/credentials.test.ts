/** Credentials for a sign-in: the local identity pool, asked through Amazon's SDK, with a user pool of its own. */
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
} from '@aws-sdk/client-cognito-identity';
import { createPublicKey } from 'node:crypto';
import { startIdentityPool } from '../../../../local/identity-pool/identity-pool';
import { clientId, consoleClientId } from '../../../../local/cognito/clients';
import { userPoolId } from '../../../../local/cognito/settings';
import { identityPoolId } from '../../../../local/identity-pool/settings';
import { freePort } from '../../../../local/processes/ports';
import { type Service } from '../../../../local/processes/processes';
import { sessionCredentials } from '../../../../local/iam/session-credentials';
import {
  identityPoolTemplate,
  roleArnOf,
  roleOf,
  writeTemplate,
  type Template,
} from '../../../support/identity-pool-template';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { forgeries, idClaims, poolKey, sign } from '../../../support/tokens';

const provider = `cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`;
const sessionSecret = 'secret of this test';
const services: Service[] = [];

async function startPool(change?: (resources: Template['Resources']) => unknown) {
  const template = identityPoolTemplate();
  change?.(template.Resources);
  const port = await freePort();
  const templateFile = writeTemplate(template);
  const { cognitoUrl, isCurrent } = users;
  const pools = { cognitoUrl, userPoolId, clientId, consoleClientId, isCurrent };
  services.push(await startIdentityPool({ port, origins: [], templateFile, sessionSecret, ...pools }));
  const client = new CognitoIdentityClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1' });

  const getId = async (token: string) => {
    const { IdentityId = '' } = await client.send(
      new GetIdCommand({ IdentityPoolId: identityPoolId, Logins: { [provider]: token } }),
    );
    return IdentityId;
  };
  const getCredentials = (IdentityId: string, token: string, CustomRoleArn?: string) =>
    client.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins: { [provider]: token }, CustomRoleArn }));
  /** The session that the pool gives for a token: who, and in which role. */
  const sessionFor = async (token: string, CustomRoleArn?: string) => {
    const { Credentials } = await getCredentials(await getId(token), token, CustomRoleArn);
    return sessionCredentials(sessionSecret).read(Credentials?.AccessKeyId ?? '', Credentials?.SessionToken ?? '')
      ?.session;
  };
  return { getId, getCredentials, sessionFor };
}

type Pool = Awaited<ReturnType<typeof startPool>>;
let users: LocalPool;
let pool: Pool;

const addressOf = (name: string) => `identity-${name}@example.com`;

/** The ID token of a new user, who is in these groups. */
async function idTokenOf(name: string, groups: string[]): Promise<string> {
  const Username = addressOf(name);
  await users.join(Username);
  for (const GroupName of groups) await users.admin('AdminAddUserToGroup', { Username, GroupName });
  return (await users.signIn(Username)).IdToken;
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

let admin: string;
let user: string;
let nobody: string;
let accessToken: string;

beforeAll(async () => {
  users = await startLocalPool();
  pool = await startPool();
  admin = await idTokenOf('admin', ['user', 'admin']);
  user = await idTokenOf('user', ['user']);
  nobody = await idTokenOf('nobody', []);
  accessToken = (await users.signIn(addressOf('admin'))).AccessToken;
});
afterAll(() => Promise.all([users, ...services].map((service) => service.stop())));

const forbidden = (identityId: string) => ({
  name: 'NotAuthorizedException',
  message: `Access to Identity '${identityId}' is forbidden.`,
});
const invalidToken = { name: 'NotAuthorizedException', message: 'Invalid login token.' };

describe('GetId', () => {
  it('gives a user one identity, at every sign-in, and another user another one', async () => {
    const identityId = await pool.getId(user);
    expect(identityId).toMatch(/^eu-central-1:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await pool.getId((await users.signIn(addressOf('user'))).IdToken)).toBe(identityId);
    expect(await pool.getId(admin)).not.toBe(identityId);
  });

  it('gives an identity to a user without a group', async () => {
    expect(await pool.getId(nobody)).toMatch(/^eu-central-1:/);
  });
});

describe('GetCredentialsForIdentity', () => {
  it('gives credentials for an hour, of the role of the first group', async () => {
    const identityId = await pool.getId(admin);
    const { IdentityId, Credentials } = await pool.getCredentials(identityId, admin);
    expect(IdentityId).toBe(identityId);
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
    expect(((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 1000).toBeCloseTo(3600, -2);
    const { sub } = claimsOf(admin);
    expect(await pool.sessionFor(admin)).toEqual({ roleName: roleOf('admin'), sub, identityId });
    expect(await pool.sessionFor(user)).toMatchObject({ roleName: roleOf('user') });
  });

  it('gives the role that was asked for, where a group of the user has it', async () => {
    expect(await pool.sessionFor(admin, roleArnOf('user'))).toMatchObject({ roleName: roleOf('user') });
    expect(await pool.sessionFor(admin, roleArnOf('admin'))).toMatchObject({ roleName: roleOf('admin') });
  });

  it('refuses a role of a group that the user is not in, or of none', async () => {
    const identityId = await pool.getId(user);
    for (const role of ['admin', 'owner']) {
      await expect(pool.getCredentials(identityId, user, roleArnOf(role))).rejects.toMatchObject(forbidden(identityId));
    }
  });

  it('refuses a user without a group', async () => {
    const identityId = await pool.getId(nobody);
    await expect(pool.getCredentials(identityId, nobody)).rejects.toMatchObject(forbidden(identityId));
    await expect(pool.getCredentials(identityId, nobody, roleArnOf('user'))).rejects.toMatchObject(
      forbidden(identityId),
    );
  });

  it('refuses the identity of another user, or of nobody', async () => {
    for (const identityId of [await pool.getId(admin), 'eu-central-1:00000000-0000-4000-8000-000000000000']) {
      await expect(pool.getCredentials(identityId, user)).rejects.toMatchObject(forbidden(identityId));
    }
  });

  it('refuses a user whose groups tie, unless one of their roles is asked for', async () => {
    const tied = await startPool(({ UserGroup }) => (UserGroup.Properties.Precedence = 0));
    const identityId = await tied.getId(admin);
    await expect(tied.getCredentials(identityId, admin)).rejects.toMatchObject(forbidden(identityId));
    expect(await tied.sessionFor(admin, roleArnOf('user'))).toMatchObject({ roleName: roleOf('user') });
    expect(await tied.sessionFor(user)).toMatchObject({ roleName: roleOf('user') });
  });

  it('refuses a role that does not trust this pool', async () => {
    const distrusted = await startPool(({ AdminGroupRole }) => {
      const [statement] = AdminGroupRole.Properties.AssumeRolePolicyDocument.Statement;
      statement.Condition.StringEquals['cognito-identity.amazonaws.com:aud'] = 'eu-central-1:another';
    });
    await expect(distrusted.sessionFor(admin)).rejects.toMatchObject({
      name: 'InvalidIdentityPoolConfigurationException',
      message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    });
    expect(await distrusted.sessionFor(user)).toMatchObject({ roleName: roleOf('user') });
  });
});

describe('a user who may not sign in any more', () => {
  const change = (operation: string, name: string) => users.admin(operation, { Username: addressOf(name) });

  it('gets nothing for an old token while disabled, and again what is due once enabled', async () => {
    const token = await idTokenOf('disabled', ['user']);
    const identityId = await pool.getId(token);
    await change('AdminDisableUser', 'disabled');
    await expect(pool.getId(token)).rejects.toMatchObject(invalidToken);
    await expect(pool.getCredentials(identityId, token)).rejects.toMatchObject(invalidToken);
    await change('AdminEnableUser', 'disabled');
    const { IdToken } = await users.signIn(addressOf('disabled'));
    expect(await pool.sessionFor(IdToken)).toMatchObject({ roleName: roleOf('user') });
    // Being disabled has ended the tokens of before.
    await expect(pool.getId(token)).rejects.toMatchObject(invalidToken);
  });

  it('gets nothing for an old token when signed out everywhere, and again what is due after a sign-in', async () => {
    const token = await idTokenOf('signed-out', ['user']);
    const identityId = await pool.getId(token);
    await change('AdminUserGlobalSignOut', 'signed-out');
    await expect(pool.getId(token)).rejects.toMatchObject(invalidToken);
    await expect(pool.getCredentials(identityId, token)).rejects.toMatchObject(invalidToken);
    const { IdToken } = await users.signIn(addressOf('signed-out'));
    expect(await pool.sessionFor(IdToken)).toMatchObject({ roleName: roleOf('user') });
  });

  it('gets nothing for an old token when deleted', async () => {
    const token = await idTokenOf('deleted', ['user']);
    const identityId = await pool.getId(token);
    await change('AdminDeleteUser', 'deleted');
    await expect(pool.getId(token)).rejects.toMatchObject(invalidToken);
    await expect(pool.getCredentials(identityId, token)).rejects.toMatchObject(invalidToken);
  });
});

describe('an ID token', () => {
  const sessionOf = (token: string) => {
    const { sub, origin_jti } = claimsOf(token);
    return { sub, origin_jti };
  };
  /** Good ones, but for what the tests change. */
  const idToken = (changes: object = {}, header: object = {}) =>
    sign(
      {
        ...idClaims(users, ['admin']),
        ...sessionOf(admin),
        ...changes,
      },
      { header },
    );
  const now = () => Math.floor(Date.now() / 1000);

  it('is as good from the client of the console', async () => {
    expect(await pool.getId(idToken({ aud: consoleClientId }))).toBe(await pool.getId(admin));
  });
  const hour = 3600;

  it('is taken where all is well with it', async () => {
    expect(await pool.sessionFor(idToken())).toMatchObject({ roleName: roleOf('admin') });
  });

  it.each<[string, () => string]>([
    ['is an access token', () => sign({ ...claimsOf(admin), token_use: 'access', client_id: clientId })],
    ['says nothing of its use', () => idToken({ token_use: undefined })],
    ['is for another client', () => idToken({ aud: 'anotherclient' })],
    ['is for another client too', () => idToken({ aud: [clientId, 'anotherclient'] })],
    ['is for no client', () => idToken({ aud: undefined, client_id: clientId })],
    ['is of another pool', () => idToken({ iss: `${users.cognitoUrl}/local_another` })],
    ['is of a pool on AWS', () => idToken({ iss: `https://${provider}` })],
    ['has expired', () => idToken({ iat: now() - 2 * hour, exp: now() - hour })],
    ['never expires', () => idToken({ exp: undefined })],
    ['expires at a text', () => idToken({ exp: String(now() + hour) })],
    ['was issued at no time', () => idToken({ iat: undefined })],
    ['was issued at a text', () => idToken({ iat: String(now()) })],
    ['is issued in the future', () => idToken({ iat: now() + 30 })],
    ['is not valid yet', () => idToken({ nbf: now() + hour })],
    ['has headers that must be understood', () => idToken({}, { crit: ['b64'], b64: true })],
    ['has an unencoded payload', () => idToken({}, { b64: false })],
    ['names another algorithm', () => idToken({}, { alg: 'RS512' })],
    ['is signed by an unknown key', () => idToken({}, { kid: 'another' })],
    ['has its groups in one text', () => idToken({ 'cognito:groups': 'admin' })],
    ['has groups that are no texts', () => idToken({ 'cognito:groups': ['admin', 1] })],
    ['is of no sign-in', () => idToken({ origin_jti: undefined })],
    ['is of a sign-in that never was', () => idToken({ origin_jti: 'c0ffee00-0000-4000-8000-000000000000' })],
    ['is of the sign-in of another user', () => idToken({ origin_jti: claimsOf(user).origin_jti })],
    ['has no user', () => idToken({ sub: undefined })],
    ['has an empty user', () => idToken({ sub: '' })],
    ['has a user that the pool does not have', () => idToken({ sub: 'c0ffee00-0000-4000-8000-000000000000' })],
    ['names its user by address', () => idToken({ sub: 'identity-admin@example.com' })],
    ['is the access token of the same sign-in', () => accessToken],
  ])('is refused where it %s', async (_, token) => {
    await expect(pool.getId(token())).rejects.toMatchObject(invalidToken);
    const identityId = await pool.getId(admin);
    await expect(pool.getCredentials(identityId, token())).rejects.toMatchObject(invalidToken);
  });

  const publicKey = createPublicKey(poolKey);
  it.each(Object.keys(forgeries(sign({}), publicKey)))('is refused with %s', async (forgery) => {
    const token = forgeries(idToken(), publicKey)[forgery] ?? '';
    await expect(pool.getId(token)).rejects.toMatchObject(invalidToken);
    await expect(pool.getCredentials(await pool.getId(admin), token)).rejects.toMatchObject(invalidToken);
  });
});
