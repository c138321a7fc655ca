/** What the compiled template promises about functions, table and user pool. The last two do not depend on the authorizer. */
import { groups } from '../../src/access/policy';
import { authorizers } from '../support/packages';
import { closedBucket, onlyResource, resourceNamed, resourcesOf, templateOf } from '../support/template';

const template = templateOf('jwt');
const group = 'AWS::Cognito::UserPoolGroup';
const only = (type: string) => onlyResource(template, type);

describe.each(authorizers)('functions, behind the authorizer %s', (authorizer) => {
  const functions = resourcesOf(templateOf(authorizer), 'AWS::Lambda::Function');

  it.each(functions)('%s runs on nodejs24.x, arm64, with bounds', (id, lambda) => {
    const large = ['SearchDashproducts', 'GetDashcategoryDashtree', 'TakeDashsearchDashsnapshot'].map(
      (name) => `${name}LambdaFunction`,
    );
    const MemorySize = large.includes(id) ? 1769 : 512;
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize });
    const Timeout =
      {
        AuthorizeLambdaFunction: 5,
        // Cognito waits no longer.
        JoinDashuserDashgroupLambdaFunction: 5,
        // It waits for the API; for the others nobody waits to their end.
        ConsoleLambdaFunction: 15,
        SearchDashproductsLambdaFunction: 30,
        PublishDasheventsLambdaFunction: 30,
        AcceptDashimageLambdaFunction: 30,
        SweepDashimagesLambdaFunction: 300,
        TakeDashsearchDashsnapshotLambdaFunction: 300,
      }[id] ?? 10;
    expect(lambda).toHaveProperty('Timeout', Timeout);
  });

  it('log to a group each, as the API does, for a limited time', () => {
    const groups = resourcesOf(templateOf(authorizer), 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions.length + 1);
    for (const [, group] of groups) expect(group['RetentionInDays']).toBe(14);
  });
});

it.each(['lambda', 'iam'])('keeps table, pool, client and domain as they are behind the authorizer %s', (name) => {
  for (const type of [
    'AWS::DynamoDB::Table',
    'AWS::Cognito::UserPool',
    'AWS::Cognito::UserPoolClient',
    'AWS::Cognito::UserPoolDomain',
  ]) {
    expect(resourcesOf(templateOf(name), type)).toEqual(resourcesOf(template, type));
  }
});

it('has the sweep and the snapshot of search begun every hour', () => {
  const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, rule]) => rule);
  expect(rules).toEqual(
    ['SweepDashimages', 'TakeDashsearchDashsnapshot'].map((name) =>
      expect.objectContaining({
        ScheduleExpression: 'rate(1 hour)',
        State: 'ENABLED',
        Targets: [expect.objectContaining({ Arn: { 'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'] } })],
      }),
    ),
  );
});

