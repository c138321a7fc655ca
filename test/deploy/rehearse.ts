/**
 * `npm run test:deploy`: `sls deploy`, rehearsed from end to end on an emulator of AWS. Deploys the stack, uses it as its
 * users would, deploys it again and again, in the end with another authorizer, and removes it. Packages what no emulator runs.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../local/processes/ports';
import { runCollection } from '../../postman/run-collection';
import { requests as collectionRequests } from '../support/postman';
import { stopAll, stopAtTheEnd } from '../support/services';
import { checkAccess } from './access';
import { enterAccount } from './account';
import { checkAuthorizerLog } from './authorizer-log';
import { allCallers } from './callers';
import { checkConsole } from './console';
import { useConsole } from './console-in-browser';
import { findEmulated, type EmulatedDeployment } from './deployed-stack';
import { installEmulator, startEmulator } from './emulator';
import { checkEvents } from './events';
import { packageIdentityPool } from './identity-pool';
import { addLackingIndexes } from './indexes';
import { takeInventory } from './inventory';
import { checkPictures, emptyBucket } from './pictures';
import { copyProject, type ProjectCopy } from './project-copy';
import { redeploy } from './redeploy';
import { requireNone } from './require-none';
import { step } from './step';
import { admin, joinUsers, makeAdmin, shopper } from './users';

async function rehearse(project: ProjectCopy, endpoint: string): Promise<void> {
  const before = await takeInventory();
  await step('sls deploy', () => project.sls('deploy'));
  const deployment = await findEmulated(endpoint);
  await step('sign up, confirm, join the group user', () => joinUsers(deployment));
  await step('users CLI: add-to-group admin, then sign in by SRP', () => makeAdmin(deployment));
  await step('events: from the stream to a queue behind the bus', () => checkEvents(deployment), String);
  await step('a picture: form, bucket, notification, product', () => checkPictures(deployment), String);
  await step('Postman collection', () => runWholeCollection(deployment), String);

  const callers = await step('a token for every kind of caller', () => allCallers(deployment, admin, shopper));
  await step('access matrix, JWT authorizer', () => checkAccess(deployment, 'jwt', callers), String);
  await step('console: page and begin of a sign-in', () => checkConsole(deployment), String);

  await step('upgrade: two indexes that the table lacks', addLackingIndexes, String);
  await redeploy(project, deployment);
  await step('access matrix, Lambda authorizer', () => checkAccess(deployment, 'lambda', callers), String);
  await step('log of the Lambda authorizer', checkAuthorizerLog, String);
  await step('console in a browser', () => useConsole(deployment, admin), String);

  const deployed = Object.entries(await takeInventory());
  requireNone(
    'the stack should have, but has not',
    deployed.filter(([, names]) => names.length === 0).map(([kind]) => kind),
  );
  await step('sls remove', async () => {
    await emptyBucket();
    await project.sls('remove');
    assert.deepEqual(await takeInventory(), before);
  });
  await step('sls package, identity pool', () => packageIdentityPool(project), String);
}

async function runWholeCollection(deployment: EmulatedDeployment): Promise<string> {
  const { requests, checks, failures } = await runCollection(deployment);
  requireNone('these checks failed', failures);
  assert.equal(requests, collectionRequests.length);
  return `${requests} requests, ${checks} checks`;
}

async function installAndRehearse(directory: string, logs: string): Promise<void> {
  const commands = await step('install the emulator', () => installEmulator(logs));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  enterAccount(endpoint);
  stopAtTheEnd(await step('start the emulator', () => startEmulator(commands, port, directory, logs)));
  await rehearse(copyProject(path.join(directory, 'project'), logs), endpoint);
}

/** Rejects when somebody ends the rehearsal. */
const interruption = () =>
  new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Error('The rehearsal was interrupted')));
    }
  });

export async function main(): Promise<never> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-rehearsal-'));
  const logs = path.join(directory, 'logs');
  const temporary = path.join(directory, 'tmp');
  for (const folder of [logs, temporary]) mkdirSync(folder);
  // What deploy and emulator leave there goes with the rest.
  process.env['TMPDIR'] = temporary;
  try {
    await Promise.race([installAndRehearse(directory, logs), interruption()]);
    await stopAll();
    rmSync(directory, { recursive: true });
    process.exit(0);
  } catch (error) {
    // What still runs, as after an interruption, ends with this process.
    await stopAll();
    console.error(`\n${error instanceof Error ? error.message : String(error)}\nThe logs are in ${logs}.`);
    process.exit(1);
  }
}
