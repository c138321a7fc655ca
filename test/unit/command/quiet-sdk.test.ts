/** Nobody who runs a command on Node 20 is shown what the SDK has to say of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../../deployment/service';
import { startServer, type TestServer } from '../../support/http-server';
import { runScript } from '../../support/run-script';

const folder = mkdtempSync(path.join(tmpdir(), 'catalog-sdk-'));
const disguise = "data:text/javascript,Object.defineProperty(process,'version',{value:'v20.20.0'})";
const onNode20: NodeJS.ProcessEnv = {
  ...{ NODE_OPTIONS: `--import ${disguise}`, AWS_REGION: 'eu-central-1' },
  // The tests themselves are quiet too.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
};

/** Refuses everything, as AWS and as the local stack. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer((_, response) => response.writeHead(400).end());
  const url = `http://127.0.0.1:${server.port}`;
  const addresses = { apiUrl: url, cognitoUrl: url, dynamodbUrl: url };
  const names = { region: 'eu-central-1', userPoolId: 'local_pool', clientId: 'client', tableName: 'table' };
  writeFileSync(path.join(folder, 'stack.json'), JSON.stringify({ authorizer: 'jwt', ...addresses, ...names }));
  const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
  Object.assign(onNode20, { LOCAL_DIR: folder, AWS_ENDPOINT_URL: url, ...credentials });
});
afterAll(() => server.stop());

it.each([
  ['CloudFormation', ['list', '--stage', 'dev']],
  ['Cognito', ['list']],
])('a command that asks %s prints its own sentence alone', async (_, args) => {
  const { stderr } = await runScript('cli/users.ts', args, onNode20);
  expect(stderr).toMatch(/^The request was refused [^\n]+\n$/);
});

const makeClient = "new (require('@aws-sdk/client-cloudformation').CloudFormationClient)({})";

it.each([
  [
    'what the framework reads first keeps it quiet at a deploy',
    `require('./resources/packaging'); ${makeClient}`,
    /^$/,
  ],
  ['whoever does nothing about it is told', makeClient, /NodeVersionSupportWarning/],
])('%s', (_, script, printed) => {
  const options = { cwd: projectRoot, env: { ...process.env, ...onNode20 }, encoding: 'utf8' } as const;
  expect(spawnSync(process.execPath, ['-e', script], options).stderr).toMatch(printed);
});
