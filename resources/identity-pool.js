// An identity pool that gives the members of each group one role, and each role the routes that the policy gives its group.
const { readGroups } = require('./groups');
const refusal = require('./refusal');

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

/** Roles are known to the handlers by their names. */
function roleName(rolePrefix, group) {
  const name = `${rolePrefix}-${group}`;
  if (name.length > 64)
    throw refusal(`The role ${name} has a name of over 64 characters: shorten that of group or stage.`);
  return name;
}

const groupRole = (rolePrefix, { name, routes }) =>
  role({
    RoleName: roleName(rolePrefix, name),
    Policies: [
      {
        PolicyName: 'routes',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: routes.map(invocationArn) }],
        },
      },
    ],
  });

const provider = 'cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${CognitoUserPoolCatalog}';
const clients = ['UserPoolClient', 'ConsoleClient'];

const roleMapping = (client) => ({
  IdentityProvider: { 'Fn::Sub': `${provider}:\${${client}}` },
  Type: 'Token',
  AmbiguousRoleResolution: 'Deny',
});

module.exports = (rolePrefix) => ({
  Resources: {
    ...Object.fromEntries(
      readGroups().flatMap((group) => [
        [`${group.logicalId}Role`, groupRole(rolePrefix, group)],
        [group.logicalId, { Properties: { RoleArn: { 'Fn::GetAtt': [`${group.logicalId}Role`, 'Arn'] } } }],
      ]),
    ),
    IdentityPool: {
      Type: 'AWS::Cognito::IdentityPool',
      Properties: {
        AllowUnauthenticatedIdentities: false,
        AllowClassicFlow: false,
        CognitoIdentityProviders: clients.map((client) => ({
          ProviderName: { 'Fn::Sub': provider },
          ClientId: { Ref: client },
          // A user who has been deleted, disabled or signed out everywhere gets no credentials for an old token.
          ServerSideTokenCheck: true,
        })),
      },
    },
    // An identity pool wants a role for whoever signs in; without a group, it may do nothing.
    NoGroupRole: role({}),
    IdentityPoolRoles: {
      Type: 'AWS::Cognito::IdentityPoolRoleAttachment',
      Properties: {
        IdentityPoolId: { Ref: 'IdentityPool' },
        Roles: { authenticated: { 'Fn::GetAtt': ['NoGroupRole', 'Arn'] } },
        RoleMappings: { catalog: roleMapping('UserPoolClient'), console: roleMapping('ConsoleClient') },
      },
    },
  },
  Outputs: {
    IdentityPoolId: { Value: { Ref: 'IdentityPool' } },
    // With the name of a group after it, the ARN of that group's role.
    GroupRolePrefix: { Value: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${rolePrefix}-` } },
  },
});
