/** `npm start` from its first start to its end. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { StackInfo } from '../../deployment/stack-info';
import { matrixRoutes, outcomeOf } from '../support/access-matrix';
import { eventually } from '../support/eventually';
import { startServer } from '../support/http-server';
import { newSettings, npmStart, openPorts, pressCtrlC, type StartSettings } from '../support/npm-start';
import { cognito, folderOf, password, runningStack, send } from '../support/stack';
import { scanTable } from '../support/stack-table';
import { accessClaims, sign } from '../support/tokens';

const infoOf = ({ LOCAL_DIR }: StartSettings): StackInfo =>
  JSON.parse(readFileSync(path.join(LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;

/** A token that this stack takes for one of its own: after a reset, it has a key that no test has made. */
const adminTokenOf = ({ LOCAL_DIR }: StartSettings, info: StackInfo) =>
  sign(accessClaims(info, ['admin']), {
    key: readFileSync(path.join(LOCAL_DIR, 'cognito', 'signing-key.pem'), 'utf8'),
  });

async function categoryNames({ apiUrl }: StackInfo, token: string): Promise<string[]> {
  const { body } = await send(apiUrl, 'GET', '/categories', { token });
  return body.items.map(({ name }: { name: string }) => name);
}

const addCategory = ({ apiUrl }: StackInfo, token: string, name: string) =>
  send(apiUrl, 'POST', '/categories', { token, body: { name } });

async function emails(info: StackInfo): Promise<string[]> {
  const { body } = await cognito(info, 'ListUsers', { UserPoolId: info.userPoolId });
  const users: { Attributes: { Name: string; Value: string }[] }[] = body.Users;
  return users.flatMap(({ Attributes }) => Attributes.flatMap(({ Name, Value }) => (Name === 'email' ? [Value] : [])));
}

/** What callers without a token get from each route. */
const outcomesOf = (routes: ReturnType<typeof matrixRoutes>, { apiUrl }: StackInfo) =>
  Promise.all(routes.map(async ({ routeKey }) => `${routeKey}: ${await outcomeOf(apiUrl, routeKey, undefined)}`));

const plainReads = [
  ...['GET /categories', 'GET /categories/tree', 'GET /categories/{categoryId}'],
  ...['GET /products', 'GET /products/{productId}'],
];
const outcomesWithPublicReads = matrixRoutes()
  .map(({ routeKey }) => `${routeKey}: ${plainReads.includes(routeKey) ? 'served' : 'unauthorized'}`)
  .sort();

/** Leaves in the folder what a stack has there with this category and this user, and what is no stack's. */
async function leaveEarlierStack({ LOCAL_DIR }: StartSettings, name: string, email: string): Promise<void> {
  const earlier = runningStack();
  await addCategory(earlier, sign(accessClaims(earlier, ['admin'])), name);
  await cognito(earlier, 'SignUp', { ClientId: earlier.clientId, Username: email, Password: password });
  for (const part of ['stack.json', 'dynamodb', 'cognito']) {
    cpSync(path.join(folderOf('jwt'), part), path.join(LOCAL_DIR, part), { recursive: true });
  }
  writeFileSync(path.join(LOCAL_DIR, 'not-ours.txt'), 'kept');
}

