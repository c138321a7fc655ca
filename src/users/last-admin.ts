/** Somebody is always left who may let others in: Cognito has no conditions on what it writes, so it is looked at before and after. */
import { paginateListUsersInGroup } from '@aws-sdk/client-cognito-identity-provider';
import type { Group } from '../access/policy';
import { lastAdmin } from './refusals';
import type { User } from './user';
import { pool } from './user-pool';

const admin: Group = 'admin';

/** Not able to sign in until they have proved something first. */
const pending = ['UNCONFIRMED', 'FORCE_CHANGE_PASSWORD'];

/** Whether there is an admin who can sign in today; `besides` whom, where that matters. */
async function isAdminLeft(besides?: string): Promise<boolean> {
  const inGroup = { UserPoolId: pool.userPoolId, GroupName: admin };
  for await (const { Users = [] } of paginateListUsersInGroup({ client: pool.client }, inGroup)) {
    const able = Users.filter(({ Enabled = true, UserStatus = '' }) => Enabled && !pending.includes(UserStatus));
    if (able.some(({ Username }) => Username !== besides)) return true;
  }
  return false;
}

/**
 * Takes what makes them an admin away from somebody. Of two who do that to each other at the same moment, whoever looks last
 * finds nobody, and gives it back. Throws `last_admin`.
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
