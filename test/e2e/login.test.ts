/** `npm run login` as a person runs it: the browser is played here, the pool is the real one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { program } from '../../cli/login';
import { addToGroup, removeFromGroup } from '../../deployment/user-changes';
import { connect } from '../../deployment/user-pool';
import { freePort } from '../../local/processes/ports';
import { projectRoot } from '../../deployment/service';
import { fillIn, load, signInByBrowser } from '../support/browser';
import { startCloudFormation, type FakeCloudFormation } from '../support/fake-cloudformation';
import { runHere } from '../support/run-here';
import { launcher, type ScriptResult } from '../support/run-script';
import { password, runningStack, signUp } from '../support/stack';

const stack = runningStack();
const pool = connect({ ...stack, cognitoEndpoint: stack.cognitoUrl });
const failed = (sentence: string) => ({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
const login = (args: string, env: NodeJS.ProcessEnv = {}) => runHere(program, args.split(' '), env);

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
});

type Run = (onPrint: (stdout: string) => void) => Promise<ScriptResult>;

/** Resolves as soon as the command says where to sign in. */
const untilAddress = (run: Run) =>
  new Promise<{ url: string; ended: Promise<ScriptResult> }>((resolve, reject) => {
    const ended = run((stdout) => {
      const [url] = /^http\S+$/m.exec(stdout) ?? [];
      if (url && stdout.endsWith('\n\n')) resolve({ url, ended });
    });
    ended.then(({ stderr }) => reject(new Error(`npm run login ended: ${stderr}`)), reject);
  });

const startLogin = (args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
  untilAddress((onPrint) => runHere(program, args, env, onPrint));

const startLoginProcess = () =>
  untilAddress(async (onPrint) => {
    const child = spawn(process.execPath, [launcher, 'cli/login.ts'], { cwd: projectRoot });
    started.push(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => onPrint((stdout += chunk)));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const [exitCode] = await once(child, 'close');
    return { exitCode, stdout, stderr };
  });

describe('npm run login', () => {
  it('shows who signed in with which groups, and lets no token reach the browser', async () => {
    const email = 'login-admin@example.com';
    await signUp(stack, email);
    await addToGroup(pool, email, 'admin');

    const { url, ended } = await startLoginProcess();
    const refused = await fillIn(url, email, 'Another-pass-1234');
    expect(refused.headers).not.toHaveProperty('location');
    const accepted = await fillIn(url, email, password);
    const callback = accepted.headers['location'] ?? '';
    expect(callback.replace(/\?code=[^&]+&state=[^&]+$/, '')).toBe(stack.callbackUrl);
    const last = await load(callback);
    expect(last).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in') });

    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Signed in +login-admin@example\.com\nId \(sub\) +[\da-f-]{36}\nGroups +admin, user\n$/m);
    // How every JWT begins.
    expect(JSON.stringify([refused, accepted, last, stdout])).not.toContain('eyJ');
  });

  it('says what it means to be in no group', async () => {
    const email = 'login-nobody@example.com';
    await signUp(stack, email);
    await removeFromGroup(pool, email, 'user');

    const { url, ended } = await startLogin();
    await load(await signInByBrowser(url, email, password));
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Groups +none$/m);
    expect(stdout).toContain('The API refuses whoever is in no group: "npm run users -- add-to-group" changes that.\n');
  });

  it('waits past an answer with the state of another sign-in', async () => {
    const email = 'login-state@example.com';
    await signUp(stack, email);
    const { url, ended } = await startLogin();
    const callback = await signInByBrowser(url, email, password);
    const foreign = new URL(callback);
    foreign.searchParams.set('state', 'another');
    expect(await load(foreign)).toMatchObject({ status: 400, text: expect.stringContaining('Not this sign-in') });
    expect(await load(callback)).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in') });
    expect(await ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(email) });
  });

  it('fails when its port is in use, before it says where to sign in', async () => {
    const { port } = new URL(String(stack.callbackUrl));
    const occupant = createServer().listen(Number(port), '127.0.0.1');
    await once(occupant, 'listening');
    const result = await login('--no-open');
    occupant.close();
    expect(result).toEqual(
      failed(`Port ${port} is in use: end what listens there, and start again with "npm run login".`),
    );
  });

  const help = '"npm run login -- --help" shows how it is used.';
  it.each([
    ['--browser', `unknown option '--browser': ${help}`],
    ['someone@example.com', `too many arguments. Expected 0 arguments but got 1: ${help}`],
    ['--region eu-west-1', '--region goes with --stage: the local stack is in no region.'],
  ])('says in one sentence why "%s" fails', async (args, sentence) => {
    expect(await login(args)).toEqual(failed(sentence));
  });
});

describe('npm run login, with --stage', () => {
  const pools = { HttpApiUrl: 'https://api.example.com', UserPoolId: 'eu-west-1_pool', UserPoolClientId: 'client' };
  const hosted = { ...pools, HostedUiDomain: 'catalog-dev' };
  let callbackUrl: string;
  let cloudFormation: FakeCloudFormation;
  let aws: NodeJS.ProcessEnv;

  beforeAll(async () => {
    callbackUrl = `http://localhost:${await freePort()}/signed-in`;
    const stacks = {
      'admin-catalog-dev': { ...hosted, CallbackUrl: callbackUrl },
      'admin-catalog-prod': { ...hosted, CallbackUrl: 'https://shop.example.com/app' },
      'admin-catalog-old': hosted,
    };
    cloudFormation = await startCloudFormation(stacks);
    aws = {
      AWS_ACCESS_KEY_ID: 'someone',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
    };
  });

  afterAll(() => {
    cloudFormation.stop();
  });

  it('sends people to the hosted UI of the stage, and says that one of them has cancelled', async () => {
    const { url, ended } = await startLogin(['--stage', 'dev', '--region', 'eu-west-1'], aws);
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://catalog-dev.auth.eu-west-1.amazoncognito.com/oauth2/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: callbackUrl,
      scope: 'openid email',
      state: expect.any(String),
      code_challenge: expect.any(String),
      code_challenge_method: 'S256',
    });
    await load(`${callbackUrl}?error=access_denied&state=${searchParams.get('state')}`);
    expect(await ended).toMatchObject({
      exitCode: 1,
      stderr: 'The sign-in was cancelled: start again with "npm run login".\n',
    });
  });

  it.each([
    [
      'that people are sent elsewhere',
      'prod',
      'Whoever signs in is sent to https://shop.example.com/app, where no command can wait: ' +
        'choose a stage whose parameter callbackUrl is http://localhost:<port>/<path>.',
    ],
    ['that an output is missing', 'old', 'The stack of this stage has no output CallbackUrl: deploy it again.'],
  ])('says in one sentence %s', async (_, stage, sentence) => {
    expect(await login(`--stage ${stage}`, aws)).toEqual(failed(sentence));
  });
});
