import { rmSync } from 'node:fs';
import { signHeaders } from '../../../../src/sign-headers';
import { iamAuthorizer } from '../../../../local/gateway/iam-authorizer';
import { identityPoolId } from '../../../../local/identity-pool/settings';
import { sessionCredentials } from '../../../../local/iam/session-credentials';
import type { ReceivedRequest } from '../../../../local/iam/signature';
import { callerFrom } from '../../../../src/access/caller';
import { allowedGroups } from '../../../../src/access/policy';
import { identityPoolTemplate, roleOf, writeTemplate, type Template } from '../../../support/identity-pool-template';

const userPool = { userPoolId: 'local_catalog', clientId: 'localcatalogclient', consoleClientId: 'localconsoleclient' };
const sessionSecret = 'a secret of this start';
const { issue } = sessionCredentials(sessionSecret);
const sessionOf = (group: string) => ({ roleName: roleOf(group), sub: 'user-1', identityId: 'eu-central-1:1' });
const [admin, user] = [issue(sessionOf('admin')), issue(sessionOf('user'))];

function authorizer(change?: (resources: Template['Resources']) => unknown) {
  const template = identityPoolTemplate();
  change?.(template.Resources);
  return iamAuthorizer({ ...userPool, sessionSecret, templateFile: writeTemplate(template) });
}
const authorize = authorizer();

interface Signing {
  body?: string;
  service?: string;
  region?: string;
  date?: Date;
}

/** A signed request as the gateway receives it. */
async function signed(
  credentials: typeof admin,
  method: string,
  target: string,
  { body = '', service = 'execute-api', region = 'eu-central-1', date = new Date() }: Signing = {},
): Promise<ReceivedRequest> {
  const request = { method, target, headers: { host: '127.0.0.1:3000' }, body };
  const headers = await signHeaders(request, credentials, { service, region }, date);
  return { ...request, headers: new Map(Object.entries(headers ?? {})), body: Buffer.from(body) };
}

const isLetIn = async (...request: Parameters<typeof signed>) =>
  (await authorize(await signed(...request))) !== undefined;

