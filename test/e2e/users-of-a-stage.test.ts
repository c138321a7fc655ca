import { mkdtempSync } from 'node:fs';
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
  const noCredentials = { AWS_EC2_METADATA_DISABLED: 'true', HOME: tmpdir(), AWS_PROFILE: undefined };
  let cloudFormation: FakeCloudFormation;
  let aws: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const stacks = { 'admin-catalog-dev': outputs, 'admin-catalog-half': { HttpApiUrl: stack.apiUrl } };
    cloudFormation = await startCloudFormation(stacks, 'admin-catalog-prod');
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
      'that the profile gives no credentials',
      '--stage dev',
      { ...noCredentials, AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: 'nobody' },
      'The AWS profile "nobody" gives no credentials (Could not load credentials from any providers): ' +
        '"aws configure list-profiles" shows those that there are, and "aws sso login --profile nobody" signs in again.',
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
