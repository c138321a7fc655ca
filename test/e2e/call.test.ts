/** `npm run call`: one request as a person makes it, with each authorizer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { program } from '../../cli/call';
import { projectRoot } from '../../deployment/service';
import { load, signInByBrowser } from '../support/browser';
import { newMember } from '../support/members';
import { runHere } from '../support/run-here';
import { launcher } from '../support/run-script';
import { cognito, folderOf, password, runningStack, type Authorizer } from '../support/stack';

const admin = 'caller-admin@example.com';
const stranger = 'caller-stranger@example.com';
const nobody = 'caller-nobody@example.com';
const unconfirmed = 'caller-unconfirmed@example.com';

const authorizers: Authorizer[] = ['jwt', 'iam'];

beforeAll(async () => {
  for (const authorizer of authorizers) {
    await newMember(runningStack(authorizer), admin, ['admin', 'user']);
    await newMember(runningStack(authorizer), stranger, []);
  }
  const { clientId: ClientId } = runningStack();
  await cognito(runningStack(), 'SignUp', { ClientId, Username: unconfirmed, Password: password });
});

const environment = (authorizer: Authorizer) => ({ LOCAL_DIR: folderOf(authorizer), CATALOG_PASSWORD: password });
const call = (authorizer: Authorizer, args: string[], env = {}) =>
  runHere(program, args, { ...environment(authorizer), ...env });

it.each([
  ['jwt', 'The request carries the access token, with all groups of the user.'],
  ['iam', 'The request is signed with credentials of the identity pool eu-central-1:'],
] as const)('creates what an admin sends, with the authorizer %s', async (authorizer, way) => {
  const body = JSON.stringify({ name: 'Grün & Co: 50 %' });
  const created = await call(authorizer, ['POST', '/categories', '--as', admin, '--data', body]);
  expect(created).toMatchObject({ exitCode: 0 });
  expect(created.stderr).toContain(`Signed in as ${admin}.\n${way}`);
  const { id, version } = JSON.parse(created.stdout);

  const path = `/categories/${id}`;
  const change = ['--as', admin, '--if-match', String(version), '--data', '{"name":"Renamed"}'];
  const changed = await call(authorizer, ['patch', path, ...change]);
  expect(JSON.parse(changed.stdout)).toMatchObject({ id, name: 'Renamed' });
  const stale = await call(authorizer, ['PATCH', path, ...change]);
  expect(stale).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('answered 412') });
  expect(JSON.parse(stale.stdout)).toMatchObject({ code: 'stale_version' });
});

it.each(authorizers)(
  'shows status and headers, and sends those that are given, with the authorizer %s',
  async (authorizer) => {
    const args = ['--data', '{"name":"With headers"}', '--as', admin, '-i', '-H', 'Idempotency-Key: with-headers'];
    const create = () => call(authorizer, ['POST', '/categories', ...args, '--header', 'X-Other: 1']);
    const [first, again] = [await create(), await create()];
    const [head = '', body = ''] = first.stdout.split('\n\n');
    const lines = head.split('\n');
    expect(lines[0]).toBe('HTTP 201 Created');
    expect(lines).toContain('etag: "1"');
    expect(lines).toContain(`location: /categories/${JSON.parse(body).id}`);
    expect(again.stdout.split('\n')).toContain('idempotency-replayed: true');
  },
);

it.each([
  ['jwt', /GET \/products answered 403\n$/],
  ['iam', /The identity pool gives this user no role: add the user to a group, then sign in again\.\n$/],
] as const)('says that someone in no group is refused, with the authorizer %s', async (authorizer, message) => {
  const args = ['GET', '/products', '--as', stranger];
  const { exitCode, stderr } = await call(authorizer, args);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
});

it.each<[string, string[], object, string]>([
  ['a password', ['GET', '/products', '--as', admin], { CATALOG_PASSWORD: undefined }, 'Set CATALOG_PASSWORD to the'],
  [
    'the right password',
    ['GET', '/', '--as', admin],
    { CATALOG_PASSWORD: 'Other-1' },
    `${admin} has another password than the one given: set CATALOG_PASSWORD to the right one.`,
  ],
  ['a user', ['GET', '/products', '--as', nobody], {}, `There is no user ${nobody}: "npm run users -- list" shows all`],
  [
    'a confirmation',
    ['GET', '/products', '--as', unconfirmed],
    {},
    `${unconfirmed} has not confirmed the sign-up: enter`,
  ],
  ['a caller', ['GET', '/products'], {}, 'Say who calls: either --as <email>, or --login to sign in by browser.'],
  ['one caller', ['GET', '/products', '--as', admin, '--login'], {}, 'Say who calls: either --as <email>, or --login'],
  ['a method', ['FETCH', '/products', '--as', admin], {}, 'FETCH is none of GET, POST, PUT, PATCH, DELETE.'],
  [
    'one version',
    ['PATCH', '/', '--if-match', '1', '-H', 'If-Match: "1"', '--as', admin],
    {},
    'The version is given twice: by --if-match and by a header.',
  ],
  ['another method', ['GET', '/products', '--data', '{}', '--as', admin], {}, 'A GET has no body: leave --data out'],
  ['a path', ['GET', 'products', '--as', admin], {}, 'must begin with a slash'],
])('says in one sentence what is wrong without %s', async (_, args, env, message) => {
  const { exitCode, stdout, stderr } = await call('jwt', args, env);
  expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 1, stdout: '', lines: 1 });
  expect(stderr).toContain(message);
});

it('calls as whoever signs in by browser', async () => {
  const args = [launcher, 'cli/call.ts', 'GET', '/products', '--login'];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, LOCAL_DIR: folderOf('jwt') },
  });
  const ended = once(child, 'close');
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const [url] = /^http\S+$/m.exec(said) ?? [];
      if (url && said.endsWith('\n\n')) resolve(url);
    });
    void ended.then(() => reject(new Error(said)));
  });
  const answer = text(child.stdout);
  await load(await signInByBrowser(address, admin, password));
  expect(await ended).toEqual([0, null]);
  expect(said).toContain(`Signed in as ${admin}.\n`);
  expect(JSON.parse(await answer)).toHaveProperty('items');
});
