/** The local pool as a server on this machine: who may speak to it, and what it says of itself. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { openStore, type Store } from '../../../../local/cognito/store';
import { shopOrigin, startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.stop());

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** As any program can send it: with a Host and an Origin of its choice. */
function raw({ method = 'POST', path = '/', headers = {}, body = '' }: Sent) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const sent = request(new URL(path, pool.cognitoUrl), { method, headers, agent: false }, (response) => {
        void text(response).then((body) => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      sent.once('error', reject).end(body);
    },
  );
}

const listUsers = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers',
  authorization: 'AWS4-HMAC-SHA256 Credential=local',
};

describe('a web page', () => {
  it.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of no origin', { origin: 'null' }],
    ['that has its own name lead here', { host: 'evil.example:9229' }],
    ['that has its own name lead here, without a port', { host: 'evil.example' }],
  ])('%s gets nothing, not even a preflight', async (_, headers) => {
    const body = JSON.stringify({ UserPoolId: pool.userPoolId });
    for (const method of ['POST', 'OPTIONS', 'GET']) {
      const answer = await raw({ method, headers: { ...listUsers, ...headers }, body });
      expect(answer).toMatchObject({ status: 403, body: expect.stringMatching('^{"message":') });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('cannot send an operation as a plain form', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await raw({ headers: { ...listUsers, 'content-type': type }, body: '{}' });
      expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('UnknownOperationException') });
    }
  });

  it('of an application of this stack may sign in, and may not sign as an operator', async () => {
    const preflight = await raw({ method: 'OPTIONS', headers: { origin: shopOrigin } });
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': shopOrigin } });
    expect(preflight.headers['access-control-allow-headers']).toContain('x-amz-target');
    expect(preflight.headers['access-control-allow-headers']).not.toContain('authorization');
    expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials');
    const keys = await raw({
      method: 'GET',
      path: `/${pool.userPoolId}/.well-known/jwks.json`,
      headers: { origin: shopOrigin },
    });
    expect(keys).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': shopOrigin } });
  });
});

it('it names the addresses that its tokens and its hosted UI have', async () => {
  const issuer = `${pool.cognitoUrl}/${pool.userPoolId}`;
  const document = JSON.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).text());
  expect(document).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    authorization_endpoint: `${pool.cognitoUrl}/oauth2/authorize`,
    token_endpoint: `${pool.cognitoUrl}/oauth2/token`,
    revocation_endpoint: `${pool.cognitoUrl}/oauth2/revoke`,
    userinfo_endpoint: `${pool.cognitoUrl}/oauth2/userInfo`,
    end_session_endpoint: `${pool.cognitoUrl}/logout`,
  });
  const { keys } = JSON.parse(await (await fetch(document.jwks_uri)).text());
  expect(keys).toEqual([{ kty: 'RSA', n: expect.any(String), e: 'AQAB', alg: 'RS256', kid: 'local', use: 'sig' }]);
});

describe('what it keeps', () => {
  const file = () => path.join(pool.directory, 'cognito', 'user-pool.json');

  it('has no password and no refresh token in it, and is for its owner alone', async () => {
    await pool.join('kept@example.com');
    const { RefreshToken } = await pool.signIn('kept@example.com');
    const content = readFileSync(file(), 'utf8');
    expect(content).toContain('kept@example.com');
    expect(content).not.toContain(password);
    expect(content).not.toContain(RefreshToken.split('.')[1]);
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('is all there after a restart, however many write at once', async () => {
    const emails = Array.from({ length: 12 }, (_, index) => `parallel-${index}@example.com`);
    await Promise.all(emails.map((email) => pool.join(email)));
    await Promise.all(emails.map((Username) => pool.admin('AdminAddUserToGroup', { Username, GroupName: 'user' })));
    await pool.restart();
    const { Users } = await pool.admin('ListUsersInGroup', { GroupName: 'user' });
    expect(Users).toHaveLength(emails.length);
    for (const email of emails) expect(await pool.signIn(email)).toHaveProperty('AccessToken');
  });

  it('is as before, on disk too, where a change fails half-way', () => {
    const store = openStore(path.join(pool.directory, 'half-way.json'));
    store.change(({ groups }) => groups.push({ GroupName: 'first', createdAt: 0 }));
    expect(() =>
      store.change(({ groups }) => {
        groups.push({ GroupName: 'second', createdAt: 0 });
        throw new Error('half-way');
      }),
    ).toThrow('half-way');
    const names = ({ now }: Store) => now.groups.map(({ GroupName }) => GroupName);
    expect(names(store)).toEqual(['first']);
    expect(names(openStore(path.join(pool.directory, 'half-way.json')))).toEqual(['first']);
  });

  it.each([
    ['users', 'user-pool.json', '{"users":{"a":{}}}'],
    ['signing key', 'signing-key.pem', ''],
  ])('is refused where the %s in it cannot be read, with what to do', async (_, file, content) => {
    const damaged = await startLocalPool();
    await damaged.stop();
    writeFileSync(path.join(damaged.directory, 'cognito', file), content);
    await expect(damaged.restart()).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/ damaged: run "npm start -- --reset" to start empty\.$/),
    });
  });
});
