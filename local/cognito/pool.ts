/** The local pool as its operations see it, and what several of them ask of it. */
import { ServiceError } from '../aws-json/service-error';
import { type Client } from './clients';
import { userPoolId, type Settings } from './settings';
import type { Challenges } from './challenges';
import type { Store, User } from './store';
import type { Sessions } from './sessions';
import type { Trigger } from './trigger';

export interface Pool {
  settings: Settings;
  store: Store;
  sessions: Sessions;
  challenges: Challenges;
  /** Runs after a confirmation, as on AWS. */
  confirmed: Trigger;
  /** Sends a mail, which locally means to print it. */
  mail: (to: string, text: string) => void;
}

/** Throws `ServiceError` where this is another pool. */
export function requirePool(id: string): void {
  if (id !== userPoolId) throw new ServiceError('ResourceNotFoundException', `User pool ${id} does not exist.`);
}

/** Throws `ServiceError` where there is no such client, or it signs people in at the hosted UI alone. */
export function requireClient({ settings }: Pool, id: string): Client {
  const client = settings.clients.get(id);
  if (!client) throw new ServiceError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  if (client.secret !== undefined) {
    // Cognito would take it with a SECRET_HASH, which nobody here has a use for.
    throw new ServiceError(
      'NotAuthorizedException',
      `Client ${id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  return client;
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** By id or, in any case, by address. */
export const findUser = ({ store }: Pool, name: string): User | undefined =>
  Object.values(store.now.users).find(({ sub, email }) => sub === name || isSame(email, name));

/** Throws `ServiceError` where there is no such user. */
export function requireUser(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (!user) throw new ServiceError('UserNotFoundException', 'User does not exist.');
  return user;
}

/** Changes a user. Throws `ServiceError` where there is no such user. */
export function changeUser({ store }: Pool, sub: string, edit: (user: User) => void): void {
  store.change(({ users }) => {
    const user = users[sub];
    if (!user) throw new ServiceError('UserNotFoundException', 'User does not exist.');
    edit(user);
    user.modifiedAt = Date.now();
  });
}

export function deleteUser({ store, sessions }: Pool, sub: string): void {
  sessions.signOut(sub);
  store.change(({ users }) => Reflect.deleteProperty(users, sub));
}

interface Attribute {
  Name: string;
  Value: string;
}

/** A user's attributes, as AWS lists them. */
export const attributesOf = ({ sub, email, emailVerified, attributes }: User): Attribute[] => [
  { Name: 'sub', Value: sub },
  ...Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  { Name: 'email_verified', Value: String(emailVerified) },
  { Name: 'email', Value: email },
];

/** Cognito's protocol has times in seconds. */
export const secondsOf = (milliseconds: number) => milliseconds / 1000;

/** A user, as AWS shows them: their attributes are under `Attributes` or `UserAttributes`, as the operation has it. */
export const describeUser = ({ sub, enabled, status, createdAt, modifiedAt }: User) => ({
  Username: sub,
  Enabled: enabled,
  UserStatus: status,
  UserCreateDate: secondsOf(createdAt),
  UserLastModifiedDate: secondsOf(modifiedAt),
});
