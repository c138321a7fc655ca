/** The identity pool gives signed-in users alone a role, and each role the routes that the policy gives its group. */
import { groups, levels, policy } from '../../src/access/policy';
import { onlyResource, resourcesOf, templateOf } from '../support/template';

const template = templateOf('iam');
const provider = 'cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${CognitoUserPoolCatalog}';

const roleOf = (logicalId: string) => {
  const role = template.Resources[logicalId];
  if (role?.Type !== 'AWS::IAM::Role') throw new Error(`There is no role ${logicalId}`);
  return role.Properties;
};

/** Every group of the policy, with the logical id that its resource has. */
const members = resourcesOf(template, 'AWS::Cognito::UserPoolGroup').map(([logicalId, { GroupName }]) => ({
  group: String(GroupName),
  logicalId,
}));

it('knows nobody without a token of this stack, and gives nobody a role of their own choice', () => {
  expect(resourcesOf(template, 'AWS::Cognito::IdentityPool')).toEqual([
    [
      'IdentityPool',
      {
        AllowUnauthenticatedIdentities: false,
        AllowClassicFlow: false,
        CognitoIdentityProviders: [
          { ProviderName: { 'Fn::Sub': provider }, ClientId: { Ref: 'UserPoolClient' }, ServerSideTokenCheck: true },
          { ProviderName: { 'Fn::Sub': provider }, ClientId: { Ref: 'ConsoleClient' }, ServerSideTokenCheck: true },
        ],
      },
    ],
  ]);
});

it('takes the role from the token, and denies where it is ambiguous', () => {
  expect(onlyResource(template, 'AWS::Cognito::IdentityPoolRoleAttachment')).toEqual({
    IdentityPoolId: { Ref: 'IdentityPool' },
    Roles: { authenticated: { 'Fn::GetAtt': ['NoGroupRole', 'Arn'] } },
    RoleMappings: {
      catalog: {
        IdentityProvider: { 'Fn::Sub': `${provider}:\${UserPoolClient}` },
        Type: 'Token',
        AmbiguousRoleResolution: 'Deny',
      },
      console: {
        IdentityProvider: { 'Fn::Sub': `${provider}:\${ConsoleClient}` },
        Type: 'Token',
        AmbiguousRoleResolution: 'Deny',
      },
    },
  });
});

it('gives whoever is in no group a role without any permission', () => {
  expect(Object.keys(roleOf('NoGroupRole'))).toEqual(['AssumeRolePolicyDocument']);
  // Policies may also be attached from outside.
  for (const [, { Roles }] of resourcesOf(template, 'AWS::IAM::Policy')) {
    expect(Roles).toEqual([{ Ref: 'JoinUserGroupRole' }]);
  }
});

it.each([...members.map(({ logicalId }) => `${logicalId}Role`), 'NoGroupRole'])(
  'lets its own signed-in users alone assume %s',
  (id) => {
    expect(roleOf(id)['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'cognito-identity.amazonaws.com:aud': { Ref: 'IdentityPool' } },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
          },
        },
      ],
    });
  },
);

describe.each(members)('the group $group', ({ group, logicalId }) => {
  const role = roleOf(`${logicalId}Role`);

  it('has its role', () => {
    expect(template.Resources[logicalId]?.Properties).toMatchObject({
      RoleArn: { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] },
    });
  });

  it('may invoke exactly the routes that the policy gives it', () => {
    const api = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/$default/';
    const mayCall = Object.entries(policy).filter(([, level]) => levels[level].some((name) => name === group));
    const Resource = mayCall.map(([routeKey]) => ({
      'Fn::Sub': api + routeKey.replace(' ', '').replace(/\{\w+\}/g, '*'),
    }));
    expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies', 'RoleName']);
    expect(role['Policies']).toEqual([
      {
        PolicyName: 'routes',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource }],
        },
      },
    ]);
  });

  it('has a role whose name every function knows, short enough for a stage with a name of 20 characters', () => {
    const name = String(role['RoleName']);
    for (const [, { Environment }] of resourcesOf(template, 'AWS::Lambda::Function')) {
      expect(Environment).toMatchObject({ Variables: { GROUP_ROLE_PREFIX: name.slice(0, -`-${group}`.length) } });
    }
    expect(name.endsWith(`-${group}`)).toBe(true);
    // The longest name of a region has 14 characters.
    const longest = name.replace('-dev-', `-${'s'.repeat(20)}-`).replace('eu-central-1', 'ap-southeast-2');
    expect(longest.length).toBeGreaterThan(name.length);
    expect(longest.length).toBeLessThanOrEqual(64);
  });
});

it('has a role for every group of the policy, and for no other', () => {
  expect(members.map(({ group }) => group)).toEqual(Object.keys(groups));
  const named = resourcesOf(template, 'AWS::IAM::Role').filter(([, { RoleName }]) => RoleName !== undefined);
  expect(named.map(([logicalId]) => logicalId).sort()).toEqual(
    members.map(({ logicalId }) => `${logicalId}Role`).sort(),
  );
});
