/** The users of the rehearsal: signed up through the deployed pool, and one of them made admin by the users CLI. */
import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { signIn } from '../../deployment/sign-in';
import { connect, getUser } from '../../deployment/user-pool';
import { runScript } from '../support/run-script';
import { password, signUp } from '../support/stack';
import { stage } from './account';
import type { EmulatedDeployment } from './deployed-stack';

export const admin = 'ada@example.com';
export const shopper = 'bob@example.com';

const groupsIn = z.object({ 'cognito:groups': z.array(z.string()) });

/** Signs both up; confirming makes them join `user`. */
export async function joinUsers(deployment: EmulatedDeployment): Promise<void> {
  for (const email of [admin, shopper]) {
    await signUp(deployment, email);
    const { status, groups } = await getUser(connect(deployment), email);
    assert.deepEqual({ status, groups }, { status: 'CONFIRMED', groups: ['user'] });
  }
}

/** By the command, and found in the token of a sign-in by SRP. */
export async function makeAdmin(deployment: EmulatedDeployment): Promise<void> {
  const users = (...args: string[]) => runScript('cli/users.ts', ['--stage', stage, ...args]);
  const { exitCode, stdout, stderr } = await users('add-to-group', admin, 'admin');
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.match(stdout, /is now in admin/);
  assert.match((await users('show', admin)).stdout, /^Groups +admin, user$/m);
  const { accessToken } = await signIn(connect(deployment), { email: admin, password });
  const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
  assert.deepEqual(groupsIn.parse(claims)['cognito:groups'].sort(), ['admin', 'user']);
}
