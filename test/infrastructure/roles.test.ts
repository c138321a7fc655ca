/** Each function has a role of its own, and no role more than its statements spell out. */
import * as z from 'zod/mini';
import { snapshotKey } from '../../src/search/snapshot';
import { authorizers, functionCount } from '../support/packages';
import { resourcesOf, templateOf } from '../support/template';

const statement = z.object({ Effect: z.string(), Action: z.unknown(), Resource: z.unknown() });
const document = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });
const role = z.object({ Policies: z.array(document) });
const lambda = z.object({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) });

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** No function has one of these: they are for users who sign requests, and identity-pool.test.ts is about them. */
const rolesOfUsers = [
  ...resourcesOf(templateOf('iam'), 'AWS::Cognito::UserPoolGroup').map(([logicalId]) => `${logicalId}Role`),
  'NoGroupRole',
];

describe.each(authorizers)('behind the authorizer %s', (authorizer) => {
  const template = templateOf(authorizer);
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  const used = functions.map(([, properties]) => lambda.parse(properties).Role['Fn::GetAtt'][0]);
  const roles = resourcesOf(template, 'AWS::IAM::Role').filter(([id]) => !rolesOfUsers.includes(id));
  const statements = [
    ...roles.flatMap(([id, properties]) => role.parse(properties).Policies.map((policy) => ({ id, policy }))),
    ...resourcesOf(template, 'AWS::IAM::Policy').map(([id, properties]) => ({
      id,
      policy: document.parse(properties),
    })),
  ].flatMap(({ id, policy }) => policy.PolicyDocument.Statement.map((allowed) => ({ id, ...allowed })));

  it('gives every function a role that no other function has, and that functions alone assume', () => {
    expect(used).toHaveLength(functionCount(authorizer));
    expect([...used].sort()).toEqual(roles.map(([id]) => id).sort());
    for (const [, { AssumeRolePolicyDocument }] of roles) expect(AssumeRolePolicyDocument).toEqual(trust);
  });

  it('has no wildcard in any action or resource, but for the pictures under a prefix', () => {
    expect(statements.length).toBeGreaterThan(used.length);
    const named = statements.map(({ Action, Resource }) => JSON.stringify([Action, Resource]));
    const withoutPrefixes = named.map((text) => text.replaceAll(/"\/(?:pending|images)\/\*"/g, '""'));
    expect(withoutPrefixes.filter((text) => text.includes('*'))).toEqual([]);
  });

  it('lets functions write to their own log group alone', () => {
    const logging = statements.filter(({ Action }) => JSON.stringify(Action).includes('logs:'));
    expect(logging).toHaveLength(used.length);
    for (const { id, Resource } of logging) {
      const logGroup = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).parse(Resource)[
        'Fn::GetAtt'
      ][0];
      expect(logGroup.replaceAll('Dash', '').toLowerCase()).toBe(`${id.replace(/Role$/, '').toLowerCase()}loggroup`);
    }
  });
});

it('lets the two lists of products invoke the search function, and nobody anything else', () => {
  const allowed = resourcesOf(templateOf('lambda'), 'AWS::IAM::Role').flatMap(([id, properties]) =>
    role
      .parse(properties)
      .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('lambda:'))
      .map((found) => ({ id, ...found })),
  );
  const invoke = {
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction'],
    Resource: { 'Fn::GetAtt': ['SearchDashproductsLambdaFunction', 'Arn'] },
  };
  expect(allowed.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
    { id: 'ListAllProductsRole', ...invoke },
    { id: 'ListProductsRole', ...invoke },
  ]);
});

it('lets functions read and write the one object of search’s bucket, under the key that they use', () => {
  const object = { 'Fn::Sub': `\${SearchSnapshots.Arn}/${snapshotKey}` };
  const allowed = (name: string) =>
    role
      .parse(templateOf('jwt').Resources[name]?.Properties)
      .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => /Object"/.test(JSON.stringify(Action)));
  expect(allowed('SearchProductsRole')).toEqual([{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: object }]);
  expect(allowed('TakeSearchSnapshotRole')).toEqual([{ Effect: 'Allow', Action: ['s3:PutObject'], Resource: object }]);
});

it('lets the Lambda authorizer write its log, and nothing else', () => {
  expect(templateOf('lambda').Resources['AuthorizeRole']?.Properties['Policies']).toEqual([
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
  ]);
});
