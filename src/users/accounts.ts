/** What admins can do with users: the rules of the command `users`, for whoever has the group and no rights on AWS. */
import {
  CodeDeliveryFailureException,
  InvalidParameterException,
  ListUsersCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Group } from '../access/policy';
import { invalidRequest, notFound } from '../errors';
import { log } from '../log';
import { sideBySide } from '../side-by-side';
import { keepingAnAdmin } from './last-admin';
import type { UserQuery } from './parameters';
import * as users from './pool';
import { accountExists, accountUnproved } from './refusals';
import { hasProvedAddress, toUser, type User } from './user';
import { pool } from './user-pool';

/** Cognito gives no more. */
const mostUsers = 60;
/** Cognito answers 50 of these a second, for the whole pool. */
const mostAtOnce = 10;

/** One page, in the order of the pool, which is none that a person would know. Throws `invalid_request` for a token that is none. */
export async function listAccounts({ limit, nextToken, email }: UserQuery): Promise<{
  items: User[];
  nextToken?: string;
}> {
  const found = await pool.client
    .send(
      new ListUsersCommand({
        UserPoolId: pool.userPoolId,
        Limit: Math.min(limit, mostUsers),
        PaginationToken: nextToken,
        ...(email !== undefined && { Filter: `email ^= "${email.replaceAll(/["\\]/g, String.raw`\$&`)}"` }),
      }),
    )
    .catch((error: unknown) => {
      if (!(error instanceof InvalidParameterException)) throw error;
      const pointer = nextToken === undefined ? '/email' : '/nextToken';
      throw invalidRequest([{ in: 'query', pointer, detail: 'is not one that the user pool takes' }]);
    });
  const listed = await sideBySide(
    found.Users ?? [],
    async (user) => {
      const groups = await users.ifThere(users.groupsOf(pool, user.Username ?? ''));
      return groups && toUser(user, user.Attributes, groups);
    },
    mostAtOnce,
  );
  const items = listed.filter((user) => user !== undefined);
  return found.PaginationToken === undefined ? { items } : { items, nextToken: found.PaginationToken };
}

/** Throws `not_found`. */
export async function getAccount(sub: string): Promise<User> {
  const user = await users.findUser(pool, sub);
  if (!user) throw notFound('user');
  return user;
}

/** The temporary password goes to the address. Throws `account_exists`, and `invalid_request` for an address that cannot be mailed to. */
export async function inviteAccount(email: string, group: Group, by: string): Promise<User> {
  try {
    const user = await users.createUser(pool, email, group);
    tell('invited', user, by, group);
    return user;
  } catch (error) {
    throw error instanceof UsernameExistsException ? accountExists(email) : refused(error);
  }
}

/** Cognito knows more of addresses than we do. */
function refused(error: unknown): unknown {
  const detail =
    error instanceof InvalidParameterException
      ? 'is not an address that the user pool takes'
      : error instanceof CodeDeliveryFailureException
        ? 'is an address that no invitation could be mailed to: correct it, or invite again once mail gets there'
        : undefined;
  return detail === undefined ? error : invalidRequest([{ in: 'body', pointer: '/email', detail }]);
}

/** Throws `not_found` where the user has been deleted since they were looked at. */
async function change(work: Promise<unknown>): Promise<void> {
  if (!(await users.ifThere(work.then(() => true)))) throw notFound('user');
}

/** The user as they are then, who has to sign in anew. Throws `not_found`, and `account_unproved` where the address has not been proved. */
export async function joinGroup(sub: string, group: Group, by: string): Promise<User> {
  const user = await getAccount(sub);
  if (user.groups.includes(group)) return user;
  if (!hasProvedAddress(user)) throw accountUnproved();
  await change(users.giveGroup(pool, sub, group));
  tell('joined', user, by, group);
  return { ...user, groups: [...user.groups, group].sort() };
}

/** The user as they are then. Throws `not_found`, and `last_admin`. */
export async function leaveGroup(sub: string, group: Group, by: string): Promise<User> {
  const user = await getAccount(sub);
  if (!user.groups.includes(group)) return user;
  const leave = () => users.leaveGroup(pool, sub, group);
  await change(group === 'admin' ? keepingAnAdmin(user, leave, () => users.joinGroup(pool, sub, group)) : leave());
  tell('left', user, by, group);
  return { ...user, groups: user.groups.filter((name) => name !== group) };
}

/** Nobody signs in with the account any more, and all sign-ins end. Throws `not_found`, and `last_admin`. */
export async function disableAccount(sub: string, by: string): Promise<User> {
  const user = await getAccount(sub);
  const disable = () => users.disable(pool, sub);
  await change(
    user.groups.includes('admin') ? keepingAnAdmin(user, disable, () => users.enable(pool, sub)) : disable(),
  );
  tell('disabled', user, by);
  return { ...user, enabled: false };
}

/** Throws `not_found`. */
export async function enableAccount(sub: string, by: string): Promise<User> {
  const user = await getAccount(sub);
  if (!user.enabled) await change(users.enable(pool, sub));
  tell('enabled', user, by);
  return { ...user, enabled: true };
}

/** All sign-ins end. Throws `not_found`. */
export async function signOutAccount(sub: string, by: string): Promise<User> {
  const user = await getAccount(sub);
  await change(users.signOut(pool, sub));
  tell('signed out', user, by);
  return user;
}

/** AWS's own trail has the function's role; who was behind it is here. */
const tell = (change: string, { sub }: User, by: string, group?: Group) =>
  log.info('account', { change, account: sub, group, by });
