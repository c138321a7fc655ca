/** A deploy with a parameter that cannot be meant ends before anything is made, with a sentence that names it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { copyService } from '../../local/stack/service-copy';
import { describeAtFullDepth } from '../support/depth';
import { parameters } from '../support/packages';
import { packageEach } from '../support/packaging';

interface Variables {
  options: { param?: string[] };
  resolveVariable: (address: string) => Promise<unknown>;
}
type ReadAll = (variables: Variables) => Promise<Record<string, unknown>>;

const serviceFile = path.join(projectRoot, 'serverless.yml');
const presets = z
  .object({ params: z.object({ default: z.record(z.string(), z.unknown()) }) })
  .parse(load(readFileSync(serviceFile, 'utf8'))).params.default;
const names = Object.keys(presets);

/** What the file makes of the options, and of the stage's values. */
function readAll(param: string[], stage: Record<string, unknown> = {}, directory = projectRoot) {
  const read = jest.requireActual<ReadAll>(path.join(directory, 'resources', 'parameters'));
  const given = param.map((option) => option.split('=', 2));
  const values: Record<string, unknown> = { ...presets, ...stage, ...Object.fromEntries(given) };
  return read({
    options: param.length > 0 ? { param } : {},
    resolveVariable: (address) => Promise.resolve(values[address.replace('param:', '')]),
  });
}

it('takes the presets', async () => {
  await expect(readAll([])).resolves.toEqual(presets);
});

it.each([
  ['read', 'public', 'reads'],
  ['authoriser', 'lambda', 'authorizer'],
  ['READS', 'public', 'reads'],
  ['authorizer ', 'iam', 'authorizer'],
  ['corsOrigin', '*', 'corsOrigins'],
  ['logRetention', '30', 'logRetentionDays'],
])('refuses %s=%s, which is no parameter, and names the nearest and all', async (name, value, nearest) => {
  const error = await readAll([`${name}=${value}`]).catch((reason: unknown) => reason);
  const [, unknown, near, all] =
    /^There is no parameter "(.*)"\. The nearest is (\w+); all are (.*)\.$/.exec((error as Error).message) ?? [];
  expect([unknown, near, all?.split(', ')]).toEqual([name, nearest, names]);
});

it.each(['zzz', 'timeout', 'x', '__proto__', 'constructor'])(
  'refuses %s, which resembles no parameter, and names all without a nearest',
  async (name) => {
    await expect(readAll([`${name}=x`])).rejects.toThrow(
      new Error(`There is no parameter "${name}". All are ${names.join(', ')}.`),
    );
  },
);

it.each([
  ['authorizer', 'foo', 'one of jwt, lambda, iam'],
  ['authorizer', 'JWT', 'one of jwt, lambda, iam'],
  ['reads', 'all', 'one of members, public'],
  ['authorizerCacheSeconds', '-1', 'a whole number, at most 3600'],
  ['authorizerCacheSeconds', '1.5', 'a whole number, at most 3600'],
  ['authorizerCacheSeconds', 'x', 'a whole number, at most 3600'],
  ['authorizerCacheSeconds', '3601', 'a whole number, at most 3600'],
  ['requestsPerSecond', 'many', 'a whole number'],
  ['burst', '0x10', 'a whole number'],
  ['reservedConcurrency', '1e3', 'a whole number'],
  ['alarmTopic', 'alarms', 'the ARN of an SNS topic'],
  ...['My_Shop', 'shop-on-aws', 'amazonas', 'cognito'].map((value) => [
    'domainPrefix',
    value,
    'lower-case letters, digits and hyphens, without "aws", "amazon" or "cognito" in it',
  ]),
  ['callbackUrl', 'shop', 'an address, as in https://shop.example.com/app'],
  ['callbackUrl', 'localhost:3000/app', 'an address, as in https://shop.example.com/app'],
  ...[
    'shop.example.com',
    'https://shop.example.com/',
    'https://Shop.example.com',
    'https://a.example https://b.example',
  ].map((value) => [
    'corsOrigins',
    value,
    'origins, as in https://shop.example.com, without a slash at the end, separated by commas',
  ]),
  ['logoutUrl', '/', 'an address, as in https://shop.example.com/app'],
  ...[
    'shop',
    'https://shop.example.com/',
    'https://shop.example.com/console/',
    'https://shop.example.com/a/console',
  ].map((value) => ['consoleUrl', value, 'an address that ends in /console, as in https://shop.example.com/console']),
  ['keepData', 'retain', 'one of Delete, Retain'],
  ['protectTable', 'yes', 'one of false, true'],
  ['protectUsers', 'true', 'one of INACTIVE, ACTIVE'],
  ['code', 'all', 'one of bundled, none'],
  ['selfSignUp', 'no', 'one of open, closed'],
  ['mfa', 'on', 'one of off, optional, required'],
  ['mailIdentity', 'example.com', 'the ARN of an identity of SES'],
  ['mailFrom', 'Shop', 'an address, as in Catalogue <no-reply@example.com>'],
  ['loggedAddresses', 'no', 'one of kept, left-out'],
  ['encryptionKey', 'alias/catalogue', 'the ARN of a key of KMS'],
  ['events', 'yes', 'one of on, off'],
  ...['http://shop.example.com/hook', 'https://user@shop.example.com', 'shop.example.com', 'https://a/#b'].map(
    (value) => ['webhookUrl', value, 'an https address, as in https://shop.example.com/hooks/catalogue'],
  ),
  ['signIn', 'ALLOW_USER_SRP_AUTH', 'a list, which only serverless.yml can give'],
])('refuses %s=%s: it must be %s', async (name, value, wanted) => {
  const sentence = `The parameter ${name} must be ${wanted}, not "${value}".`;
  await expect(readAll([`${name}=${value}`])).rejects.toThrow(sentence);
  // Those of a stage are values in serverless.yml.
  await expect(readAll([], { [name]: value })).rejects.toThrow(sentence);
});

