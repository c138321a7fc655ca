/** The users of the rehearsal: signed up through the deployed pool, and one of them made admin by the users CLI. */
import assert from 'node:assert/strict';
import { connect, getUser } from '../../deployment/user-pool';
import { runScript } from '../support/run-script';
import { signUp } from '../support/stack';
import { stage } from './account';
import type { EmulatedDeployment } from './deployed-stack';

export const admin = 'ada@example.com';
export const shopper = 'bob@example.com';

/** Signs both up; confirming makes them join `user`. */
export async function joinUsers(deployment: EmulatedDeployment): Promise<void> {
  for (const email of [admin, shopper]) {
    await signUp(deployment, email);
    const { status, groups } = await getUser(connect(deployment), email);
    assert.deepEqual({ status, groups }, { status: 'CONFIRMED', groups: ['user'] });
  }
}

export async function makeAdmin(): Promise<void> {
  const users = (...args: string[]) => runScript('cli/users.ts', ['--stage', stage, ...args]);
  const { exitCode, stdout, stderr } = await users('add-to-group', admin, 'admin');
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.match(stdout, /is now in admin/);
  assert.match((await users('show', admin)).stdout, /^Groups +admin, user$/m);
}
