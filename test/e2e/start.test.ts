/** `npm start` from its first start to its end. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { StackInfo } from '../../deployment/stack-info';
import { matrixRoutes, outcomeOf } from '../support/access-matrix';
import { eventually } from '../support/eventually';
import { startServer } from '../support/http-server';
import { newSettings, npmStart, openPorts, pressCtrlC, type StartSettings } from '../support/npm-start';
import { cognito, folderOf, password, runningStack, send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const infoOf = ({ LOCAL_DIR }: StartSettings): StackInfo =>
  JSON.parse(readFileSync(path.join(LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;

async function categoryNames(
  info: Pick<StackInfo, 'apiUrl' | 'cognitoUrl' | 'userPoolId' | 'clientId'>,
): Promise<string[]> {
  const { body } = await send(info.apiUrl, 'GET', '/categories', { token: sign(accessClaims(info, ['admin'])) });
  return body.items.map(({ name }: { name: string }) => name);
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

it('keeps data over a Ctrl-C, ends all it started, and forgets everything of its own on --reset', async () => {
  const settings = await newSettings();
  const posted: string[] = [];
  const receiver = await startServer((request, response) => {
    void text(request).then((body) => {
      posted.push(body);
      response.end();
    });
  });
  const first = npmStart(settings, ['--seed', '--events', '--webhook', `http://127.0.0.1:${receiver.port}/hook`]);
  await first.ready;
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
  for (const shown of [info.apiUrl, info.cognitoUrl, info.userPoolId, info.clientId, '123456', 'postman/']) {
    expect(first.output()).toContain(shown);
  }
  const token = sign(accessClaims(info, ['admin']));
  const created = await send(info.apiUrl, 'POST', '/categories', { token, body: { name: 'Kept' } });
  expect(created.status).toBe(201);
  await eventually('event of the category', () => posted.some((event) => event.includes('"Kept"')));
  await eventually('line about it', () =>
    first.output().includes(`\nEvent category.created ${created.body.id} version 1\n`),
  );
  pressCtrlC(first);
  await first.exit;
  await receiver.stop();
  expect(await openPorts(settings)).toEqual([]);
  // What was done after the seeding alone, which its tables tell of.
  expect(first.output().match(/Mail to|"route":"[^"]*"/g)).toEqual(['"route":"POST /categories"']);

  const second = npmStart(settings, ['--seed']);
  await second.ready;
  expect(second.output()).toContain('there already');
  expect(second.output()).not.toMatch(/Mail to|"route"/);
  expect(await categoryNames(info)).toContain('Kept');
  if (second.child.pid !== undefined) process.kill(-second.child.pid, 'SIGKILL');
  await second.exit;
  await eventually('end of all it started', async () => (await openPorts(settings)).length === 0);

  const foreign = path.join(settings.LOCAL_DIR, 'not-ours.txt');
  writeFileSync(foreign, 'kept');
  // With a database of the user's own, and parameters of a deploy, as `sls deploy` takes them.
  const other = runningStack();
  const theirs = await categoryNames(other);
  const parameters = ['reads=public', 'readsMaxAge=60', 'selfSignUp=closed', 'burst=5'].flatMap((parameter) => [
    '--param',
    parameter,
  ]);
  const third = npmStart(settings, ['--reset', ...parameters], { DYNAMODB_ENDPOINT: other.dynamodbUrl });
  await third.ready;
  expect(third.output()).toMatch(/^Without effect on the local stack: burst\.\n/);
  expect(readFileSync(foreign, 'utf8')).toBe('kept');
  expect(existsSync(path.join(settings.LOCAL_DIR, 'dynamodb'))).toBe(false);
  expect((await cognito(info, 'ListUsers', { UserPoolId: info.userPoolId })).body).toEqual({ Users: [] });
  expect(infoOf(settings).dynamodbUrl).toBe(other.dynamodbUrl);
  const expected = [settings.API_PORT, settings.COGNITO_PORT, settings.S3_PORT];
  expect((await openPorts(settings)).sort()).toEqual(expected.sort());
  expect(await categoryNames(info)).toEqual(theirs);
  expect((await outcomesOf(matrixRoutes(), info)).sort()).toEqual(outcomesWithPublicReads);
  const cacheControl = async (route: string) => (await send(info.apiUrl, 'GET', route)).headers['cache-control'];
  expect(await cacheControl('/products')).toBe('public, max-age=60');
  expect(await cacheControl('/products?limit=0')).toBe('no-store');
  const stranger = { ClientId: info.clientId, Username: 'stranger@example.com', Password: password };
  expect(await cognito(info, 'SignUp', stranger)).toMatchObject({ body: { __type: 'NotAuthorizedException' } });
  pressCtrlC(third);
  await third.exit;
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