describe('iamAuthorizer', () => {
  it.each(Object.entries(allowedGroups))('lets into %s whom the policy lets in, by role', async (routeKey, groups) => {
    const [method = '', template = ''] = routeKey.split(' ');
    const target = template.replace(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(await isLetIn(admin, method, target)).toBe(groups.includes('admin'));
    expect(await isLetIn(user, method, target)).toBe(groups.includes('user'));
  });

  it('adds what API Gateway adds for credentials of an identity pool', async () => {
    const provider = 'cognito-idp.eu-central-1.amazonaws.com/local_catalog';
    const callerId = expect.stringMatching(/^AROA[0-9A-F]{17}:CognitoIdentityCredentials$/);
    expect(await authorize(await signed(admin, 'POST', '/products', { body: '{}' }))).toEqual({
      iam: {
        accessKey: admin.accessKeyId,
        accountId: '000000000000',
        callerId,
        cognitoIdentity: {
          amr: ['authenticated', provider, `${provider}:CognitoSignIn:user-1`],
          identityId: 'eu-central-1:1',
          identityPoolId,
        },
        principalOrgId: null,
        userArn: `arn:aws:sts::000000000000:assumed-role/${roleOf('admin')}/CognitoIdentityCredentials`,
        userId: callerId,
      },
    });
  });

  it('adds what the functions read the caller from', async () => {
    const gatekeeper = { authorizer: 'iam', groupRolePrefix: roleOf('').slice(0, -1) } as const;
    for (const [credentials, group] of [
      [admin, 'admin'],
      [user, 'user'],
    ] as const) {
      const context = await authorize(await signed(credentials, 'GET', '/products'));
      expect(callerFrom(context, gatekeeper)).toEqual({ sub: 'user-1', groups: [group] });
    }
  });

  it('looks at the path alone, not at the query', async () => {
    expect(await isLetIn(user, 'GET', '/products?limit=5&nextToken=a%2Fb')).toBe(true);
    expect(await isLetIn(user, 'GET', '/admin/products?path=/products')).toBe(false);
    expect(await isLetIn(user, 'GET', '/admin/products?/products/1')).toBe(false);
  });

  it.each([
    '/products/../admin/products',
    '/products/%2e%2e/admin/products',
    '/products/.%2E/admin/products',
    '/products/./1',
    '/products//1',
    '//products',
    '/products/..\\..\\admin/products',
    '/products/1/..',
    'http://127.0.0.1:3000/products',
    '/products/#/../admin',
  ])('refuses the path %s, which is another path in disguise', async (target) => {
    expect(await isLetIn(user, 'GET', target)).toBe(false);
    expect(await isLetIn(admin, 'GET', target)).toBe(false);
    // A signature of the plain path holds for some of these too.
    for (const plain of ['/products/1', '/products', '/admin/products']) {
      expect(await authorize({ ...(await signed(admin, 'GET', plain)), target })).toBeUndefined();
    }
  });

  it('refuses a request that is not signed, or carries a token', async () => {
    const request = { method: 'GET', target: '/products', body: Buffer.from('') };
    for (const authorization of [undefined, 'Bearer a.b.c', 'AWS4-HMAC-SHA256 ', '']) {
      const headers = new Map(authorization === undefined ? [] : [['authorization', authorization]]);
      expect(await authorize({ ...request, headers })).toBeUndefined();
    }
  });

  it('refuses a signature on another route, method, query or body', async () => {
    const request = await signed(admin, 'PUT', '/products/1', { body: '{"stockCount":1}' });
    expect(await authorize(request)).toBeDefined();
    expect(await authorize({ ...request, target: '/products/2' })).toBeUndefined();
    expect(await authorize({ ...request, target: '/categories/1' })).toBeUndefined();
    expect(await authorize({ ...request, target: '/products/1?limit=5' })).toBeUndefined();
    expect(await authorize({ ...request, method: 'DELETE' })).toBeUndefined();
    expect(await authorize({ ...request, body: Buffer.from('{"stockCount":2}') })).toBeUndefined();
  });

  it('refuses a signature for another service or region, or of another time', async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    expect(await isLetIn(admin, 'GET', '/products', { service: 'dynamodb' })).toBe(false);
    expect(await isLetIn(admin, 'GET', '/products', { region: 'eu-west-1' })).toBe(false);
    expect(await isLetIn(admin, 'GET', '/products', { date: minutes(-6) })).toBe(false);
    expect(await isLetIn(admin, 'GET', '/products', { date: minutes(6) })).toBe(false);
  });

  it('refuses credentials that have expired, or were issued elsewhere, or are mixed', async () => {
    const elsewhere = sessionCredentials('another secret').issue(sessionOf('admin'));
    expect(await isLetIn(issue(sessionOf('admin'), -1), 'GET', '/products')).toBe(false);
    expect(await isLetIn(elsewhere, 'GET', '/products')).toBe(false);
    expect(await isLetIn({ ...user, sessionToken: admin.sessionToken }, 'POST', '/products')).toBe(false);
    expect(await isLetIn({ ...admin, secretAccessKey: user.secretAccessKey }, 'GET', '/products')).toBe(false);
    expect(await isLetIn({ ...user, accessKeyId: admin.accessKeyId }, 'GET', '/products')).toBe(false);
  });

  it('refuses a role that no group has', async () => {
    for (const group of ['owner', 'Admin']) {
      expect(await isLetIn(issue(sessionOf(group)), 'GET', '/products')).toBe(false);
    }
    const without = authorizer(({ AdminGroup }) => delete AdminGroup.Properties.RoleArn);
    expect(await without(await signed(admin, 'GET', '/products'))).toBeUndefined();
    expect(await without(await signed(user, 'GET', '/products'))).toBeDefined();
  });

  const denial = { Effect: 'Deny', Action: 'execute-api:*', Resource: '*' };
  it.each<[string, (role: Template['Resources'][string]) => unknown]>([
    ['there is no policy', ({ Policies }) => Policies.splice(0)],
    ['there is a condition', ({ Policies: [{ PolicyDocument }] }) => (PolicyDocument.Statement[0].Condition = {})],
    [
      'there is a resource that is not known',
      ({ Policies: [{ PolicyDocument }] }) => PolicyDocument.Statement[0].Resource.push({ Ref: 'OtherApi' }),
    ],
    [
      'another policy denies it',
      ({ Policies }) =>
        Policies.push({ PolicyName: 'denial', PolicyDocument: { Version: '2012-10-17', Statement: [denial] } }),
    ],
  ])('refuses the members of a group whose role does not allow the route, since %s', async (_, change) => {
    const changed = authorizer(({ AdminGroupRole }) => change(AdminGroupRole.Properties));
    expect(await changed(await signed(admin, 'GET', '/products'))).toBeUndefined();
    expect(await changed(await signed(user, 'GET', '/products'))).toBeDefined();
  });

  it('rejects where there is no template', async () => {
    const templateFile = writeTemplate({});
    rmSync(templateFile);
    const without = iamAuthorizer({ ...userPool, sessionSecret, templateFile });
    await expect(without(await signed(admin, 'GET', '/products'))).rejects.toThrow(templateFile);
  });
});
