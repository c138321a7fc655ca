/** `npm start` that cannot start: one sentence that says what to do, exit code 1, nothing left running. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../local/settings';
import { startStack } from '../../local/stack/stack';
import { newSettings, npmStart, openPorts, type StartSettings } from '../support/npm-start';
import { runScript } from '../support/run-script';

async function expectFailure(
  settings: StartSettings,
  sentence: RegExp,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const { exitCode, stdout, stderr } = await runScript('local/start.ts', args, { ...alone, ...settings, ...env });
  expectOneSentence(exitCode, stdout + stderr, sentence);
}

/** Without the database that the tests themselves may have been given. */
const alone = { DYNAMODB_ENDPOINT: undefined };

function expectOneSentence(exitCode: number | null, output: string, sentence: RegExp): void {
  expect(exitCode).toBe(1);
  expect(output.trim()).toMatch(sentence);
  expect(output.trim().split('\n')).toHaveLength(1);
}

/** Has something else listen on the port of the stack meanwhile, which is the only one that is open then. */
async function withOccupied(variable: (typeof ports)[number], start: (settings: StartSettings) => Promise<void>) {
  const settings = await newSettings();
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(Number(settings[variable]), '127.0.0.1', resolve));
  await start(settings);
  expect(await openPorts(settings)).toEqual([settings[variable]]);
  await new Promise((resolve) => occupant.close(resolve));
}

const ports = ['API_PORT', 'COGNITO_PORT', 'DYNAMODB_PORT', 'IDENTITY_PORT', 'S3_PORT'] as const;
const inUse = (variable: string, port: string) =>
  new RegExp(`^Port ${port} is in use: .* set ${variable} to another port\\.$`);
const iam = ['--authorizer', 'iam'];

it('names API_PORT when that port is in use', () =>
  withOccupied('API_PORT', (settings) => expectFailure(settings, inUse('API_PORT', settings.API_PORT), iam)));

describe('in the process of the test', () => {
  let umask: number;
  // A start sets it for what it makes.
  beforeAll(() => (umask = process.umask(0o077)));
  afterAll(() => process.umask(umask));

  it.each(ports)('names %s when that port is in use', (variable) =>
    withOccupied(variable, async (settings) => {
      const { stack } = readSettings(iam, { ...settings });
      const message = expect.stringMatching(inUse(variable, settings[variable]));
      await expect(startStack(stack)).rejects.toMatchObject({ name: 'StartError', message });
    }),
  );
});

it('names Java and DYNAMODB_ENDPOINT on a platform without an engine', async () => {
  const settings = await newSettings();
  const otherPlatform = "--import data:text/javascript,Object.defineProperty(process,'arch',{value:'mips'})";
  // A path with all that npm needs, and no Java.
  const PATH = mkdtempSync(path.join(tmpdir(), 'catalog-path-'));
  symlinkSync(process.execPath, path.join(PATH, 'node'));
  for (const program of ['npm', 'sh', 'env']) {
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), path.join(PATH, program));
  }
  const started = npmStart(settings, [], { NODE_OPTIONS: otherPlatform, PATH });
  const sentence =
    /^There is no embedded DynamoDB for linux-mips: install a JDK of Java 17 or newer, or set DYNAMODB_ENDPOINT/;
  expectOneSentence(await started.exit, started.output(), sentence);
  expect(await openPorts(settings)).toEqual([]);
});

it.each([
  ['catalogue', 'dynamodb/catalog.sqlite', /its data may be damaged; run "npm start -- --reset" to start empty\.$/],
  ['users', 'cognito/user-pool.json', /are damaged: run "npm start -- --reset" to start empty\.$/],
])('offers --reset when the %s are damaged', async (_, file, sentence) => {
  const settings = await newSettings();
  const damaged = path.join(settings.LOCAL_DIR, file);
  mkdirSync(path.dirname(damaged), { recursive: true });
  writeFileSync(path.join(settings.LOCAL_DIR, 'stack.lock'), '');
  writeFileSync(damaged, '}this is neither SQLite nor JSON{'.repeat(100));
  await expectFailure(settings, sentence);
  expect(await openPorts(settings)).toEqual([]);
});

it('names a database that cannot be reached', async () => {
  const settings = await newSettings();
  const endpoint = `http://127.0.0.1:${settings.DYNAMODB_PORT}`;
  await expectFailure(settings, /gives no table .*check DYNAMODB_ENDPOINT/, [], { DYNAMODB_ENDPOINT: endpoint });
  expect(await openPorts(settings)).toEqual([]);
});

it('names a folder that is none', async () => {
  const sentence = /cannot be kept in .*: set LOCAL_DIR to another folder\.$/;
  await expectFailure(await newSettings(), sentence, [], { LOCAL_DIR: __filename });
});

// Which values are wrong is tested of readSettings.
it('names a wrong option', async () => {
  await expectFailure(await newSettings(), /^unknown option '--rest'.*: "npm start -- --help" shows/, ['--rest']);
});
