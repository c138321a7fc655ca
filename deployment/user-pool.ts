/** The users and groups of a pool. A user is named by address or by id (`sub`). */
import {
  CognitoIdentityProviderClient,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider';
import { findUser, type Pool } from '../src/users/pool';
import { toUser, type User } from '../src/users/user';
import type { Deployment } from './deployment';
import { Failure } from './failure';

export type { User };

export interface UserPool extends Pool {
  clientId: string;
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
  const user = await findUser(pool, name);
  if (user) return user;
  throw new Failure(
    `There is no user ${name}: "npm run users -- list" shows all, and a sign-up or "npm run users -- invite" adds one.`,
  );
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
