/**
 * Keeps at least one admin who can sign in. Cognito cannot make a write depend on a condition, so this is looked at
 * before and after it.
 */
import { paginateListUsersInGroup } from '@aws-sdk/client-cognito-identity-provider';
import type { Group } from '../access/policy';
import { lastAdmin } from './refusals';
import type { User } from './user';
import { pool } from './user-pool';

const admin: Group = 'admin';

/** Users with one of these cannot sign in yet. */
const pending = ['UNCONFIRMED', 'FORCE_CHANGE_PASSWORD'];

/** Whether there is an admin, other than `besides`, who can sign in today. */
async function isAdminLeft(besides?: string): Promise<boolean> {
  const inGroup = { UserPoolId: pool.userPoolId, GroupName: admin };
  for await (const { Users = [] } of paginateListUsersInGroup({ client: pool.client }, inGroup)) {
    const able = Users.filter(({ Enabled = true, UserStatus = '' }) => Enabled && !pending.includes(UserStatus));
    if (able.some(({ Username }) => Username !== besides)) return true;
  }
  return false;
}

/**
 * Runs a change that takes an admin's rights away, and undoes it if it turns out that no admin is left: of two admins
 * who do that to each other at the same moment, whoever looks last finds nobody. Throws `last_admin`.
 */
export async function keepingAnAdmin(
  { sub }: User,
  change: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<void> {
  if (!(await isAdminLeft(sub))) throw lastAdmin();
  await change();
  if (await isAdminLeft()) return;
  await undo();
  throw lastAdmin();
}
