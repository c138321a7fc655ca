/** What can be done to one user of a pool, by API and command line alike. Users are named by `sub`, or by address where it says so. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
  DeliveryMediumType,
  paginateAdminListGroupsForUser,
  UnsupportedUserStateException,
  UsernameExistsException,
  UserNotFoundException,
  type AdminCreateUserResponse,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { toUser, type User } from './user';

export interface Pool {
  client: CognitoIdentityProviderClient;
  userPoolId: string;
}

const keyOf = ({ userPoolId }: Pool, name: string) => ({ UserPoolId: userPoolId, Username: name });

/** What comes of work on a user; undefined where there is nobody, or nobody any more. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

/** By `sub` or by address; undefined where there is nobody. */
export const findUser = (pool: Pool, name: string): Promise<User | undefined> => ifThere(getUser(pool, name));

async function getUser(pool: Pool, name: string): Promise<User> {
  const { Username, UserAttributes, ...user } = await pool.client.send(new AdminGetUserCommand(keyOf(pool, name)));
  return toUser(user, UserAttributes, await groupsOf(pool, Username ?? name));
}

/** The names of a user's groups, in order. */
export async function groupsOf(pool: Pool, sub: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { Groups = [] } of paginateAdminListGroupsForUser({ client: pool.client }, keyOf(pool, sub))) {
    names.push(...Groups.map(({ GroupName = '' }) => GroupName));
  }
  return names.sort();
}

/**
 * Makes an account whose temporary password goes to the address, and puts it into a group. Whoever signs in with that password
 * has proved the address. Throws Cognito's `UsernameExistsException` where the address has an account that somebody has signed in to, or
 * has made by themselves.
 */
export async function createUser(pool: Pool, email: string, group: string): Promise<User> {
  const { User } = await invite(pool, email);
  await joinGroup(pool, email, group);
  return toUser(User ?? {}, User?.Attributes, await groupsOf(pool, email));
}

/** A temporary password is good for a week: whoever has not signed in by then is sent another one. */
async function invite(pool: Pool, email: string): Promise<AdminCreateUserResponse> {
  const account = { ...keyOf(pool, email), DesiredDeliveryMediums: [DeliveryMediumType.EMAIL] };
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  try {
    return await pool.client.send(new AdminCreateUserCommand({ ...account, UserAttributes }));
  } catch (exists) {
    if (!(exists instanceof UsernameExistsException)) throw exists;
    // Cognito refuses all others as well; who gets a group along is not left to that alone.
    if ((await findUser(pool, email))?.status !== 'FORCE_CHANGE_PASSWORD') throw exists;
    return await pool.client
      .send(new AdminCreateUserCommand({ ...account, MessageAction: 'RESEND' }))
      .catch((error: unknown) => {
        throw error instanceof UnsupportedUserStateException ? exists : error;
      });
  }
}

/** By `sub` or by address. Nothing is said of whether the account may have the group. */
export const joinGroup = (pool: Pool, name: string, group: string) =>
  pool.client.send(new AdminAddUserToGroupCommand({ ...keyOf(pool, name), GroupName: group }));

/**
 * The same for an account that may be signed in. Whoever may do more signs in anew: a new password ends no sign-in
 * (aws-amplify/amplify-js#6559), so one of before may be that of a stranger who had signed up with somebody else's address.
 */
export async function giveGroup(pool: Pool, sub: string, group: string): Promise<void> {
  await signOut(pool, sub);
  await joinGroup(pool, sub, group);
}

export const leaveGroup = (pool: Pool, sub: string, group: string) =>
  pool.client.send(new AdminRemoveUserFromGroupCommand({ ...keyOf(pool, sub), GroupName: group }));

/** No sign-in any more, and none of before counts. */
export async function disable(pool: Pool, sub: string): Promise<void> {
  await pool.client.send(new AdminDisableUserCommand(keyOf(pool, sub)));
  // Disabling keeps refresh tokens from working, and a later enabling would make them work again.
  await signOut(pool, sub);
}

export const enable = (pool: Pool, sub: string) => pool.client.send(new AdminEnableUserCommand(keyOf(pool, sub)));

/** Ends all sign-ins. */
export const signOut = (pool: Pool, sub: string) =>
  pool.client.send(new AdminUserGlobalSignOutCommand(keyOf(pool, sub)));
