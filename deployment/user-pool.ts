/** What can be done with the users of a pool; the AWS console has the same steps. Users are named by e-mail address. */
import './quiet-sdk';
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
  UserNotFoundException,
  type AttributeType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Deployment } from './deployment';
import { Failure } from './failure';

export interface UserPool {
  client: CognitoIdentityProviderClient;
  userPoolId: string;
  clientId: string;
}

export interface User {
  /** The user's id, which records carry as their author. */
  sub: string;
  email: string;
  emailVerified: boolean;
  /** Cognito's word: `UNCONFIRMED`, `CONFIRMED`, … */
  status: string;
  enabled: boolean;
  groups: string[];
}

export interface Group {
  name: string;
  description: string;
}

export function connect({ region, userPoolId, clientId, cognitoEndpoint }: Deployment): UserPool {
  const local = { endpoint: cognitoEndpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new CognitoIdentityProviderClient({ region, ...(cognitoEndpoint ? local : {}) });
  return { client, userPoolId, clientId };
}

/** All users, by address. */
export async function listUsers(pool: UserPool): Promise<User[]> {
  const { client, userPoolId } = pool;
  const groups = new Map<string | undefined, string[]>();
  for (const { name } of await listGroups(pool)) {
    for await (const { Users = [] } of paginateListUsersInGroup(
      { client },
      { UserPoolId: userPoolId, GroupName: name },
    )) {
      for (const { Username } of Users) groups.set(Username, [...(groups.get(Username) ?? []), name]);
    }
  }
  const users: User[] = [];
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId: userPoolId })) {
    users.push(...Users.map((user) => toUser(user, user.Attributes, groups.get(user.Username))));
  }
  return users.sort((a, b) => a.email.localeCompare(b.email));
}

/** Throws `Failure` where there is no such user. */
export async function getUser(pool: UserPool, email: string): Promise<User> {
  const { Username, ...user } = await readUser(pool, email);
  return toUser(user, user.UserAttributes, await groupsOf(pool, Username));
}

/**
 * Confirms a sign-up that is not confirmed yet, and marks the address as verified. Returns the status that the user had
 * before. Throws `Failure` where there is no such user.
 */
export async function confirmUser(pool: UserPool, email: string): Promise<string> {
  const { Username, UserStatus = '' } = await readUser(pool, email);
  const key = { UserPoolId: pool.userPoolId, Username };
  if (UserStatus === 'UNCONFIRMED') await pool.client.send(new AdminConfirmSignUpCommand(key));
  const verified = [{ Name: 'email_verified', Value: 'true' }];
  await pool.client.send(new AdminUpdateUserAttributesCommand({ ...key, UserAttributes: verified }));
  return UserStatus;
}

/** The result says whether this changed anything. Throws `Failure` where there is no such user or group. */
export async function addToGroup(pool: UserPool, email: string, group: string): Promise<boolean> {
  const { key, member } = await readMembership(pool, email, group);
  if (!member) await pool.client.send(new AdminAddUserToGroupCommand(key));
  return !member;
}

/** The result says whether this changed anything. Throws `Failure` where there is no such user or group. */
export async function removeFromGroup(pool: UserPool, email: string, group: string): Promise<boolean> {
  const { key, member } = await readMembership(pool, email, group);
  if (member) await pool.client.send(new AdminRemoveUserFromGroupCommand(key));
  return member;
}

/** Deletes the user, if there is one. */
export async function deleteUser({ client, userPoolId }: UserPool, email: string): Promise<void> {
  try {
    await client.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: email }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}

/** All groups of the pool, by name. */
export async function listGroups({ client, userPoolId }: UserPool): Promise<Group[]> {
  const groups: Group[] = [];
  for await (const { Groups = [] } of paginateListGroups({ client }, { UserPoolId: userPoolId })) {
    groups.push(
      ...Groups.map(({ GroupName = '', Description = '' }) => ({ name: GroupName, description: Description })),
    );
  }
  return groups.sort((a, b) => a.name.localeCompare(b.name));
}

async function readMembership(pool: UserPool, email: string, group: string) {
  const { Username } = await readUser(pool, email);
  const known = (await listGroups(pool)).map(({ name }) => name);
  if (!known.includes(group)) throw new Failure(`There is no group "${group}": choose one of ${known.join(', ')}.`);
  const member = (await groupsOf(pool, Username)).includes(group);
  return { key: { UserPoolId: pool.userPoolId, Username, GroupName: group }, member };
}

async function readUser({ client, userPoolId }: UserPool, email: string) {
  try {
    return await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
    throw new Failure(`There is no user ${email}: "npm run users -- list" shows all, and a sign-up adds one.`);
  }
}

async function groupsOf({ client, userPoolId }: UserPool, Username: string | undefined): Promise<string[]> {
  const names: string[] = [];
  for await (const { Groups = [] } of paginateAdminListGroupsForUser(
    { client },
    { UserPoolId: userPoolId, Username },
  )) {
    names.push(...Groups.map(({ GroupName = '' }) => GroupName));
  }
  return names.sort();
}

const toUser = (
  { UserStatus = '', Enabled = true }: { UserStatus?: string | undefined; Enabled?: boolean | undefined },
  attributes: AttributeType[] | undefined,
  groups: string[] = [],
): User => ({
  sub: attribute(attributes, 'sub') ?? '',
  email: attribute(attributes, 'email') ?? '',
  emailVerified: attribute(attributes, 'email_verified') === 'true',
  status: UserStatus,
  enabled: Enabled,
  groups,
});

const attribute = (attributes: AttributeType[] | undefined, name: string) =>
  attributes?.find((candidate) => candidate.Name === name)?.Value;
