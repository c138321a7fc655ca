// An identity pool that gives the members of each group one role, and each role the routes that the policy gives its group.
const tsx = require('tsx/cjs/api');

// What the functions check is what the roles are made from.
const { allowedGroups } = tsx.require('../src/access/policy.ts', __filename);

const groups = { AdminGroup: 'admin', UserGroup: 'user' };

const routesOf = (group) => Object.keys(allowedGroups).filter((routeKey) => allowedGroups[routeKey].includes(group));

/** The ARN that API Gateway asks for: the real path, so that a path parameter becomes a wildcard. */
function invocationArn(routeKey) {
  const [method, path] = routeKey.split(' ');
  const api = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}';
  return { 'Fn::Sub': `${api}/$default/${method}${path.replace(/\{\w+\}/g, '*')}` };
}

/** A role for users whom this identity pool has authenticated, and for nobody else. */
const role = (properties) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    ...properties,
    AssumeRolePolicyDocument: {
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
    },
  },
});

const groupRole = (rolePrefix, group) =>
  role({
    // The handlers know the group by this name.
    RoleName: `${rolePrefix}-${group}`,
    Policies: [
      {
        PolicyName: 'routes',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: routesOf(group).map(invocationArn) }],
        },
      },
    ],
  });

const provider = 'cognito-idp.${AWS::Region}.amazonaws.com/${CognitoUserPoolCatalog}';

module.exports = (rolePrefix) => ({
  Resources: {
    ...Object.fromEntries(
      Object.entries(groups).flatMap(([logicalId, group]) => [
        [`${logicalId}Role`, groupRole(rolePrefix, group)],
        [logicalId, { Properties: { RoleArn: { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] } } }],
      ]),
    ),
    IdentityPool: {
      Type: 'AWS::Cognito::IdentityPool',
      Properties: {
        AllowUnauthenticatedIdentities: false,
        AllowClassicFlow: false,
        CognitoIdentityProviders: [
          {
            ProviderName: { 'Fn::Sub': provider },
            ClientId: { Ref: 'UserPoolClient' },
            // A user who has been deleted, disabled or signed out everywhere gets no credentials for an old token.
            ServerSideTokenCheck: true,
          },
        ],
      },
    },
    // An identity pool wants a role for whoever signs in; without a group, it may do nothing.
    NoGroupRole: role({}),
    IdentityPoolRoles: {
      Type: 'AWS::Cognito::IdentityPoolRoleAttachment',
      Properties: {
        IdentityPoolId: { Ref: 'IdentityPool' },
        Roles: { authenticated: { 'Fn::GetAtt': ['NoGroupRole', 'Arn'] } },
        RoleMappings: {
          catalog: {
            IdentityProvider: { 'Fn::Sub': `${provider}:\${UserPoolClient}` },
            Type: 'Token',
            AmbiguousRoleResolution: 'Deny',
          },
        },
      },
    },
  },
  Outputs: { IdentityPoolId: { Value: { Ref: 'IdentityPool' } } },
});
