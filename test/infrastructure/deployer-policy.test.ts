/** The policy for the person who deploys can make and remove every resource of the templates, and names what it touches. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import deployerPolicy from '../../docs/deployer-policy.json';
import keyPolicy from '../../docs/key-policy.json';
import { groups } from '../../src/access/policy';
import { authorizers } from '../support/packages';
import { resourcesOf, templateOf } from '../support/template';

const allowed = new Set(deployerPolicy.Statement.flatMap(({ Action }) => Action));

/** What CloudFormation calls to make and to remove a resource of each type, and what to look at it by before it does. */
const lifecycle: Readonly<Record<string, [create: string, remove: string, ...look: string[]]>> = {
  'AWS::ApiGatewayV2::Api': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Authorizer': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Integration': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Route': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Stage': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::CloudFront::CachePolicy': ['cloudfront:CreateCachePolicy', 'cloudfront:DeleteCachePolicy'],
  'AWS::CloudFront::Distribution': ['cloudfront:CreateDistribution', 'cloudfront:DeleteDistribution'],
  'AWS::CloudFront::OriginAccessControl': [
    'cloudfront:CreateOriginAccessControl',
    'cloudfront:DeleteOriginAccessControl',
  ],
  'AWS::CloudFront::ResponseHeadersPolicy': [
    'cloudfront:CreateResponseHeadersPolicy',
    'cloudfront:DeleteResponseHeadersPolicy',
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
  'AWS::Cognito::IdentityPool': ['cognito-identity:CreateIdentityPool', 'cognito-identity:DeleteIdentityPool'],
  // Removed by setting no roles.
  'AWS::Cognito::IdentityPoolRoleAttachment': [
    'cognito-identity:SetIdentityPoolRoles',
    'cognito-identity:SetIdentityPoolRoles',
  ],
  'AWS::Cognito::UserPool': ['cognito-idp:CreateUserPool', 'cognito-idp:DeleteUserPool'],
  'AWS::Cognito::UserPoolClient': ['cognito-idp:CreateUserPoolClient', 'cognito-idp:DeleteUserPoolClient'],
  'AWS::Cognito::UserPoolDomain': ['cognito-idp:CreateUserPoolDomain', 'cognito-idp:DeleteUserPoolDomain'],
  'AWS::Cognito::UserPoolGroup': ['cognito-idp:CreateGroup', 'cognito-idp:DeleteGroup'],
  'AWS::DynamoDB::Table': ['dynamodb:CreateTable', 'dynamodb:DeleteTable'],
  'AWS::Events::ApiDestination': ['events:CreateApiDestination', 'events:DeleteApiDestination'],
  'AWS::Events::Connection': ['events:CreateConnection', 'events:DeleteConnection'],
  'AWS::Events::EventBus': ['events:CreateEventBus', 'events:DeleteEventBus'],
  'AWS::IAM::Policy': ['iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
  // The schema of the type in CloudFormation's registry (handlers, delete).
  'AWS::IAM::Role': ['iam:CreateRole', 'iam:DeleteRole', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'],
  'AWS::Lambda::EventSourceMapping': ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
  'AWS::Lambda::Function': ['lambda:CreateFunction', 'lambda:DeleteFunction'],
  'AWS::Lambda::Permission': ['lambda:AddPermission', 'lambda:RemovePermission'],
  'AWS::Logs::LogGroup': ['logs:CreateLogGroup', 'logs:DeleteLogGroup'],
  'AWS::Events::Rule': ['events:PutRule', 'events:DeleteRule'],
  'AWS::S3::Bucket': ['s3:CreateBucket', 's3:DeleteBucket'],
  'AWS::S3::BucketPolicy': ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  // Likewise (handlers, create).
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:GetQueueUrl'],
  'AWS::SQS::QueuePolicy': ['sqs:SetQueueAttributes', 'sqs:SetQueueAttributes'],
};

const resources = [...authorizers, 'tuned', 'public-jwt'].flatMap((name) => Object.values(templateOf(name).Resources));
const types = [...new Set(resources.map(({ Type }) => Type))];

it.each(types)('can make and remove %s', (type) => {
  for (const action of lifecycle[type] ?? [`an action for ${type}`]) expect(allowed).toContain(action);
});

it('has no wildcard among its actions', () => {
  expect([...allowed].filter((action) => action.includes('*'))).toEqual([]);
});

it('covers all resources only where AWS knows none to name', () => {
  const everything = deployerPolicy.Statement.filter(({ Resource }) => Resource === '*').map(({ Sid }) => Sid);
  expect(everything).toEqual([
    'TemplateValidationKnowsNoResource',
    'NewEventSourceMappingsKnowNoResource',
    'NewPoolsAndDomainsKnowNoResource',
    'NewIdentityPoolsAndTheirRolesKnowNoResource',
    'AccessLogsOfApisKnowNoResource',
  ]);
});

it('passes roles to Lambda, that of the webhook to EventBridge, and the roles of users to Cognito', () => {
  const passing = deployerPolicy.Statement.filter(({ Action }) => Action.includes('iam:PassRole'));
  expect(passing.map(({ Resource, Condition }) => ({ Resource, Condition }))).toEqual([
    {
      Resource: 'arn:aws:iam::ACCOUNT:role/admin-catalog-STAGE-*',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
    {
      Resource: 'arn:aws:iam::ACCOUNT:role/admin-catalog-STAGE-WebhookRole-*',
      Condition: { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } },
    },
    {
      Resource: [
        'arn:aws:iam::ACCOUNT:role/admin-catalog-STAGE-REGION-*',
        'arn:aws:iam::ACCOUNT:role/admin-catalog-STAGE-NoGroupRole-*',
      ],
      Condition: {
        StringEqualsIfExists: {
          'iam:PassedToService': ['cognito-identity.amazonaws.com', 'cognito-idp.amazonaws.com'],
        },
      },
    },
  ]);
});

it('covers the roles that have a name of their own, those of the groups', () => {
  const names = resourcesOf(templateOf('iam'), 'AWS::IAM::Role').flatMap(([, { RoleName }]) =>
    typeof RoleName === 'string' ? [RoleName.replace('-dev-', '-STAGE-').replace('eu-central-1', 'REGION')] : [],
  );
  expect(names.sort()).toEqual(
    Object.keys(groups)
      .map((name) => `admin-catalog-STAGE-REGION-${name}`)
      .sort(),
  );
});

it('is told of as what it is, for as long as it makes roles without a permissions boundary', () => {
  const makesRoles = deployerPolicy.Statement.filter(({ Action }) => Action.includes('iam:PutRolePolicy'));
  expect(makesRoles.map((statement) => 'Condition' in statement)).toEqual([false]);
  for (const page of ['deploy.md', 'security.md']) {
    const text = readFileSync(path.join(projectRoot, 'docs', page), 'utf8').replace(/\s+/g, ' ');
    expect(text).toContain('amounts to an administrator of the account');
  }
});

it('has a key policy beside it for DynamoDB in this account, and the snapshots and logs of this stack alone', () => {
  const [table, snapshots, logs, ...more] = keyPolicy.Statement;
  expect(more).toEqual([]);
  expect(snapshots?.Condition).toEqual({
    StringEquals: { 'kms:CallerAccount': 'ACCOUNT', 'kms:ViaService': 's3.REGION.amazonaws.com' },
    ArnLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::admin-catalog-STAGE-*' },
  });
  expect(table?.Condition).toEqual({
    StringEquals: { 'kms:CallerAccount': 'ACCOUNT', 'kms:ViaService': 'dynamodb.REGION.amazonaws.com' },
  });
  const named = resourcesOf(templateOf('tuned'), 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) =>
    String(LogGroupName),
  );
  const patterns = [logs?.Condition.ArnLike?.['kms:EncryptionContext:aws:logs:arn'] ?? []].flat();
  const covered = (name: string) =>
    patterns.some((pattern) =>
      name.startsWith((pattern.split(':log-group:')[1] ?? '').replace('STAGE', 'dev').replace(/\*$/, '')),
    );
  expect(named.filter((name) => !covered(name))).toEqual([]);
});