describe('table', () => {
  it('is on demand, with point-in-time recovery and encryption', () => {
    expect(only('AWS::DynamoDB::Table')).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it('lets go of what says when it expires', () => {
    expect(only('AWS::DynamoDB::Table')['TimeToLiveSpecification']).toEqual({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
  });

  it('has indexes with whole records for lists of one status, with keys alone for lists of all, and one of all changes', () => {
    const index = (IndexName: string, ProjectionType: string, rest = {}) =>
      expect.objectContaining({ IndexName, Projection: { ProjectionType, ...rest } });
    expect(only('AWS::DynamoDB::Table')['GlobalSecondaryIndexes']).toEqual([
      index('by-status', 'ALL'),
      index('by-category', 'ALL'),
      index('all-by-type', 'KEYS_ONLY'),
      index('all-by-category', 'KEYS_ONLY'),
      index('all-changes', 'INCLUDE', { NonKeyAttributes: ['action', 'by'] }),
    ]);
  });
});

describe('bucket of search', () => {
  it('lets nobody in without a right of their own and TLS, and keeps no snapshot that is of no use any more', () => {
    expect(resourceNamed(template, 'SearchSnapshots')).toMatchObject({
      ...closedBucket,
      LifecycleConfiguration: { Rules: [{ Id: 'old-snapshots', Status: 'Enabled', ExpirationInDays: 2 }] },
    });
    const { Statement } = resourceNamed(template, 'SearchSnapshotsPolicy')['PolicyDocument'] as { Statement: object[] };
    expect(Statement).toEqual([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [{ 'Fn::GetAtt': ['SearchSnapshots', 'Arn'] }, { 'Fn::Sub': '${SearchSnapshots.Arn}/*' }],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });
});

describe('user pool', () => {
  it('takes passwords of twelve characters, temporary ones for a week, and mails whoever has forgotten theirs', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
  });

  it('alone knows who signs in at the hosted UI, by either client', () => {
    const clients = resourcesOf(template, 'AWS::Cognito::UserPoolClient').map(([, client]) => client);
    expect(clients).toHaveLength(2);
    for (const client of clients) {
      expect(client).toMatchObject({ SupportedIdentityProviders: ['COGNITO'], AllowedOAuthFlowsUserPoolClient: true });
    }
  });

  it('adds who confirms a sign-up to a group by its trigger', () => {
    expect(only('AWS::Cognito::UserPool')['LambdaConfig']).toEqual({
      PostConfirmation: { 'Fn::GetAtt': ['JoinDashuserDashgroupLambdaFunction', 'Arn'] },
    });
  });

  it('may invoke that trigger, and may be changed by it in its groups alone', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Permission').map(([, permission]) => permission)).toContainEqual(
      expect.objectContaining({
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['CognitoUserPoolCatalog', 'Arn'] },
      }),
    );
    expect(only('AWS::IAM::Policy')).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['cognito-idp:AdminAddUserToGroup'],
            Resource: { 'Fn::GetAtt': ['CognitoUserPoolCatalog', 'Arn'] },
          },
        ],
      },
    });
  });

  it.each(authorizers)('has the groups of the policy, behind the authorizer %s', (name) => {
    const declared = Object.entries(groups).map(([GroupName, { description: Description, precedence: Precedence }]) =>
      expect.objectContaining({ GroupName, Description, Precedence, UserPoolId: { Ref: 'CognitoUserPoolCatalog' } }),
    );
    expect(resourcesOf(templateOf(name), group).map(([, properties]) => properties)).toEqual(declared);
  });

  it('keeps the logical ids of its first groups, or a deploy would replace them, memberships and all', () => {
    expect(resourcesOf(template, group).map(([logicalId]) => logicalId)).toEqual(
      expect.arrayContaining(['AdminGroup', 'UserGroup']),
    );
  });

  it('gives tokens of 15 minutes, to be renewed for 30 days unless revoked, to a client without a secret', () => {
    expect(resourceNamed(template, 'UserPoolClient')).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
      EnableTokenRevocation: true,
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      AllowedOAuthFlows: ['code'],
      // Not aws.cognito.signin.user.admin, with which a token changes the account itself.
      AllowedOAuthScopes: ['openid', 'email'],
    });
  });

  it('gives the console tokens as short, for twelve hours, to its secret and through the hosted UI alone', () => {
    expect(resourceNamed(template, 'ConsoleClient')).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 12,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      EnableTokenRevocation: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
    });
  });

  it('has a domain for the hosted UI', () => {
    expect(only('AWS::Cognito::UserPoolDomain')).toMatchObject({ UserPoolId: { Ref: 'CognitoUserPoolCatalog' } });
  });
});

describe.each(authorizers)('the console, behind the authorizer %s', (authorizer) => {
  const api = 'https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}';

  it('alone knows the secret of its client, and is told addresses of this stack', () => {
    const functions = resourcesOf(templateOf(authorizer), 'AWS::Lambda::Function');
    const secret = { 'Fn::GetAtt': ['ConsoleClient', 'ClientSecret'] };
    const knowing = functions.filter(([, lambda]) => JSON.stringify(lambda).includes(JSON.stringify(secret)));
    expect(knowing.map(([id]) => id)).toEqual(['ConsoleLambdaFunction']);
    expect(knowing[0]?.[1]).toMatchObject({
      Environment: {
        Variables: {
          CONSOLE_CLIENT_ID: { Ref: 'ConsoleClient' },
          CONSOLE_CLIENT_SECRET: secret,
          CONSOLE_URL: { 'Fn::Sub': `${api}/console` },
          API_URL: { 'Fn::Sub': api },
        },
      },
    });
  });

  it('may write its log, and nothing else: what people do there, they do as themselves', () => {
    expect(resourceNamed(templateOf(authorizer), 'ConsoleRole')['Policies']).toEqual([
      {
        PolicyName: 'console',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: { 'Fn::GetAtt': ['ConsoleLogGroup', 'Arn'] },
            },
          ],
        },
      },
    ]);
  });
});
