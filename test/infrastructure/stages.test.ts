/** What a stage keeps and how one signs in there: `dev` is easy to remove, `prod` is hard to lose. */
import { groups as policyGroups } from '../../src/access/policy';
import { onlyResource, resourceNamed, templateOf } from '../support/template';

const dev = templateOf('jwt');
const prod = templateOf('prod');
const passwordFlow = 'ALLOW_USER_PASSWORD_AUTH';

const table = 'AWS::DynamoDB::Table';
const userPool = 'AWS::Cognito::UserPool';
const group = 'AWS::Cognito::UserPoolGroup';
const bucket = 'AWS::S3::Bucket';
const flowsOf = (template: typeof dev) => resourceNamed(template, 'UserPoolClient')['ExplicitAuthFlows'] as string[];

describe('prod', () => {
  it('retains table, buckets and user pool when the stack goes or replaces them, and the groups with their members', () => {
    const retained = Object.values(prod.Resources).filter(({ DeletionPolicy = '' }) =>
      DeletionPolicy.startsWith('Retain'),
    );
    const groups = Object.values(prod.Resources).filter(({ Type }) => Type === group);
    expect(groups).toHaveLength(Object.keys(policyGroups).length);
    expect(retained.map(({ Type }) => Type).sort()).toEqual([
      userPool,
      ...groups.map(() => group),
      table,
      bucket,
      bucket,
    ]);
    for (const { UpdateReplacePolicy } of retained) expect(UpdateReplacePolicy).toBe('Retain');
  });

  it('leaves no bucket behind where the deploy that makes it fails: the next one could not have its name', () => {
    const kept = Object.values(prod.Resources).filter(
      ({ Type, DeletionPolicy }) => Type === bucket && DeletionPolicy !== undefined,
    );
    expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
  });

  it('protects table and user pool from deletion by hand', () => {
    expect(onlyResource(prod, table)['DeletionProtectionEnabled']).toBe(true);
    expect(onlyResource(prod, userPool)['DeletionProtection']).toBe('ACTIVE');
  });

  it('has point-in-time recovery', () => {
    expect(onlyResource(prod, table)).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('takes no passwords but over SRP and the hosted UI', () => {
    expect(flowsOf(prod)).toEqual(['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  });

  it('keeps logs for 90 days', () => {
    for (const { Type, Properties } of Object.values(prod.Resources)) {
      if (Type === 'AWS::Logs::LogGroup') expect(Properties['RetentionInDays']).toBe(90);
    }
  });
});

describe('dev', () => {
  it('retains nothing and protects nothing', () => {
    const policies = Object.values(dev.Resources).map(({ DeletionPolicy = 'Delete' }) => DeletionPolicy);
    expect(new Set(policies)).toEqual(new Set(['Delete']));
    expect(onlyResource(dev, table)['DeletionProtectionEnabled']).toBe(false);
    expect(onlyResource(dev, userPool)['DeletionProtection']).toBe('INACTIVE');
  });

  it('signs in with a password, for Postman', () => {
    expect(flowsOf(dev)).toContain(passwordFlow);
  });
});
