// Who stands at the gateway: the parts of serverless.yml that depend on the parameters `authorizer` and `reads`.
const { trust } = require('./functions');
const openRoutes = require('./open-routes');

/** A Cognito JWT authorizer verifies the token; the handler checks the group. */
const jwt = ({ issuer, clients }) => ({
  authorizers: {
    cognito: {
      type: 'jwt',
      identitySource: '$request.header.Authorization',
      issuerUrl: issuer,
      audience: [clients.own, clients.console],
    },
  },
  route: { name: 'cognito' },
  loggedCaller: '$context.authorizer.claims.sub',
});

/** A Lambda authorizer verifies the token and looks its groups up in the policy; the handler checks the group again. */
const lambda = ({ issuer, clients, cacheSeconds }) => ({
  authorizers: {
    groups: {
      type: 'request',
      functionName: 'authorize',
      // A cached answer holds for every request with the same identity: without the route key, an allow for one route would be
      // an allow for all of them.
      identitySource: ['$request.header.Authorization', '$context.routeKey'],
      resultTtlInSeconds: cacheSeconds,
      payloadVersion: '2.0',
      enableSimpleResponses: true,
    },
  },
  route: { name: 'groups' },
  loggedCaller: '$context.authorizer.sub',
  functions: {
    authorize: {
      handler: 'functions/authorize.handler',
      role: 'AuthorizeRole',
      timeout: 5,
      environment: {
        TOKEN_ISSUER: issuer,
        USER_POOL_CLIENT_ID: clients.own,
        CONSOLE_CLIENT_ID: clients.console,
      },
    },
  },
  resources: {
    Resources: {
      AuthorizeRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
          Policies: [
            {
              PolicyName: 'authorize',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                    Resource: { 'Fn::GetAtt': ['AuthorizeLogGroup', 'Arn'] },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  },
});

/** AWS_IAM: an identity pool gives each group a role, whose policy names the group's routes; the handler checks the role. */
const iam = ({ rolePrefix }) => ({
  route: { type: 'aws_iam' },
  loggedCaller: '$context.identity.cognitoAuthenticationProvider',
  // Loaded when it is asked for: it has to compile the policy.
  resources: require('./identity-pool')(rolePrefix),
});

const gatekeepers = { jwt, lambda, iam };

module.exports = async ({ resolveVariable }) => {
  const { authorizer, reads, ...parameters } = await resolveVariable('self:custom.parameters');
  const gatekeeper = gatekeepers[authorizer]({
    issuer: parameters.tokenIssuer,
    // Those whose tokens count: of applications and commands, and of the console.
    clients: { own: parameters.tokenClient, console: parameters.consoleClient },
    cacheSeconds: Number(parameters.authorizerCacheSeconds),
    rolePrefix: await resolveVariable('self:custom.rolePrefix'),
  });
  return {
    authorizers: {},
    functions: {},
    ...gatekeeper,
    // The plain reads; without an authorizer, a route is open to everyone.
    ...(reads === 'public'
      ? { resources: { ...gatekeeper.resources, extensions: openRoutes } }
      : { readRoute: gatekeeper.route, resources: gatekeeper.resources ?? {} }),
  };
};

// The local stack keeps to the same configuration.
module.exports.gatekeepers = gatekeepers;
