/** Each function has a role of its own, and no role more than its statements spell out. */
import * as z from 'zod/mini';
import { compiledTemplate, resourcesOf } from '../support/template';

const statement = z.object({ Effect: z.string(), Action: z.unknown(), Resource: z.unknown() });
const document = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });
const role = z.object({ Policies: z.array(document) });
const lambda = z.object({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) });

const template = compiledTemplate();
const roles = resourcesOf(template, 'AWS::IAM::Role');
const statements = [
  ...roles.flatMap(([id, properties]) => role.parse(properties).Policies.map((policy) => ({ id, policy }))),
  ...resourcesOf(template, 'AWS::IAM::Policy').map(([id, properties]) => ({ id, policy: document.parse(properties) })),
].flatMap(({ id, policy }) => policy.PolicyDocument.Statement.map((allowed) => ({ id, ...allowed })));

it('gives every function a role that no other function has', () => {
  const used = resourcesOf(template, 'AWS::Lambda::Function').map(
    ([, properties]) => lambda.parse(properties).Role['Fn::GetAtt'][0],
  );
  expect(used).toHaveLength(13);
  expect([...used].sort()).toEqual(roles.map(([id]) => id).sort());
});

it('has no wildcard in any action or resource', () => {
  expect(statements.length).toBeGreaterThan(13);
  expect(statements.filter(({ Action, Resource }) => JSON.stringify([Action, Resource]).includes('*'))).toEqual([]);
});

it('lets functions write to their own log group alone', () => {
  const logging = statements.filter(({ Action }) => JSON.stringify(Action).includes('logs:'));
  expect(logging).toHaveLength(13);
  for (const { id, Resource } of logging) {
    const logGroup = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }).parse(Resource)[
      'Fn::GetAtt'
    ][0];
    expect(logGroup.replaceAll('Dash', '').toLowerCase()).toBe(`${id.replace(/Role$/, '').toLowerCase()}loggroup`);
  }
});
