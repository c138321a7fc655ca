/** The code flow against the local pool: the browser is played here, the pool is the real one. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { HostedUi } from '../../deployment/deployment';
import { beginSignIn, finishSignIn } from '../../deployment/hosted-ui';
import { freePort } from '../../local/processes/ports';
import { fillIn, load, signInByBrowser } from '../support/browser';
import { password, runningStack, signUp } from '../support/stack';
import { accessClaims, idClaims, sign } from '../support/tokens';

const stack = runningStack();
const hostedUi: HostedUi = {
  url: stack.cognitoUrl,
  issuer: `${stack.cognitoUrl}/${stack.userPoolId}`,
  callbackUrl: String(stack.callbackUrl),
};
const begin = (changes: Partial<HostedUi> = {}) => beginSignIn({ ...hostedUi, ...changes }, stack.clientId);
const email = 'hosted-ui@example.com';

const startAgain = 'start again with "npm run login".';
const failure = (message: string) => ({ name: 'Failure', message });
const foreignCode = failure(`The code was used before, has expired or belongs to another sign-in: ${startAgain}`);

beforeAll(() => signUp(stack, email));

describe('the sign-in page', () => {
  it('sends the browser back with a code and the state alone', async () => {
    const pending = await begin();
    const callback = await signInByBrowser(pending.url, email, password);
    expect(`${callback.origin}${callback.pathname}${callback.hash}`).toBe(hostedUi.callbackUrl);
    expect(Object.fromEntries(callback.searchParams)).toEqual({ code: expect.any(String), state: pending.state });
  });

  it('stays where it is after a wrong password', async () => {
    const page = await fillIn((await begin()).url, email, 'Another-pass-1234');
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Incorrect username or password.') });
    expect(page.headers).not.toHaveProperty('location');
  });

  it('is not shown for an address to come back to that is not registered', async () => {
    const { url } = await begin({ callbackUrl: String(new URL('/other', stack.callbackUrl)) });
    expect(await load(url)).toMatchObject({ status: 400, text: expect.stringContaining('redirect_uri') });
  });

  it('is asked for with a state and a challenge of its own each time, and never with the verifier', async () => {
    const [first, second] = [await begin(), await begin()];
    expect(first.url).not.toContain(first.verifier);
    const parameters = [first, second].map(({ url }) => new URL(url).searchParams);
    for (const name of ['state', 'code_challenge']) {
      expect(new Set(parameters.map((given) => given.get(name))).size).toBe(2);
    }
  });
});

describe('finishSignIn', () => {
  it('returns who signed in and the groups of the access token', async () => {
    const pending = await begin();
    expect(await finishSignIn(pending, await signInByBrowser(pending.url, email, password))).toEqual({
      email,
      sub: expect.stringMatching(/^[\da-f-]{36}$/),
      groups: ['user'],
      tokens: { accessToken: expect.any(String), idToken: expect.any(String) },
      refreshToken: expect.any(String),
    });
  });

  it('fails when the code has been used', async () => {
    const pending = await begin();
    const callback = await signInByBrowser(pending.url, email, password);
    await finishSignIn(pending, callback);
    await expect(finishSignIn(pending, callback)).rejects.toMatchObject(foreignCode);
  });

  it('fails with another verifier', async () => {
    const pending = await begin();
    const callback = await signInByBrowser(pending.url, email, password);
    const { verifier } = await begin();
    await expect(finishSignIn({ ...pending, verifier }, callback)).rejects.toMatchObject(foreignCode);
  });

  it('fails with the code of another sign-in', async () => {
    const pending = await begin();
    const callback = await signInByBrowser((await begin()).url, email, password);
    callback.searchParams.set('state', pending.state);
    await expect(finishSignIn(pending, callback)).rejects.toMatchObject(foreignCode);
  });

  it.each([
    ['another state', 'state=another'],
    ['no state', ''],
  ])('fails with %s, and leaves the code unused', async (_, state) => {
    const pending = await begin();
    const callback = await signInByBrowser(pending.url, email, password);
    const changed = new URL(`${hostedUi.callbackUrl}?code=${callback.searchParams.get('code')}&${state}`);
    await expect(finishSignIn(pending, changed)).rejects.toMatchObject(
      failure(`The answer does not belong to this sign-in (its state is another): ${startAgain}`),
    );
    expect(await finishSignIn(pending, callback)).toMatchObject({ email });
  });

  it.each([
    ['the sign-in was cancelled', 'error=access_denied', `The sign-in was cancelled: ${startAgain}`],
    [
      'the sign-in was refused, in the words of the answer',
      'error=invalid_request&error_description=invalid_scope%1b%5b2J%c2%9b',
      `Cognito did not let anyone sign in (invalid_request: invalid_scope\u001b[2J\u009b): ${startAgain}`,
    ],
    [
      'there is no code',
      'code=',
      `What Cognito answered cannot be trusted (no authorization code in "callbackParameters"): ${startAgain}`,
    ],
  ])('says in one sentence that %s', async (_, answer, sentence) => {
    const pending = await begin();
    const callback = new URL(`${hostedUi.callbackUrl}?${answer}&state=${pending.state}`);
    await expect(finishSignIn(pending, callback)).rejects.toMatchObject(failure(sentence));
  });

  const unreachable = (address: string) =>
    failure(`Cognito at ${address} cannot be reached: check that it runs and the network, then ${startAgain}`);
  const callbackOf = ({ state }: { state: string }) => new URL(`${hostedUi.callbackUrl}?code=any&state=${state}`);

  it('says in one sentence that the pool cannot be reached', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const pending = await begin({ url });
    await expect(finishSignIn(pending, callbackOf(pending))).rejects.toMatchObject(unreachable(url));
  });

  it('sends no code over plain http to another machine', async () => {
    const pending = await begin({ url: 'http://pool.example.com' });
    await expect(finishSignIn(pending, callbackOf(pending))).rejects.toMatchObject(
      failure(`What Cognito answered cannot be trusted (only requests to HTTPS are allowed): ${startAgain}`),
    );
  });

  /** Finishes a sign-in at a token endpoint that says what a pool would not. */
  async function finishWith(status: number, answer: object, changes: Partial<HostedUi> = {}) {
    const endpoint = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
    const port = await freePort();
    await new Promise<void>((resolve) => endpoint.listen(port, '127.0.0.1', resolve));
    const pending = await begin({ url: `http://127.0.0.1:${port}`, ...changes });
    try {
      return await finishSignIn(pending, callbackOf(pending));
    } finally {
      endpoint.close();
      endpoint.closeAllConnections();
    }
  }

  const claims = accessClaims(stack, ['admin']);
  const tokens = { token_type: 'Bearer', access_token: sign(claims), id_token: sign(idClaims(stack, [])) };
  const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = foreignKey.export({ type: 'pkcs8', format: 'pem' });

  it.each([
    ['an access token for another client', { access_token: sign({ ...claims, client_id: 'another' }) }],
    ['an access token of another issuer', { access_token: sign({ ...claims, iss: 'https://pool.example.com' }) }],
    ['an access token signed with another key', { access_token: sign(claims, { key }) }],
    ['an ID token in place of the access token', { access_token: tokens.id_token }],
    ['no ID token', { id_token: undefined }],
    ['an ID token for another client', { id_token: sign({ ...idClaims(stack, []), aud: 'another' }) }],
    ['an ID token of another issuer', { id_token: sign({ ...idClaims(stack, []), iss: 'https://pool.example.com' }) }],
  ])('takes no answer with %s', async (_, changes) => {
    expect(await finishWith(200, tokens)).toMatchObject({ email: 'someone@example.com', groups: ['admin'] });
    await expect(finishWith(200, { ...tokens, ...changes })).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(
        /^What Cognito answered cannot be trusted \(.+\): start again with "npm run login"\.$/,
      ),
    });
  });

  it('says in one sentence that Cognito gives no tokens', async () => {
    const answer = { error: 'invalid_client', error_description: 'Unknown client' };
    await expect(finishWith(400, answer)).rejects.toMatchObject(
      failure(`Cognito gives no tokens for the code (invalid_client: Unknown client): ${startAgain}`),
    );
  });

  it('says in one sentence that the keys of the pool cannot be had', async () => {
    const issuer = `http://127.0.0.1:${await freePort()}/pool`;
    const signed = {
      access_token: sign({ ...claims, iss: issuer }),
      id_token: sign({ ...idClaims(stack, []), iss: issuer }),
    };
    await expect(finishWith(200, { ...tokens, ...signed }, { issuer })).rejects.toMatchObject(unreachable(issuer));
  });
});
