/** The users and groups of a pool. A user is named by address or by id (`sub`). */
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
  UserNotFoundException,
  type AttributeType,
  type UserType,
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
  /** When the user signed up or was invited. */
  createdAt: Date | undefined;
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
export async function getUser(pool: UserPool, name: string): Promise<User> {
  const { Username, ...user } = await readUser(pool, name);
  return toUser(user, user.UserAttributes, await groupsOf(pool, Username));
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

async function readUser({ client, userPoolId }: UserPool, name: string) {
  try {
    return await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: name }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
    throw new Failure(
      `There is no user ${name}: "npm run users -- list" shows all, and a sign-up or "npm run users -- invite" adds one.`,
    );
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
  { UserStatus, Enabled = true, UserCreateDate }: Pick<UserType, 'UserStatus' | 'Enabled' | 'UserCreateDate'>,
  attributes: AttributeType[] | undefined,
  groups: string[] = [],
): User => ({
  sub: attribute(attributes, 'sub') ?? '',
  email: attribute(attributes, 'email') ?? '',
  emailVerified: attribute(attributes, 'email_verified') === 'true',
  status: UserStatus ?? '',
  enabled: Enabled,
  createdAt: UserCreateDate,
  groups,
});

const attribute = (attributes: AttributeType[] | undefined, name: string) =>
  attributes?.find((candidate) => candidate.Name === name)?.Value;
