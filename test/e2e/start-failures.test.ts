/** `npm start` that cannot start: one sentence that says what to do, exit code 1, nothing left running. */
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StackInfo } from '../../deployment/stack-info';
import { localCredentials } from '../../local/account';
import { readSettings } from '../../local/settings';
import { startStack } from '../../local/stack/stack';
import { startEngine } from '../support/engine';
import { newSettings, npmStart, openPorts, type StartSettings } from '../support/npm-start';
import { runScript } from '../support/run-script';
import { runningStack } from '../support/stack';
import { scanTable } from '../support/stack-table';
import { newFolder } from '../support/temporary-file';

async function expectFailure(settings: StartSettings, sentence: RegExp, args: string[] = []) {
  const { exitCode, stdout, stderr } = await runScript('local/start.ts', args, { ...alone, ...settings });
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

// Which values are wrong is tested of readSettings.
it('names a wrong option', async () => {
  await expectFailure(await newSettings(), /^unknown option '--rest'.*: "npm start -- --help" shows/, ['--rest']);
});

describe('in the process of the test', () => {
  let umask: number;
  // A start sets it for what it makes.
  beforeAll(() => (umask = process.umask(0o077)));
  afterAll(() => process.umask(umask));

  /** Starts a stack that fails with this sentence, and of which nothing is left running. */
  async function expectRefusal(settings: NodeJS.ProcessEnv, sentence: RegExp, args: string[] = []) {
    const { stack } = readSettings(args, settings);
    // Where another stack has started, it is to end with this test.
    const started = startStack(stack).then((running) => running.stop());
    await expect(started).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(sentence) });
  }

  it.each(ports)('names %s when that port is in use', (variable) =>
    withOccupied(variable, (settings) => expectRefusal({ ...settings }, inUse(variable, settings[variable]), iam)),
  );

  it.each([
    [
      'catalogue',
      'dynamodb/catalog.sqlite',
      /^.*its data may be damaged; run "npm start -- --reset" to start empty\.$/,
    ],
    ['users', 'cognito/user-pool.json', /^.* are damaged: run "npm start -- --reset" to start empty\.$/],
  ])('offers --reset when the %s are damaged', async (_, file, sentence) => {
    const settings = await newSettings();
    const damaged = path.join(settings.LOCAL_DIR, file);
    mkdirSync(path.dirname(damaged), { recursive: true });
    writeFileSync(path.join(settings.LOCAL_DIR, 'stack.lock'), '');
    writeFileSync(damaged, '}this is neither SQLite nor JSON{'.repeat(100));
    await expectRefusal({ ...settings }, sentence);
    expect(await openPorts(settings)).toEqual([]);
  });

  it('names a database that cannot be reached', async () => {
    const settings = await newSettings();
    const DYNAMODB_ENDPOINT = `http://127.0.0.1:${settings.DYNAMODB_PORT}`;
    await expectRefusal({ ...settings, DYNAMODB_ENDPOINT }, /^.* gives no table .*: check DYNAMODB_ENDPOINT\.$/);
    expect(await openPorts(settings)).toEqual([]);
  });

  it("names a table of another version in the user's own database, and leaves it as it is, even with --reset", async () => {
    const settings = await newSettings();
    const DYNAMODB_ENDPOINT = `http://127.0.0.1:${settings.DYNAMODB_PORT}`;
    const engine = await startEngine(Number(settings.DYNAMODB_PORT), newFolder());
    try {
      const stack = { ...runningStack(), dynamodbUrl: DYNAMODB_ENDPOINT };
      await createOlderTable(stack);
      const before = await scanTable(stack);
      await expectRefusal(
        { ...settings, DYNAMODB_ENDPOINT },
        /^The table \S+ at \S+ is of another version of this project: delete it, or set DYNAMODB_ENDPOINT to another /,
        ['--reset'],
      );
      expect(await scanTable(stack)).toEqual(before);
      expect(await openPorts(settings)).toEqual([settings.DYNAMODB_PORT]);
    } finally {
      await engine.stop();
    }
  });

  it('names a folder that is none', async () => {
    const sentence = /^.* cannot be kept in .*: set LOCAL_DIR to another folder\.$/;
    await expectRefusal({ ...(await newSettings()), LOCAL_DIR: __filename }, sentence);
  });
});

/** A table under the name of the catalogue's, with an item, that has not its keys. */
async function createOlderTable({ region, dynamodbUrl: endpoint, tableName: TableName }: StackInfo): Promise<void> {
  const client = new DynamoDBClient({ region, endpoint, credentials: localCredentials });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'kept' } } }));
  client.destroy();
}
