import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from '../../cli/users';
import { freePort } from '../../local/processes/ports';
import { startCloudFormation, type FakeCloudFormation } from '../support/fake-cloudformation';
import { runHere } from '../support/run-here';
import { runScript } from '../support/run-script';
import { runningStack, signUp } from '../support/stack';

const stack = runningStack();
const users = (args: string, env: NodeJS.ProcessEnv = {}) => runHere(program, args.split(' '), env);

describe('npm run users, with --stage', () => {
  const outputs = {
    HttpApiUrl: stack.apiUrl,
    UserPoolId: stack.userPoolId,
    UserPoolClientId: stack.clientId,
    Authorizer: 'lambda',
    AuthorizerCacheSeconds: '60',
  };
  const home = mkdtempSync(path.join(tmpdir(), 'catalog-home-'));
  mkdirSync(path.join(home, '.aws'));
  writeFileSync(
    path.join(home, '.aws', 'config'),
    [
      ...['[profile empty]', 'region = eu-central-1', '[profile corp]', 'sso_session = corp', 'sso_role_name = Admin'],
      ...['sso_account_id = 123456789012', '[sso-session corp]', 'sso_region = eu-central-1'],
      'sso_start_url = https://corp.awsapps.com/start',
    ].join('\n'),
  );
  const noCredentials = { AWS_EC2_METADATA_DISABLED: 'true', HOME: home, AWS_PROFILE: undefined };
  let cloudFormation: FakeCloudFormation;
  let aws: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const stacks = { 'admin-catalog-dev': outputs, 'admin-catalog-half': { HttpApiUrl: stack.apiUrl } };
    cloudFormation = await startCloudFormation(stacks, {
      'admin-catalog-prod': ['AccessDenied', 'Not authorized to describe this stack'],
      'admin-catalog-expired': ['ExpiredToken', 'The security token included in the request is expired'],
    });
    aws = {
      LOCAL_DIR: mkdtempSync(path.join(tmpdir(), 'catalog-users-')),
      AWS_ACCESS_KEY_ID: 'someone',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: undefined,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: stack.cognitoUrl,
    };
  });

  afterAll(() => {
    cloudFormation.stop();
  });

  it('works on the pool of the deployed stack', async () => {
    const email = 'users-stage@example.com';
    await signUp(stack, email);
    const { exitCode, stderr } = await users(`add-to-group ${email} admin --stage dev`, aws);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect((await users(`show ${email}`)).stdout).toMatch(/^Groups +admin, user$/m);
    // What the stack says of its gateway decides how long they are let in.
    expect((await users(`remove-from-group ${email} admin --stage dev`, aws)).stdout).toContain(
      "they are let in for up to 15 minutes, and 60 seconds for which the authorizer's answers are kept.\n",
    );
  });

  it.each([
    ['of --region', '--stage test --region eu-west-1', { AWS_REGION: 'us-east-1' }, 'eu-west-1'],
    ['of the environment', '--stage test', { AWS_REGION: 'us-east-1' }, 'us-east-1'],
    ['of serverless.yml', '--stage test', {}, 'eu-central-1'],
  ])('says in one sentence that there is no such stack in the region %s', async (_, options, env, region) => {
    expect(await users(`list ${options}`, { ...aws, ...env })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `There is no stack admin-catalog-test in ${region}: check --stage and --region, or deploy it first.\n`,
    });
  });

  it.each([
    [
      'that an output is missing',
      '--stage half',
      {},
      'The stack admin-catalog-half has no output UserPoolId: deploy it again.',
    ],
    [
      'that the credentials do not suffice',
      '--stage prod',
      {},
      'The request was refused (AccessDenied: Not authorized to describe this stack): ' +
        'check your AWS credentials and what they may do.',
    ],
    [
      'that there is no such profile',
      '--stage dev',
      { ...noCredentials, AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: 'nobody' },
      'There is no AWS profile "nobody": "aws configure list-profiles" shows those that there are.',
    ],
    [
      'that the profile gives no credentials',
      '--stage dev',
      { ...noCredentials, AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: 'empty' },
      'The AWS profile "empty" gives no credentials (Could not load credentials from any providers): ' +
        '"aws configure --profile empty" sets some.',
    ],
    [
      'that the sign-in of the profile has run out',
      '--stage dev',
      { ...noCredentials, AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: 'corp' },
      'The sign-in of the AWS profile "corp" has run out: "aws sso login --profile corp" renews it.',
    ],
    [
      'that the credentials have run out',
      '--stage expired',
      {},
      'Your sign-in at AWS has run out (ExpiredToken): sign in again, with "aws sso login" or as you did before.',
    ],
    [
      'that a region is none',
      '--stage dev --region Frankfurt',
      {},
      '"Frankfurt" is no AWS region: give one such as eu-central-1, by --region or in AWS_REGION.',
    ],
    [
      'that there are no credentials',
      '--stage dev',
      { ...noCredentials, AWS_ACCESS_KEY_ID: undefined },
      'There are no AWS credentials (Could not load credentials from any providers): ' +
        'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ],
  ])('says in one sentence %s', async (_, options, env, sentence) => {
    expect(await users(`list ${options}`, { ...aws, ...env })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${sentence}\n`,
    });
  });

  it('says in one sentence that AWS cannot be reached', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const unreachable = { ...aws, AWS_ENDPOINT_URL_CLOUDFORMATION: nowhere };
    expect(await runScript('cli/users.ts', ['list', '--stage', 'dev'], unreachable)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'AWS cannot be reached (ECONNREFUSED): check the region and the network.\n',
    });
  });
});
