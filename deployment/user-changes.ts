/** What an operator can do with users; the AWS console has the same steps. A user is named by address or by id (`sub`). */
import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { createUser, disable, enable, giveGroup, leaveGroup, signOut } from '../src/users/pool';
import { hasProvedAddress } from '../src/users/user';
import { Failure } from './failure';
import { getUser, listGroups, type User, type UserPool } from './user-pool';

/** Cognito names users of this pool by their id. */
const keyOf = ({ userPoolId }: UserPool, { sub }: User) => ({ UserPoolId: userPoolId, Username: sub });

/**
 * Makes an account whose temporary password goes to the address, and puts it into a group. Whoever signs in with that password
 * has proved the address. Throws `Failure` where the address has an account, or there is no such group.
 */
export async function inviteUser(pool: UserPool, email: string, group: string): Promise<void> {
  await requireGroup(pool, group);
  try {
    await createUser(pool, email, group);
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
    throw new Failure(
      `${email} has an account already, which may be anybody's: "npm run users -- show ${email}" tells whose.`,
    );
  }
}

/** Confirms a sign-up, and says nothing of its address. Returns the user before that. Throws `Failure` where there is none. */
export async function confirmUser(pool: UserPool, name: string): Promise<User> {
  const user = await getUser(pool, name);
  if (user.status === 'UNCONFIRMED') await pool.client.send(new AdminConfirmSignUpCommand(keyOf(pool, user)));
  return user;
}

/**
 * Marks the address as proved: the caller vouches that whoever holds the account receives its mail. Returns the user before
 * that. Throws `Failure` where there is none.
 */
export async function verifyAddress(pool: UserPool, name: string): Promise<User> {
  const user = await getUser(pool, name);
  const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
  if (!user.emailVerified) {
    await pool.client.send(new AdminUpdateUserAttributesCommand({ ...keyOf(pool, user), UserAttributes }));
  }
  return user;
}

/**
 * Returns the user before that, who has to sign in anew. Throws `Failure` where there is no such user or group, and for an account that has not proved
 * its address, unless `vouched` says that the caller knows who holds it: anybody can sign up with any address.
 */
export async function addToGroup(pool: UserPool, name: string, group: string, vouched = false): Promise<User> {
  const user = await getUser(pool, name);
  await requireGroup(pool, group);
  if (user.groups.includes(group)) return user;
  if (!vouched && !hasProvedAddress(user)) throw unproved(user, group);
  await giveGroup(pool, user.sub, group);
  return user;
}

const unproved = (user: User, group: string) =>
  new Failure(
    `${describeAccount(user)} has not proved the address, and anybody can sign up with any address: let them confirm with the ` +
      `code that was mailed, or, if you know who holds this account, add --vouch-for-holder to put it into ${group}.`,
  );

/** Describes the account, so that one person is not taken for another. */
export const describeAccount = ({ email, sub, createdAt, status }: User): string =>
  `${email} (sub ${sub}, signed up ${createdAt?.toISOString() ?? 'at an unknown time'}, ${status})`;

/** Returns the user before that. Throws `Failure` where there is no such user or group. */
export async function removeFromGroup(pool: UserPool, name: string, group: string): Promise<User> {
  const user = await getUser(pool, name);
  await requireGroup(pool, group);
  if (user.groups.includes(group)) await leaveGroup(pool, user.sub, group);
  return user;
}

/** No sign-in any more, and none of before counts. Returns the user before that. Throws `Failure` where there is none. */
export async function disableUser(pool: UserPool, name: string): Promise<User> {
  const user = await getUser(pool, name);
  await disable(pool, user.sub);
  return user;
}

/** Returns the user before that. Throws `Failure` where there is none. */
export async function enableUser(pool: UserPool, name: string): Promise<User> {
  const user = await getUser(pool, name);
  if (!user.enabled) await enable(pool, user.sub);
  return user;
}

/** Ends all sign-ins. Throws `Failure` where there is no such user. */
export async function signOutUser(pool: UserPool, name: string): Promise<User> {
  const user = await getUser(pool, name);
  await signOut(pool, user.sub);
  return user;
}

/** Deletes the user, if there is one. */
export async function deleteUser({ client, userPoolId }: UserPool, name: string): Promise<void> {
  try {
    await client.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: name }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}

async function requireGroup(pool: UserPool, group: string): Promise<void> {
  const known = (await listGroups(pool)).map(({ name }) => name);
  if (!known.includes(group)) throw new Failure(`There is no group "${group}": choose one of ${known.join(', ')}.`);
}
