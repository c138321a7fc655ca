import { rmSync, writeFileSync } from 'node:fs';
import { compiledTemplate } from '../../../../local/identity-pool/compiled-template';
import * as access from '../../../../src/access/policy';
import {
  identityPoolTemplate,
  roleArnOf,
  roleOf,
  writeTemplate,
  type Template,
} from '../../../support/identity-pool-template';

const pool = { userPoolId: 'local_catalog', clientId: 'localcatalogclient', consoleClientId: 'localconsoleclient' };
const read = (template: unknown) => compiledTemplate(writeTemplate(template), pool)();

function changed(change: (resources: Template['Resources']) => unknown): Template {
  const template = identityPoolTemplate();
  change(template.Resources);
  return template;
}

const policyOf = (role: unknown) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'extra', Roles: [role], PolicyDocument: { Version: '2012-10-17', Statement: [] } },
});

describe('compiledTemplate', () => {
  it('reads the groups with their precedence and role', async () => {
    const { groups } = await read(identityPoolTemplate());
    const groupOf = (GroupName: 'admin' | 'user') => {
      const { description: Description, precedence: Precedence } = access.groups[GroupName];
      return { UserPoolId: 'local_catalog', GroupName, Description, Precedence, RoleArn: roleArnOf(GroupName) };
    };
    expect(groups).toEqual([groupOf('admin'), groupOf('user')]);
  });

  it('reads the roles of the groups, with local values for what CloudFormation would fill in', async () => {
    const { roles } = await read(identityPoolTemplate());
    expect(roles.map(({ arn, name, trustsIdentityPool }) => ({ arn, name, trustsIdentityPool }))).toEqual([
      { arn: roleArnOf('admin'), name: roleOf('admin'), trustsIdentityPool: true },
      { arn: roleArnOf('user'), name: roleOf('user'), trustsIdentityPool: true },
    ]);
    const api = 'arn:aws:execute-api:eu-central-1:000000000000:local/$default';
    expect(roles[1]?.policies).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: ['/categories', '/categories/tree', '/categories/*', '/products', '/products/*'].map(
              (route) => `${api}/GET${route}`,
            ),
          },
        ],
      },
    ]);
  });

  it('leaves an intrinsic function that it does not know where it is', async () => {
    const unknown = [
      { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${AnotherApi}/*' },
      { 'Fn::Sub': '${!HttpApi}' },
      { 'Fn::Sub': ['${Api}', { Api: 'local' }] },
      { 'Fn::GetAtt': ['CatalogTable', 'Arn'] },
      { 'Fn::GetAtt': ['AdminGroupRole', 'RoleId'] },
      { 'Fn::ImportValue': 'another-stack' },
      { Ref: 'CatalogTable' },
      { Ref: 'HttpApi', Comment: 'not a call' },
    ];
    const { roles } = await read(
      changed(({ UserGroupRole }) => {
        UserGroupRole.Properties.Policies[0].PolicyDocument.Statement[0].Resource = unknown;
      }),
    );
    expect(roles[1]?.policies).toMatchObject([{ Statement: [{ Resource: unknown }] }]);
  });

  it('sees a role that trusts anyone else than the users of this pool', async () => {
    const statement = ({ AdminGroupRole }: Template['Resources']) =>
      AdminGroupRole.Properties.AssumeRolePolicyDocument.Statement[0];
    const changes: ((resources: Template['Resources']) => unknown)[] = [
      (resources) => (statement(resources).Principal = { Federated: 'accounts.google.com' }),
      (resources) => (statement(resources).Principal = '*'),
      (resources) => delete statement(resources).Condition,
      (resources) => delete statement(resources).Condition['ForAnyValue:StringLike'],
      (resources) =>
        (statement(resources).Condition.StringEquals['cognito-identity.amazonaws.com:aud'] = 'eu-central-1:another'),
      (resources) =>
        (statement(resources).Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] =
          'unauthenticated'),
      (resources) => resources['AdminGroupRole'].Properties.AssumeRolePolicyDocument.Statement.push({ Effect: 'Deny' }),
    ];
    for (const change of changes) {
      const { roles } = await read(changed(change));
      expect(roles.map(({ trustsIdentityPool }) => trustsIdentityPool)).toEqual([false, true]);
    }
  });

  it('takes no offence at a policy of a role that no group has', async () => {
    const template = changed((resources) => (resources['Extra'] = policyOf({ Ref: 'JoinUserGroupRole' })));
    await expect(read(template)).resolves.toHaveProperty('roles.length', 2);
  });

  it('leaves a group of another user pool out', async () => {
    const { groups } = await read(changed(({ AdminGroup }) => (AdminGroup.Properties.UserPoolId = 'eu-central-1_x')));
    expect(groups.map(({ GroupName }) => GroupName)).toEqual(['user']);
  });

  it.each<[string, (resources: Template['Resources']) => unknown]>([
    ['lets guests in', ({ IdentityPool }) => (IdentityPool.Properties.AllowUnauthenticatedIdentities = true)],
    ['has the classic flow', ({ IdentityPool }) => (IdentityPool.Properties.AllowClassicFlow = true)],
    ['says nothing of guests', ({ IdentityPool }) => delete IdentityPool.Properties.AllowUnauthenticatedIdentities],
    [
      'does not ask the user pool',
      ({ IdentityPool }) => (IdentityPool.Properties.CognitoIdentityProviders[0].ServerSideTokenCheck = false),
    ],
    [
      'is for another client',
      ({ IdentityPool }) => (IdentityPool.Properties.CognitoIdentityProviders[0].ClientId = 'another'),
    ],
    [
      'has a second provider',
      ({ IdentityPool }) => (IdentityPool.Properties.SupportedLoginProviders = { 'accounts.google.com': 'app' }),
    ],
    [
      'takes the default role where there is none',
      ({ IdentityPoolRoles }) =>
        (IdentityPoolRoles.Properties.RoleMappings.catalog.AmbiguousRoleResolution = 'AuthenticatedRole'),
    ],
    [
      'chooses roles by rules',
      ({ IdentityPoolRoles }) => (IdentityPoolRoles.Properties.RoleMappings.catalog.Type = 'Rules'),
    ],
    ['has no role mapping', ({ IdentityPoolRoles }) => delete IdentityPoolRoles.Properties.RoleMappings],
    [
      'has a role for guests',
      ({ IdentityPoolRoles }) => (IdentityPoolRoles.Properties.Roles.unauthenticated = roleArnOf('user')),
    ],
    ['is not there', (resources) => delete resources['IdentityPool']],
    ['depends on a condition', ({ IdentityPool }) => (IdentityPool.Condition = 'InProduction')],
    ['is there twice', (resources) => (resources['SecondPool'] = resources['IdentityPool'])],
    ['gives a group a role from elsewhere', ({ AdminGroup }) => (AdminGroup.Properties.RoleArn = roleArnOf('owner'))],
    [
      'gives a group a role that it cannot name',
      ({ AdminGroup }) => (AdminGroup.Properties.RoleArn = { 'Fn::ImportValue': 'role' }),
    ],
    ['has a role with a managed policy', ({ AdminGroupRole }) => (AdminGroupRole.Properties.ManagedPolicyArns = [])],
    ['has a role with a boundary', ({ AdminGroupRole }) => (AdminGroupRole.Properties.PermissionsBoundary = 'arn')],
    ['has a role under a path', ({ AdminGroupRole }) => (AdminGroupRole.Properties.Path = '/admins/')],
    ['adds a policy to a role of a group', (resources) => (resources['Extra'] = policyOf({ Ref: 'UserGroupRole' }))],
    ['adds a policy to a role by its name', (resources) => (resources['Extra'] = policyOf(roleOf('user')))],
    [
      'adds a managed policy to a role',
      (resources) =>
        (resources['Extra'] = { ...policyOf({ Ref: 'JoinUserGroupRole' }), Type: 'AWS::IAM::ManagedPolicy' }),
    ],
    ['has a policy of no role', (resources) => (resources['Extra'] = { Type: 'AWS::IAM::RolePolicy' })],
  ])('refuses a template whose identity pool %s', async (_, change) => {
    await expect(read(changed(change))).rejects.toThrow(/^The local identity pool cannot work with .*template\.json: /);
  });

  it('says so where the file is not there or no template, and reads it again once it is', async () => {
    const file = writeTemplate(identityPoolTemplate());
    rmSync(file);
    const template = compiledTemplate(file, pool);
    await expect(template()).rejects.toThrow('ENOENT');
    writeFileSync(file, '{"Resources":');
    await expect(template()).rejects.toThrow('JSON');
    writeFileSync(file, '{}');
    await expect(template()).rejects.toThrow('Resources');
    writeFileSync(file, JSON.stringify(identityPoolTemplate()));
    await expect(template()).resolves.toHaveProperty('groups.length', 2);
    rmSync(file);
    await expect(template()).resolves.toHaveProperty('groups.length', 2);
  });
});
