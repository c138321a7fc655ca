import fc from 'fast-check';
import { callerFrom } from '../../../src/access/caller';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';

const prefix = 'catalog-dev-eu-central-1';
const gatekeeper = { authorizer: 'iam', groupRolePrefix: prefix } as const;

const provider = 'cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool';
const signedIn = ['authenticated', provider, `${provider}:CognitoSignIn:user-1`];

/** The context of a call that is signed with credentials of the identity pool. */
const context = (userArn: string, amr: unknown = signedIn) => ({
  accessKey: 'ASIAIOSFODNN7EXAMPLE',
  accountId: '123456789012',
  callerId: 'AROAIOSFODNN7EXAMPLE:CognitoIdentityCredentials',
  cognitoIdentity: { amr, identityId: 'eu-central-1:identity', identityPoolId: 'eu-central-1:pool' },
  principalOrgId: null,
  userArn,
  userId: 'AROAIOSFODNN7EXAMPLE:CognitoIdentityCredentials',
});
const arnOf = (role: string, session = 'CognitoIdentityCredentials', partition = 'aws') =>
  `arn:${partition}:sts::123456789012:assumed-role/${role}/${session}`;

const from = (iam: unknown) => callerFrom({ iam }, gatekeeper);
const admin = arnOf(`${prefix}-admin`);

describe('callerFrom, behind AWS_IAM', () => {
  it.each(['admin', 'user'])('answers the user in amr, and the group of the role, %s', (group) => {
    expect(from(context(arnOf(`${prefix}-${group}`)))).toEqual({ sub: 'user-1', groups: [group] });
  });

  it.each(['aws-cn', 'aws-us-gov', 'aws-iso-b'])('reads a role in the partition %s', (partition) => {
    const userArn = arnOf(`${prefix}-admin`, undefined, partition);
    expect(from(context(userArn))).toEqual({ sub: 'user-1', groups: ['admin'] });
  });

  it.each([
    `x${prefix}-admin`,
    `${prefix}-admin2`,
    `${prefix}-Admin`,
    `${prefix}-ADMIN`,
    `${prefix.toUpperCase()}-admin`,
    `${prefix}admin`,
    `${prefix}--admin`,
    `${prefix}-admin-user`,
    `${prefix}-admin `,
    `${prefix}-admin\n`,
    `${prefix}-`,
    `${prefix}-authenticated`,
    `${prefix.replaceAll('-', '.')}-admin`,
    'catalog-prod-eu-central-1-admin',
    'admin',
    'toString',
  ])('reads no group from the role %j', (role) => {
    expect(from(context(arnOf(role)))).toEqual({ sub: 'user-1', groups: [] });
  });

  it('reads no group from any role but the two', () => {
    const near = fc.constantFrom(prefix, '-', 'admin', 'user', 'Admin', 'x', '.', '+', ',', '@', '=', ' ', '\n');
    const role = fc.oneof(
      fc.array(near, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }).map((end) => `${prefix}-${end}`),
      fc.string({ unit: anyCharacter }),
    );
    fc.assert(
      fc.property(role, (name) => {
        const groups = name === `${prefix}-admin` ? ['admin'] : name === `${prefix}-user` ? ['user'] : [];
        const whole = name !== '' && !name.includes('/');
        expect(from(context(arnOf(name)))).toEqual(whole ? { sub: 'user-1', groups } : undefined);
      }),
      { numRuns: rounds(2_000) },
    );
  });

  it.each<[string, unknown]>([
    ['there is no context', undefined],
    ['the context is null', null],
    ['the role has a path', context(arnOf(`team/${prefix}-admin`))],
    ['the role is preceded by a slash', context(arnOf(`/${prefix}-admin`))],
    ['the session has another name', context(arnOf(`${prefix}-admin`, 'someone'))],
    ['the session has a longer name', context(arnOf(`${prefix}-admin`, 'CognitoIdentityCredentials2'))],
    ['the session goes on in another line', context(`${admin}\n`)],
    ['the session has a path', context(arnOf(`${prefix}-admin`, 'x/CognitoIdentityCredentials'))],
    ['there is no session', context(`arn:aws:sts::123456789012:assumed-role/${prefix}-admin`)],
    ['the caller is an IAM user', context(`arn:aws:iam::123456789012:user/${prefix}-admin`)],
    ['the caller is an IAM role', context(`arn:aws:iam::123456789012:role/${prefix}-admin/CognitoIdentityCredentials`)],
    ['the caller is the root user', context('arn:aws:iam::123456789012:root')],
    ['the caller is federated', context(`arn:aws:sts::123456789012:federated-user/${prefix}-admin`)],
    ['the account is no number', context(admin.replace('123456789012', '12345678901x'))],
    ['something precedes the ARN', context(`x${admin}`)],
    ['the ARN is missing', { ...context(admin), userArn: undefined }],
    ['the ARN is null', { ...context(admin), userArn: null }],
    ['the ARN is in a list', { ...context(admin), userArn: [admin] }],
    ['the caller is no Cognito identity', { ...context(admin), cognitoIdentity: null }],
    ['amr is missing', { ...context(admin), cognitoIdentity: {} }],
    ['amr is null', context(admin, null)],
    ['amr is a text', context(admin, signedIn.join(','))],
    ['amr holds a number', context(admin, [...signedIn, 1])],
    ['amr is empty', context(admin, [])],
    ['amr has no authenticated', context(admin, signedIn.slice(1))],
    ['amr has it in another case', context(admin, ['Authenticated', ...signedIn.slice(1)])],
    ['amr has unauthenticated', context(admin, ['unauthenticated', ...signedIn.slice(1)])],
    ['amr has no sign-in', context(admin, ['authenticated', provider])],
    ['amr has a sign-in of nobody', context(admin, ['authenticated', provider, `${provider}:CognitoSignIn:`])],
    ['amr has two sign-ins', context(admin, [...signedIn, `${provider}2:CognitoSignIn:user-2`])],
    ['amr has the same sign-in twice', context(admin, [...signedIn, ...signedIn.slice(2)])],
  ])('knows nobody when %s', (_, iam) => {
    expect(from(iam)).toBeUndefined();
  });
});