it('refuses a key that stands in a parameter, and does not show it', async () => {
  const sentence = 'The parameter webhookKey must be the ARN of a secret of Secrets Manager that holds the key.';
  await expect(readAll(['webhookKey=s3cr3t'])).rejects.toThrow(new Error(sentence));
  const other = await readAll(['webhookKey=arn:aws:secretsmanager:eu-central-1:123456789012:secret:hook-AbCdEf']);
  expect(other).toHaveProperty('webhookKey');
});

it('refuses logRetentionDays=15, which CloudWatch does not know', async () => {
  await expect(readAll(['logRetentionDays=15'])).rejects.toThrow('must be one of 1, 3, 5, 7, 14, 30, ');
});

it.each(['reads', 'reads=', '=public'])('refuses %j, which is no name and value', async (option) => {
  await expect(readAll([option])).rejects.toThrow(`--param ${option} is not of the form name=value.`);
});

it.each([
  'authorizerCacheSeconds=0',
  'authorizerCacheSeconds=3600',
  'logRetentionDays=30',
  'callbackUrl=myapp://signed-in',
  'callbackUrl=com.example.app:/signed-in',
  'corsOrigins=http://localhost:5173, https://shop.example.com,',
  'corsOrigins=*',
  'corsOrigins=https://*',
  'alarmTopic=arn:aws:sns:eu-central-1:123456789012:alarms',
])('takes %s', async (option) => {
  const [name = '', value] = option.split('=');
  await expect(readAll([option])).resolves.toHaveProperty(name, value);
});

it('refuses a stage in serverless.yml that sets what is no parameter', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-parameters-'));
  copyService(directory);
  const text = readFileSync(serviceFile, 'utf8').replace('  prod:\n', '  prod:\n    read: public\n');
  writeFileSync(path.join(directory, 'serverless.yml'), text);
  await expect(readAll([], {}, directory)).rejects.toThrow(
    'serverless.yml: There is no parameter "read". The nearest is reads;',
  );
});

describeAtFullDepth('makes sls package fail, with the sentence at the end of what it prints, for', () => {
  const refused = {
    value: parameters({ authorizer: 'foo' }),
    name: parameters({ read: 'public' }),
    // The last to be found, when what bundles has been loaded.
    stage: ['--stage', 'Dev'],
  };
  let printed: Record<string, string | undefined>;

  beforeAll(async () => {
    const failure = await packageEach(refused).catch((error: unknown) => error);
    const { stdout } = z.object({ code: z.literal(1), stdout: z.string() }).parse(failure);
    const [before, ...errors] = stdout.split(/^Error:$/m);
    expect([before, errors.length]).toEqual(['', 3]);
    printed = Object.fromEntries(Object.keys(refused).map((name, index) => [name, errors[index]]));
  });

  it.each([
    ['value', 'Error: The parameter authorizer must be one of jwt, lambda, iam, not "foo".'],
    ['name', 'Error: There is no parameter "read". The nearest is reads; all are '],
    ['stage', 'Error: The stage "Dev" must be lower-case letters, '],
  ])('a %s', (name, sentence) => {
    expect(printed[name]?.trimEnd().split('\n').at(-1)).toContain(sentence);
  });
});

it('docs/deploy.md tells of no parameter that there is not', () => {
  const page = readFileSync(path.join(projectRoot, 'docs', 'deploy.md'), 'utf8');
  const [, table = ''] = /\n\| Parameter [^\n]*\n[^\n]*\n((?:\|[^\n]*\n)+)/.exec(page) ?? [];
  const told = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)]);
  expect(told.length).toBeGreaterThan(10);
  expect(names).toEqual(expect.arrayContaining(told.map(([, name]) => name)));
});
