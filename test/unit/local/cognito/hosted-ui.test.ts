/** The hosted UI of the local pool: what it shows, gives out and refuses. test/e2e/hosted-ui.test.ts goes the whole way. */
import { createHash, randomBytes } from 'node:crypto';
import { readSettings } from '../../../../local/cognito/settings';
import { fillIn, load, signInByBrowser } from '../../../support/browser';
import { consoleUrl, startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

const email = 'hosted@example.com';
const callbackUrl = 'http://localhost:3333/app';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
  await pool.join(email);
});
afterAll(() => pool.stop());

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** Where a person signs in, with these changes to a good request. */
function address(changes: Record<string, string | undefined> = {}): string {
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: pool.clientId,
    redirect_uri: callbackUrl,
    scope: 'openid email',
    state: 'a"<state>',
    nonce: 'nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${pool.cognitoUrl}/oauth2/authorize?${new URLSearchParams(given).toString()}`;
}

const post = async (path: string, form: Record<string, string>) => {
  const response = await fetch(pool.cognitoUrl + path, { method: 'POST', body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

const newCode = async (changes: Record<string, string | undefined> = {}) =>
  (await signInByBrowser(address(changes), email, password)).searchParams.get('code') ?? '';
const exchange = async (changes: Record<string, string> = {}, code?: string) =>
  post('/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: pool.clientId,
    redirect_uri: callbackUrl,
    code: code ?? (await newCode()),
    code_verifier: verifier,
    ...changes,
  });

describe('GET /oauth2/authorize', () => {
  it('shows a form that carries what was asked, and nothing that could run', async () => {
    const { status, headers, text } = await load(address());
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).not.toContain('<state>');
    const callback = await signInByBrowser(address(), email, password);
    expect(callback.searchParams.get('state')).toBe('a"<state>');
  });

  it.each([
    ['redirect_uri', 'http://localhost:3333/other'],
    ['redirect_uri', 'https://evil.example'],
    ['redirect_uri', undefined],
    ['client_id', 'another'],
    ['client_id', undefined],
  ])('sends nobody anywhere with %s=%s', async (name, value) => {
    const { status, headers, text } = await load(address({ [name]: value }));
    expect({ status, location: headers['location'] }).toEqual({ status: 400, location: undefined });
    expect(text).toContain(name);
  });

  it.each([
    ['response_type', 'token', 'unsupported_response_type'],
    ['scope', 'openid aws.cognito.signin.user.admin', 'invalid_scope'],
    ['code_challenge_method', 'plain', 'invalid_request'],
    ['code_challenge_method', undefined, 'invalid_request'],
    ['code_challenge', 'short', 'invalid_request'],
  ])('sends the browser back with %s=%s refused as %s', async (name, value, error) => {
    const { status, headers } = await load(address({ [name]: value }));
    expect(status).toBe(302);
    expect(headers['location']).toBe(`${callbackUrl}?${new URLSearchParams({ error, state: 'a"<state>' }).toString()}`);
  });
});

describe('POST /login', () => {
  it.each([
    ['a wrong password', email, 'Wrong-pass-1234'],
    ['an unknown user', 'nobody@example.com', password],
  ])('shows the form again after %s, in the same words', async (_, name, secret) => {
    const page = await fillIn(address(), name, secret);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Incorrect username or password.') });
    expect(page.headers).not.toHaveProperty('location');
  });

  it('gives no code to a user who is not confirmed, or is disabled', async () => {
    await pool.signUp('hosted-new@example.com');
    expect((await fillIn(address(), 'hosted-new@example.com', password)).text).toContain('User is not confirmed.');
    await pool.join('hosted-disabled@example.com');
    await pool.admin('AdminDisableUser', { Username: 'hosted-disabled@example.com' });
    expect((await fillIn(address(), 'hosted-disabled@example.com', password)).text).toContain('User is disabled.');
  });

  it('asks who has a temporary password for another one, which keeps to the policy', async () => {
    const invited = 'hosted-invited@example.com';
    await pool.admin('AdminCreateUser', { Username: invited, TemporaryPassword: password });
    const page = await fillIn(address(), invited, password);
    expect(page.text).toContain('name="new_password"');
    expect(page.headers).not.toHaveProperty('location');
    const weak = await fillIn(address(), invited, password, 'weak');
    expect(weak.text).toContain('Password not long enough');
    expect((await fillIn(address(), invited, password, 'Own-password-1234')).status).toBe(302);
    expect((await fillIn(address(), invited, password)).text).toContain('Incorrect username or password.');
    expect((await fillIn(address(), invited, 'Own-password-1234')).status).toBe(302);
  });
});

describe('POST /oauth2/token', () => {
  it('gives tokens of the scopes asked for, with the nonce, which are no good for the account itself', async () => {
    const { status, body } = await exchange();
    expect(status).toBe(200);
    expect(body).toEqual({
      id_token: expect.any(String),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 900,
      token_type: 'Bearer',
    });
    expect(claimsOf(body.access_token)).toMatchObject({ scope: 'openid email', token_use: 'access' });
    expect(claimsOf(body.id_token)).toMatchObject({ nonce: 'nonce', email, token_use: 'id' });
    expect(await pool.refusal('GetUser', { AccessToken: body.access_token })).toBe(
      'NotAuthorizedException: Access Token does not have required scopes',
    );
    const refreshed = await post('/oauth2/token', {
      grant_type: 'refresh_token',
      client_id: pool.clientId,
      refresh_token: body.refresh_token,
    });
    expect(refreshed).toMatchObject({ status: 200, body: { expires_in: 900 } });
    expect(claimsOf(refreshed.body.access_token).scope).toBe('openid email');
  });

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another address', { redirect_uri: 'http://localhost:3333/other' }, 'invalid_grant'],
    ['another client', { client_id: 'another' }, 'invalid_client'],
    ['another kind of grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no code', { code: '' }, 'invalid_grant'],
    ['no refresh token', { grant_type: 'refresh_token', refresh_token: '' }, 'invalid_grant'],
  ])('refuses %s', async (_, changes, error) => {
    expect(await exchange(changes)).toEqual({ status: 400, body: { error } });
  });

  it('takes a code once, and for five minutes', async () => {
    const code = await newCode();
    expect(await exchange({}, code)).toMatchObject({ status: 200 });
    expect(await exchange({}, code)).toEqual({ status: 400, body: { error: 'invalid_grant' } });
    const late = await newCode();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5 * 60_000 + 1000);
    const answer = await exchange({}, late);
    clock.mockRestore();
    expect(answer).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a verifier for a code that was asked for without a challenge', async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect(await exchange({}, await newCode(without))).toMatchObject({ status: 400 });
  });
});

