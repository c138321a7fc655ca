/** No command lets the terminal be steered: by what a file says, by what a server answers, or by what it was given to work on. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startServer, type TestServer } from '../../support/http-server';
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

it.each<[command: string, file: string, args: () => string[]]>([
  ['users list', 'cli/users.ts', () => ['list']],
  ['users show', 'cli/users.ts', () => ['show', hostile]],
  ['users invite', 'cli/users.ts', () => ['invite', hostile, '--group', 'admin']],
  ['users confirm', 'cli/users.ts', () => ['confirm', hostile]],
  ['users verify-address', 'cli/users.ts', () => ['verify-address', hostile]],
  ['users disable', 'cli/users.ts', () => ['disable', hostile]],
  ['users enable', 'cli/users.ts', () => ['enable', hostile]],
  ['users sign-out', 'cli/users.ts', () => ['sign-out', hostile]],
  ['users add-to-group', 'cli/users.ts', () => ['add-to-group', hostile, 'admin']],
  ['users add-to-group, no such group', 'cli/users.ts', () => ['add-to-group', 'a@example.com', 'none']],
  ['users remove-from-group', 'cli/users.ts', () => ['remove-from-group', hostile, 'admin']],
  ['users groups', 'cli/users.ts', () => ['groups']],
  ['users, wrong usage', 'cli/users.ts', () => [hostile]],
  ['users --stage', 'cli/users.ts', () => ['list', '--stage', hostile]],
  ['call', 'cli/call.ts', () => ['GET', '/products', ...as]],
  ['call, a wrong method', 'cli/call.ts', () => [hostile, '/products', ...as]],
  ['call, a wrong path', 'cli/call.ts', () => ['GET', hostile, ...as]],
  ['login, no such stage', 'cli/login.ts', () => ['--stage', hostile]],
  ['catalog export', 'cli/catalog.ts', () => ['export', path.join(directory, 'products.csv'), ...as]],
  ['catalog export, a wrong name', 'cli/catalog.ts', () => ['export', hostile, ...as]],
  [
    'catalog import, a wrong header',
    'cli/catalog.ts',
    () => ['import', inFile('products.csv', `sku,"${hostile}"\n`), ...as],
  ],
  [
    'catalog import',
    'cli/catalog.ts',
    () => ['import', inFile('products.csv', `${columns}\n"${hostile}",,,,,,,,,,\n`), ...as],
  ],
  ['postman:env', 'postman/environment.ts', () => ['--stage', hostile]],
  ['test:postman', 'postman/run.ts', () => ['--stage', hostile]],
  ['start, a parameter that there is not', 'local/start.ts', () => ['--param', `${hostile}=1`]],
  ['start, an unknown option', 'local/start.ts', () => [`--${hostile}`]],
])('%s prints what steers a terminal as text', async (_, file, args) => {
  const { stdout, stderr } = await runScript(file, args(), env);
  const printed = stdout + stderr;
  expect(printed.toLowerCase()).toContain('x\\u001b[2j\\u009b31m\\u202eevil\\u2066');
  expect(printed).not.toMatch(steering);
  expect(printed).not.toMatch(/^forged/im);
});
