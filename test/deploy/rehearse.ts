/**
 * `npm run test:deploy`: `sls deploy`, rehearsed from end to end on an emulator of AWS. Deploys the stack, uses it as its
 * users would, deploys it again and again, and removes it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, getUser } from '../../cli/user-pool';
import { freePort, type Service } from '../../local/processes';
import { runCollection } from '../../postman/run-collection';
import { runScript } from '../support/run-script';
import { send, signIn, signUp } from '../support/stack';
import { checkAccess } from './access';
import { enterAccount, stage } from './account';
import { allCallers } from './callers';
import { deployedRoutes, findEmulated, readStack, type EmulatedDeployment } from './deployed-stack';
import { installEmulator, startEmulator } from './emulator';
import { takeInventory } from './inventory';
import { copyProject, type ProjectCopy } from './project-copy';
import { step } from './step';

const admin = 'ada@example.com';
const shopper = 'bob@example.com';
const changedFunction = 'list-categories';

async function rehearse(project: ProjectCopy, endpoint: string): Promise<void> {
  const before = await takeInventory();
  await step('sls deploy', 120, () => project.sls('deploy'));
  const stack = await readStack();
  const deployment = await findEmulated(endpoint);

  await step('sign up, confirm, join the group user', 30, () => joinUsers(deployment));
  await step('users CLI: add-to-group admin', 30, makeAdmin);
  const { requests, checks } = await step(
    'Postman collection',
    60,
    () => runCheckedCollection(deployment),
    describeRun,
  );
  assert.ok(requests > 0 && checks >= requests);
  const routes = await deployedRoutes(deployment.apiId);
  const callers = await step('a token for every kind of caller', 30, () => allCallers(deployment, admin, shopper));
  const calls = (count: number) => `${routes.length} routes, ${count} calls`;
  await step('access matrix', 60, () => checkAccess(deployment.apiUrl, routes, callers), calls);

  const isCategoryThere = await createCategory(deployment);
  await step('sls deploy, nothing changed', 60, async () => {
    assert.match(await project.sls('deploy'), /No changes to deploy/);
    assert.deepEqual(await readStack(), stack);
  });
  await step('sls deploy --force, nothing changed', 120, async () => {
    assert.match(await project.sls('deploy', '--force'), /Service deployed to stack/);
    assert.deepEqual(await readStack(), stack, 'a resource was replaced, or a function changed');
    await isCategoryThere();
  });
  await step(`sls deploy, ${changedFunction} changed`, 120, async () => {
    project.changeHandler(changedFunction);
    await project.sls('deploy');
    const { physicalIds, code } = await readStack();
    assert.deepEqual(physicalIds, stack.physicalIds, 'a resource was replaced');
    const changed = Object.keys(code).filter((name) => code[name] !== stack.code[name]);
    assert.deepEqual(changed, [changedFunction], 'other functions changed too, or none did');
    await isCategoryThere();
  });

  const during = await takeInventory();
  for (const [kind, names] of Object.entries(during)) assert.ok(names.length > 0, `the stack has no ${kind}`);
  await step('sls remove', 60, async () => {
    await project.sls('remove');
    assert.deepEqual(await takeInventory(), before, 'something was left behind');
  });
}

async function joinUsers(deployment: EmulatedDeployment): Promise<void> {
  for (const email of [admin, shopper]) {
    await signUp(deployment, email);
    const { status, groups } = await getUser(connect(deployment), email);
    assert.deepEqual({ status, groups }, { status: 'CONFIRMED', groups: ['user'] });
  }
}

async function makeAdmin(): Promise<void> {
  const users = (...args: string[]) => runScript('cli/users.ts', ['--stage', stage, ...args]);
  const { exitCode, stdout, stderr } = await users('add-to-group', admin, 'admin');
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.match(stdout, /is now in admin/);
  assert.match((await users('show', admin)).stdout, /^Groups +admin, user$/m);
}

async function runCheckedCollection(deployment: EmulatedDeployment) {
  const outcome = await runCollection(deployment);
  assert.deepEqual(outcome.failures, []);
  return outcome;
}

const describeRun = ({ requests, checks }: { requests: number; checks: number }) =>
  `${requests} requests, ${checks} checks`;

/** Creates a category; what it answers fails when that, or the admin's sign-in from before, is no longer good. */
async function createCategory(deployment: EmulatedDeployment): Promise<() => Promise<void>> {
  const { AccessToken: token } = await signIn(deployment, admin);
  const created = await send(deployment.apiUrl, 'POST', '/categories', { token, body: { name: 'Kept' } });
  assert.equal(created.status, 201);
  return async () => {
    const { status, body } = await send(deployment.apiUrl, 'GET', `/categories/${created.body.id}`, { token });
    assert.deepEqual({ status, body }, { status: 200, body: created.body });
  };
}

async function main(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-rehearsal-'));
  const logs = path.join(directory, 'logs');
  mkdirSync(logs);
  let emulator: Service | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The emulator and whatever runs at the moment end with this process.
    process.on(signal, () => process.exit(1));
  }
  try {
    await step('install the emulator', 180, () => installEmulator(logs));
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    enterAccount(endpoint);
    emulator = await step('start the emulator', 35, () => startEmulator(port, directory, logs));
    await rehearse(copyProject(path.join(directory, 'project'), logs), endpoint);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\nThe logs are in ${logs}.`);
    process.exitCode = 1;
  } finally {
    await emulator?.stop();
  }
  if (process.exitCode === undefined) rmSync(directory, { recursive: true, force: true });
  process.exit();
}

void main();