it('POST /oauth2/revoke ends a sign-in', async () => {
  const { body } = await exchange();
  expect(await post('/oauth2/revoke', { client_id: 'another', token: body.refresh_token })).toMatchObject({
    status: 400,
  });
  expect(await post('/oauth2/revoke', { client_id: pool.clientId, token: body.access_token })).toEqual({
    status: 400,
    body: { error: 'unsupported_token_type' },
  });
  expect(await post('/oauth2/revoke', { client_id: pool.clientId, token: body.refresh_token })).toMatchObject({
    status: 200,
  });
  const form = { grant_type: 'refresh_token', client_id: pool.clientId, refresh_token: body.refresh_token };
  expect(await post('/oauth2/token', form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

it('GET /oauth2/userInfo says who it is to a token of the hosted UI, and to no other', async () => {
  const { body } = await exchange();
  const ask = async (token: string) => {
    const response = await fetch(`${pool.cognitoUrl}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };
  const { sub } = claimsOf(body.access_token);
  expect(await ask(body.access_token)).toEqual({
    status: 200,
    body: { sub, username: sub, email, email_verified: 'true' },
  });
  expect(await ask(body.id_token)).toMatchObject({ status: 401 });
  expect(await ask((await pool.signIn(email)).AccessToken)).toMatchObject({ status: 403 });
});

it('GET /logout sends the browser to a registered address alone', async () => {
  const logout = (client_id: string, logout_uri: string) =>
    load(`${pool.cognitoUrl}/logout?${new URLSearchParams({ client_id, logout_uri }).toString()}`);
  expect(await logout(pool.clientId, 'http://localhost:3333/')).toMatchObject({
    status: 302,
    headers: { location: 'http://localhost:3333/' },
  });
  for (const answer of [await logout(pool.clientId, callbackUrl), await logout('another', 'http://localhost:3333/')]) {
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty('location');
  }
});

describe('the client of the console', () => {
  const callback = `${consoleUrl}/app`;
  const asConsole = { client_id: 'localconsoleclient', redirect_uri: callback };
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`localconsoleclient:${secret}`).toString('base64')}`,
  });
  const codeFor = (changes: Record<string, string> = asConsole) => newCode(changes);

  async function ask(endpoint: string, form: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await fetch(`${pool.cognitoUrl}/oauth2/${endpoint}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }
  const grant = (code: string) => ({
    grant_type: 'authorization_code',
    redirect_uri: callback,
    code,
    code_verifier: verifier,
  });

  it('gets tokens of its own for a code and its secret, in the header or in the form', async () => {
    const answers = [
      await ask('token', grant(await codeFor()), basic(pool.consoleSecret)),
      await ask('token', { ...grant(await codeFor()), ...asConsole, client_secret: pool.consoleSecret }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(claimsOf(body.access_token)).toMatchObject({ client_id: 'localconsoleclient' });
      expect(claimsOf(body.id_token)).toMatchObject({ aud: 'localconsoleclient' });
    }
  });

  it('gets none without its secret, or with another', async () => {
    const refused = { status: 400, body: { error: 'invalid_client' } };
    expect(await ask('token', { ...grant(await codeFor()), ...asConsole })).toEqual(refused);
    expect(await ask('token', grant(await codeFor()), basic('another'))).toEqual(refused);
    expect(await ask('token', grant(await codeFor()), { authorization: 'Basic !' })).toEqual(refused);
    expect(await ask('revoke', { token: 'token', ...asConsole })).toEqual(refused);
  });

  it('has codes and refresh tokens that are no good to the other client, and it has none of the other', async () => {
    const invalid = { status: 400, body: { error: 'invalid_grant' } };
    const ofOther = { client_id: pool.clientId };
    expect(await ask('token', { ...grant(await codeFor()), ...ofOther })).toEqual(invalid);
    expect(await ask('token', grant(await newCode()), basic(pool.consoleSecret))).toEqual(invalid);

    const { body } = await ask('token', grant(await codeFor()), basic(pool.consoleSecret));
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
    expect(await ask('token', { ...refresh, ...ofOther })).toEqual(invalid);
    await ask('revoke', { token: body.refresh_token, ...ofOther });
    expect((await ask('token', refresh, basic(pool.consoleSecret))).status).toBe(200);
    await ask('revoke', { token: body.refresh_token }, basic(pool.consoleSecret));
    expect(await ask('token', refresh, basic(pool.consoleSecret))).toEqual(invalid);
  });

  it('comes back to its own address alone', async () => {
    for (const redirect_uri of [callbackUrl, `${consoleUrl}/other`, 'https://evil.example/app']) {
      const { status, text } = await load(address({ ...asConsole, redirect_uri }));
      expect([status, text]).toEqual([400, expect.stringContaining('redirect_uri')]);
    }
  });

  it('signs nobody in at the API itself', async () => {
    const parameters = { USERNAME: email, PASSWORD: password };
    const asked = { ClientId: 'localconsoleclient', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters };
    expect(await pool.refusal('InitiateAuth', asked)).toContain('SECRET_HASH');
  });
});

it('sends people back to where the parameters callbackUrl and logoutUrl say, and to neither preset', () => {
  const parameters = { callbackUrl: 'https://shop.example.com/app', logoutUrl: 'https://shop.example.com/' };
  const given = { cognitoUrl: pool.cognitoUrl, selfSignUp: true, parameters, consoleUrl, consoleSecret: 'secret' };
  expect(readSettings(given).clients.get(pool.clientId)).toMatchObject({
    callbackUrls: [parameters.callbackUrl],
    logoutUrls: [parameters.logoutUrl],
  });
});
