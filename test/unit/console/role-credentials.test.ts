/** The credentials of a role, from the local identity pool: kept for as long as they and their token are good. */
import { identityPoolId } from '../../../local/identity-pool/settings';
import { startIdentityPool } from '../../../local/identity-pool/identity-pool';
import { consoleClientId } from '../../../local/cognito/clients';
import { freePort } from '../../../local/processes/ports';
import type { Service } from '../../../local/processes/processes';
import { roleCredentials } from '../../../src/console/role-credentials';
import { claimsOf } from '../../../src/console/session';
import { identityPoolTemplate, writeTemplate } from '../../support/identity-pool-template';
import { startLocalPool, type LocalPool } from '../../support/local-pool';

let users: LocalPool;
let service: Service;
let endpoint: string;

beforeAll(async () => {
  users = await startLocalPool();
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  const { cognitoUrl, userPoolId, clientId, isCurrent } = users;
  const pools = { cognitoUrl, userPoolId, clientId, consoleClientId, isCurrent };
  const templateFile = writeTemplate(identityPoolTemplate());
  service = await startIdentityPool({ port, origins: [], templateFile, sessionSecret: 'secret', ...pools });
});
afterAll(async () => {
  await service.stop();
  await users.stop();
});

const issuer = () => `${users.cognitoUrl}/${users.userPoolId}`;

/** The ID token of a new user, in this group where there is one. */
async function idTokenOf(email: string, GroupName?: string): Promise<string> {
  await users.join(email);
  if (GroupName !== undefined) await users.admin('AdminAddUserToGroup', { Username: email, GroupName });
  return (await users.signIn(email)).IdToken;
}

it('are kept for their token alone, and until it ends: a group that was taken away counts no longer', async () => {
  const [token, other] = [await idTokenOf('ada@example.com', 'admin'), await idTokenOf('ben@example.com', 'user')];
  const clock = { now: Date.now() / 1000 };
  const credentialsFor = roleCredentials({ id: identityPoolId, endpoint }, issuer(), { now: () => clock.now });
  const first = await credentialsFor(token);
  expect(first).toMatchObject({ accessKeyId: expect.any(String), sessionToken: expect.any(String) });
  expect(await credentialsFor(other)).not.toEqual(first);
  clock.now = claimsOf(token).exp - 1;
  expect(await credentialsFor(token)).toBe(first);
  // The pool goes by the time that it is, and gives new ones.
  clock.now = claimsOf(token).exp;
  expect(await credentialsFor(token)).not.toBe(first);
});

it('are dropped, the oldest first, once they are more than a process keeps', async () => {
  const tokens = [];
  for (const name of ['dora', 'emil', 'fay']) tokens.push(await idTokenOf(`${name}@example.com`, 'user'));
  const [first = '', ...later] = tokens;
  const credentialsFor = roleCredentials({ id: identityPoolId, endpoint }, issuer(), { most: 2 });
  const given = await credentialsFor(first);
  const kept = [];
  for (const token of later) kept.push(await credentialsFor(token));
  for (const [at, token] of later.entries()) expect(await credentialsFor(token)).toBe(kept[at]);
  expect(await credentialsFor(first)).not.toBe(given);
});

it('are none for whoever is in no group, and busy where nobody can be asked', async () => {
  const token = await idTokenOf('cleo@example.com');
  expect(await roleCredentials({ id: identityPoolId, endpoint }, issuer())(token)).toBeUndefined();
  const nowhere = roleCredentials({ id: identityPoolId, endpoint: 'http://127.0.0.1:9' }, issuer());
  await expect(nowhere(token)).rejects.toMatchObject({ status: 503, code: 'busy' });
});
