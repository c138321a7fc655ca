/** No command lets the terminal be steered: by what a file says, by what a server answers, or by what it was given to work on. */
import type { Command } from 'commander';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startServer, type TestServer } from '../../support/http-server';
import { program as call } from '../../../cli/call';
import { program as catalog } from '../../../cli/catalog';
import { program as login } from '../../../cli/login';
import { program as token } from '../../../cli/token';
import { program as users } from '../../../cli/users';
import { program as environment } from '../../../postman/environment';
import { program as postman } from '../../../postman/run';
import { runHere } from '../../support/run-here';
import { runScript } from '../../support/run-script';
import { hostile, steering } from '../../support/steering';

const attributes = ['email', 'sub', 'email_verified'].map((Name) => ({ Name, Value: hostile }));
const user = {
  Username: hostile,
  UserStatus: hostile,
  Enabled: true,
  Attributes: attributes,
  UserAttributes: attributes,
};

/** A user pool, an API and a CloudFormation in one, whose every word is hostile. */
const answers: Readonly<Record<string, object>> = {
  ListUsers: { Users: [user] },
  ListUsersInGroup: { Users: [user] },
  ListGroups: {
    Groups: [
      { GroupName: hostile, Description: hostile },
      { GroupName: 'admin', Description: hostile },
    ],
  },
  AdminListGroupsForUser: { Groups: [{ GroupName: hostile }] },
  AdminGetUser: user,
  AdminCreateUser: { User: user },
  InitiateAuth: {
    ChallengeParameters: { SALT: 'a1', SRP_B: 'b2', SECRET_BLOCK: 'YmxvY2s=', USER_ID_FOR_SRP: hostile },
  },
  RespondToAuthChallenge: { AuthenticationResult: { AccessToken: 'a.b.c', IdToken: 'a.b.c' } },
};
const hostileServer: RequestListener = (request, response) => {
  void text(request).then((body) => {
    if (body.includes('DescribeStacks')) {
      const error = '<Error><Code>ValidationError</Code><Message>It does not exist</Message></Error>';
      response.writeHead(400, { 'content-type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
      return;
    }
    const [, operation] = String(request.headers['x-amz-target']).split('.');
    const answer = answers[operation ?? ''];
    const refusal = { __type: 'SomeException', message: hostile, detail: hostile, code: hostile };
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? refusal));
  });
};

const directory = mkdtempSync(path.join(tmpdir(), 'catalog-output-'));
const inFile = (name: string, content: string) => {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
};

let server: TestServer;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  server = await startServer(hostileServer);
  const url = `http://127.0.0.1:${server.port}`;
  const stack = {
    ...{ authorizer: 'jwt', apiUrl: url, cognitoUrl: url, dynamodbUrl: url, region: 'eu-central-1' },
    ...{ userPoolId: 'local_catalog', clientId: 'client', tableName: 'table' },
  };
  inFile('stack.json', JSON.stringify(stack));
  env = {
    ...{ LOCAL_DIR: directory, CATALOG_PASSWORD: 'password', AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-central-1' },
    ...{ AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' },
  };
});
afterAll(() => server.stop());

const as = ['--as', hostile];
const columns = 'sku,name,slug,description,amount,currency,stockCount,category,status,imageUrl,attributes';

it.each<[command: string, program: Command, args: () => string[]]>([
  ['users list', users, () => ['list']],
  ['users show', users, () => ['show', hostile]],
  ['users invite', users, () => ['invite', hostile, '--group', 'admin']],
  ['users confirm', users, () => ['confirm', hostile]],
  ['users verify-address', users, () => ['verify-address', hostile]],
  ['users disable', users, () => ['disable', hostile]],
  ['users enable', users, () => ['enable', hostile]],
  ['users sign-out', users, () => ['sign-out', hostile]],
  ['users add-to-group', users, () => ['add-to-group', hostile, 'admin']],
  ['users add-to-group, no such group', users, () => ['add-to-group', 'a@example.com', 'none']],
  ['users remove-from-group', users, () => ['remove-from-group', hostile, 'admin']],
  ['users groups', users, () => ['groups']],
  ['users, wrong usage', users, () => [hostile]],
  ['users --stage', users, () => ['list', '--stage', hostile]],
  ['call', call, () => ['GET', '/products', '-i', ...as]],
  ['call, a wrong header', call, () => ['GET', '/products', '-H', hostile, ...as]],
  ['call, a wrong method', call, () => [hostile, '/products', ...as]],
  ['call, a wrong path', call, () => ['GET', hostile, ...as]],
  ['token, no such stage', token, () => ['--stage', hostile, ...as]],
  ['login, no such stage', login, () => ['--stage', hostile]],
  ['catalog export', catalog, () => ['export', path.join(directory, 'products.csv'), ...as]],
  ['catalog export, a wrong name', catalog, () => ['export', hostile, ...as]],
  ['catalog import, a wrong header', catalog, () => ['import', inFile('products.csv', `sku,"${hostile}"\n`), ...as]],
  ['catalog import', catalog, () => ['import', inFile('products.csv', `${columns}\n"${hostile}",,,,,,,,,,\n`), ...as]],
  ['postman:env', environment, () => ['--stage', hostile]],
  ['test:postman', postman, () => ['--stage', hostile]],
])('%s prints what steers a terminal as text', async (_, program, args) => {
  const { stdout, stderr } = await runHere(program, args(), env);
  expectText(stdout + stderr);
});

it.each([
  ['a parameter that there is not', ['--param', `${hostile}=1`]],
  ['an unknown option', [`--${hostile}`]],
])('start, with %s, prints what steers a terminal as text', async (_, args) => {
  const { stdout, stderr } = await runScript('local/start.ts', args, env);
  expectText(stdout + stderr);
});

function expectText(printed: string): void {
  expect(printed.toLowerCase()).toContain('x\\u001b[2j\\u009b31m\\u202eevil\\u2066');
  expect(printed).not.toMatch(steering);
  expect(printed).not.toMatch(/^forged/im);
}
