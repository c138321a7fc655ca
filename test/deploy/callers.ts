/** Every kind of caller of the access matrix, with tokens that the deployed pool has issued, or forged from these. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
  type TokenValidityUnitsType,
} from '@aws-sdk/client-cognito-identity-provider';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Group } from '../../src/access/policy';
import { connect, type UserPool } from '../../deployment/user-pool';
import { groupNames, spoofedGroups, type Stranger } from '../support/access-matrix';
import { password, signIn, type Tokens } from '../support/stack';
import { forgeries } from '../support/tokens';
import type { EmulatedDeployment } from './deployed-stack';

export interface Callers {
  strangers: Readonly<Record<Stranger, readonly (string | undefined)[]>>;
  /** Tokens of members of each group of the policy. */
  members: ReadonlyMap<Group, readonly string[]>;
}

/** `admin` and `shopper` are the addresses of users in these groups. */
export async function allCallers(deployment: EmulatedDeployment, admin: string, shopper: string): Promise<Callers> {
  const pool = connect(deployment);
  const expired = await briefToken(deployment, pool, admin);
  for (const name of [...spoofedGroups, ...otherGroups]) {
    await pool.client.send(new CreateGroupCommand({ UserPoolId: pool.userPoolId, GroupName: name }));
  }
  let users = 0;
  const newUser = async (...groups: string[]): Promise<string> => {
    const email = `caller-${++users}@example.com`;
    await createUser(pool, email, groups);
    return (await signIn(deployment, email)).AccessToken;
  };
  const { client, userPoolId: UserPoolId } = pool;
  const { UserPoolClient: other } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'other',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const elsewhere = await signIn({ ...deployment, clientId: other?.ClientId ?? '' }, admin);
  const [adminTokens, shopperTokens] = [await signIn(deployment, admin), await signIn(deployment, shopper)];
  const spoofed: string[] = [];
  for (const name of spoofedGroups) spoofed.push(await newUser(name));

  const members = new Map<Group, string[]>();
  for (const group of groupNames)
    members.set(group, [await newUser(group), await newUser('movies-fans', group, 'x,user')]);
  members.get('admin')?.push(adminTokens.AccessToken);
  members.get('user')?.push(shopperTokens.AccessToken);

  const strangers = {
    'no token': [undefined],
    forged: ['', ...Object.values(forgeries(adminTokens.AccessToken, await publicKey(deployment, adminTokens)))],
    expired: [expired],
    'other client': [elsewhere.AccessToken, elsewhere.IdToken],
    'ID token': [adminTokens.IdToken, shopperTokens.IdToken],
    'no group': [await newUser()],
    'spoofed groups': [...spoofed, await newUser(...spoofedGroups, 'users', 'x,user')],
  };
  return { strangers, members };
}

const otherGroups = ['users', 'x,user', 'movies-fans'];

/** An admin creates the user: no confirmation, so no group but those given. */
async function createUser({ client, userPoolId: UserPoolId }: UserPool, email: string, groups: string[]) {
  const user = { UserPoolId, Username: email };
  const UserAttributes = [{ Name: 'email', Value: email }];
  await client.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  for (const GroupName of groups) await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
}

/** A token of the deployed client that has expired. AWS has five minutes as the shortest life; the emulator takes a second. */
async function briefToken(deployment: EmulatedDeployment, { client, userPoolId, clientId }: UserPool, email: string) {
  const key = { UserPoolId: userPoolId, ClientId: clientId };
  const { UserPoolClient: before } = await client.send(new DescribeUserPoolClientCommand(key));
  const units: TokenValidityUnitsType = { ...before?.TokenValidityUnits, AccessToken: 'seconds' };
  await client.send(new UpdateUserPoolClientCommand({ ...key, AccessTokenValidity: 1, TokenValidityUnits: units }));
  const { AccessToken } = await signIn(deployment, email);
  const { AccessTokenValidity, TokenValidityUnits } = { ...before };
  await client.send(new UpdateUserPoolClientCommand({ ...key, AccessTokenValidity, TokenValidityUnits }));
  const { exp } = z.object({ exp: z.number() }).parse(partOf(AccessToken, 1));
  await sleep(Math.max(0, exp * 1000 - Date.now()));
  return AccessToken;
}

async function publicKey({ cognitoUrl, userPoolId }: EmulatedDeployment, { AccessToken }: Tokens) {
  const response = await fetch(`${cognitoUrl}/${userPoolId}/.well-known/jwks.json`);
  const { keys } = z.object({ keys: z.array(z.record(z.string(), z.string())) }).parse(await response.json());
  const { kid } = z.object({ kid: z.string() }).parse(partOf(AccessToken, 0));
  const key: JsonWebKey | undefined = keys.find((candidate) => candidate['kid'] === kid);
  if (!key) throw new Error(`The pool publishes no key ${kid}`);
  return createPublicKey({ key, format: 'jwk' });
}

const partOf = (token: string, index: number): unknown =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());