it('forgets an earlier stack on --reset, keeps data over a Ctrl-C, and ends all it started however it ends', async () => {
  const settings = await newSettings();
  const stranger = 'stranger@example.com';
  await leaveEarlierStack(settings, 'Of an earlier stack', stranger);
  const posted: string[] = [];
  const receiver = await startServer((request, response) => {
    void text(request).then((body) => {
      posted.push(body);
      response.end();
    });
  });
  // With parameters of a deploy, as `sls deploy` takes them.
  const parameters = ['reads=public', 'readsMaxAge=60', 'selfSignUp=closed', 'burst=5'].flatMap((parameter) => [
    '--param',
    parameter,
  ]);
  const webhook = ['--events', '--webhook', `http://127.0.0.1:${receiver.port}/hook`];
  const first = npmStart(settings, ['--reset', '--seed', ...webhook, ...parameters]);
  await first.ready;
  expect(first.output()).toMatch(/^Without effect on the local stack: burst\.\n/);
  const info = infoOf(settings);
  expect(info).toEqual({
    authorizer: 'jwt',
    authorizerCacheSeconds: 0,
    apiUrl: `http://127.0.0.1:${settings.API_PORT}`,
    cognitoUrl: `http://127.0.0.1:${settings.COGNITO_PORT}`,
    dynamodbUrl: `http://127.0.0.1:${settings.DYNAMODB_PORT}`,
    region: 'eu-central-1',
    userPoolId: 'local_catalog',
    clientId: 'localcatalogclient',
    tableName: 'admin-catalog-local',
    imagesUrl: `http://127.0.0.1:${settings.S3_PORT}`,
  });
  const invitation = 'nobody can sign up: invite by "npm run users -- invite <address>"';
  for (const shown of [info.apiUrl, info.cognitoUrl, info.userPoolId, info.clientId, invitation, 'postman/']) {
    expect(first.output()).toContain(shown);
  }
  const token = adminTokenOf(settings, info);
  expect(readFileSync(path.join(settings.LOCAL_DIR, 'not-ours.txt'), 'utf8')).toBe('kept');
  const seeded = await categoryNames(info, token);
  expect(seeded).not.toContain('Of an earlier stack');
  expect((await emails(info)).sort()).toEqual(['admin@example.com', 'shopper@example.com']);
  expect(
    await cognito(info, 'SignUp', { ClientId: info.clientId, Username: stranger, Password: password }),
  ).toMatchObject({ body: { __type: 'NotAuthorizedException' } });

  const created = await addCategory(info, token, 'Kept');
  expect(created.status).toBe(201);
  await eventually('event of the category', () => posted.some((event) => event.includes('"Kept"')));
  await eventually('line about it', () =>
    first.output().includes(`\nEvent category.created ${created.body.id} version 1\n`),
  );
  expect((await outcomesOf(matrixRoutes(), info)).sort()).toEqual(outcomesWithPublicReads);
  const cacheControl = async (route: string) => (await send(info.apiUrl, 'GET', route)).headers['cache-control'];
  expect(await cacheControl('/products')).toBe('public, max-age=60');
  expect(await cacheControl('/products?limit=0')).toBe('no-store');
  pressCtrlC(first);
  await first.exit;
  await receiver.stop();
  expect(await openPorts(settings)).toEqual([]);
  // What was done after the seeding alone, which its tables tell of: all the rest was read.
  const told = first.output().match(/Mail to|"route":"(?!GET )[^"]*"/g);
  expect(told).toEqual(['"route":"POST /categories"']);

  const second = npmStart(settings, ['--seed']);
  await second.ready;
  expect(second.output()).toContain('there already');
  expect(second.output()).toContain('the confirmation code is always 123456');
  expect(second.output()).not.toMatch(/Mail to|"route"/);
  expect((await categoryNames(info, token)).sort()).toEqual([...seeded, 'Kept'].sort());
  if (second.child.pid !== undefined) process.kill(-second.child.pid, 'SIGKILL');
  await second.exit;
  await eventually('end of all it started', async () => (await openPorts(settings)).length === 0);
});

// The port that it would have its own on is not free: test/support/start-stack.ts has the other one there.
it('keeps the catalogue in the database that DYNAMODB_ENDPOINT names, and has none of its own', async () => {
  const stack = runningStack('lambda');
  const { status, body } = await addCategory(
    stack,
    sign(accessClaims(stack, ['admin'])),
    'In the database of the user',
  );
  expect(status).toBe(201);
  expect(await scanTable(stack)).toContainEqual(expect.objectContaining({ id: body.id, name: body.name }));
  expect(existsSync(path.join(folderOf('lambda'), 'dynamodb'))).toBe(false);
});

// With one for each function, on Node 20, a fifth of the time of requests went into handing their values on from promise to promise.
it('has one AsyncLocalStorage for all functions', () => {
  const bundles = path.join(folderOf('jwt'), 'bundles');
  const scripts = readdirSync(bundles, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(60);
  const making = scripts.filter((name) =>
    /new \S*AsyncLocalStorage/.test(readFileSync(path.join(bundles, name), 'utf8')),
  );
  expect(making).toEqual(['deadline.js']);
});
