/** A stage whose name fits into no name on AWS is refused before anything is made, and every other one is taken. */
import path from 'node:path';
import { projectRoot, stackOf } from '../../deployment/service';
import { resourcesOf, templateOf } from '../support/template';

type Read = (variables: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<unknown>;
const read = jest.requireActual<Read>(path.join(projectRoot, 'resources', 'stage'));

const presets = {
  'self:service': 'thirteen-long',
  'self:provider.region': 'ap-southeast-1',
  'param:images': 'on',
  'param:imagesBucket': { 'Fn::Sub': 'made of the stage' },
  'param:domainPrefix': { 'Fn::Sub': 'made of the stage' },
};
const stageOf = (stage: string, others = {}) => {
  const values: Record<string, unknown> = { 'sls:stage': stage, ...presets, ...others };
  return read({ resolveVariable: (address) => Promise.resolve(values[address]) });
};

it.each<[string, object?]>([
  ['dev'],
  ['prod'],
  ['a'],
  ['feature-42'],
  ['s'.repeat(14)],
  ['s'.repeat(16), { 'self:provider.region': 'eu-central-1' }],
  ['s'.repeat(28), { 'param:images': 'off' }],
  ['s'.repeat(28), { 'param:imagesBucket': 'pictures' }],
  ['on-aws', { 'param:domainPrefix': 'my-shop' }],
])('takes %s', async (stage, others = {}) => {
  await expect(stageOf(stage, others)).resolves.toBe(stage);
});

it.each<[string, number, object?]>([
  ['Dev', 14],
  ['feature-', 14],
  ['-dev', 14],
  ['s'.repeat(15), 14],
  ['s'.repeat(17), 16, { 'self:provider.region': 'eu-central-1' }],
  ['s'.repeat(29), 28, { 'param:images': 'off' }],
])('refuses %s, and says that %i characters are the most', async (stage, most, others = {}) => {
  await expect(stageOf(stage, others)).rejects.toThrow(
    `The stage "${stage}" must be lower-case letters, digits and hyphens, at most ${most}: names on AWS are made of it.`,
  );
});

it.each([
  ['on-aws', 'aws'],
  ['amazonas', 'amazon'],
  ['newcognito', 'cognito'],
])('refuses %s, whose hosted UI would get no domain', async (stage, word) => {
  await expect(stageOf(stage)).rejects.toThrow(
    `The stage "${stage}" has "${word}" in it, which no domain of Cognito may have: take another name, or give a domainPrefix.`,
  );
});

it('refuses a service whose hosted UI would get no domain', async () => {
  await expect(stageOf('dev', { 'self:service': 'aws-shop' })).rejects.toThrow(
    'The service "aws-shop" has "aws" in it',
  );
});

it('no function has a name that is longer than the one that is reckoned with', () => {
  const names = resourcesOf(templateOf('jwt'), 'AWS::Lambda::Function').map(([, { FunctionName }]) =>
    String(FunctionName),
  );
  const longest = Math.max(...names.map((name) => name.replace(`${stackOf('dev')}-`, '').length));
  expect(longest).toBe('list-category-history'.length);
});
