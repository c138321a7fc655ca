/** `/docs` of the local stack: a page that needs no other host, and a sign-in that the tried calls are made with. */
import { readFileSync } from 'node:fs';
import { newSignIn } from '../../local/docs/session';
import { documentFile } from '../support/openapi';
import { newMember } from '../support/members';
import { cognito, password, runningStack, send } from '../support/stack';

const { apiUrl, cognitoUrl, clientId } = runningStack();
const get = async (address: string) => {
  const response = await fetch(new URL(address, `${apiUrl}/docs`));
  return { status: response.status, headers: response.headers, text: await response.text() };
};

it('serves the description as it is in docs/openapi.json', async () => {
  const { status, text } = await get('/docs/openapi.json');
  expect(status).toBe(200);
  expect(text).toBe(readFileSync(documentFile, 'utf8'));
});

it.each(['/', '/docs/'])('leads from %s to the page', async (address) => {
  const response = await fetch(`${apiUrl}${address}`, { redirect: 'manual' });
  expect({ status: response.status, location: response.headers.get('location') }).toEqual({
    status: 302,
    location: '/docs',
  });
});

it('serves a page whose every part is there, from the API itself', async () => {
  const page = await get('/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch('text/html');
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(parts).toEqual(expect.arrayContaining(['/docs/swagger-ui-bundle.js', '/docs/page.js']));
  // What the page's script imports.
  parts.push('/docs/session.js');
  for (const part of parts) {
    expect(new URL(part, apiUrl).origin).toBe(apiUrl);
    expect((await get(part)).status).toBe(200);
  }
});

it('tells the browser to ask nobody but the API and the user pool, and the page to ask no validator', async () => {
  const { headers } = await get('/docs');
  expect(headers.get('content-security-policy')).toMatch(`default-src 'self'; connect-src 'self' ${cognitoUrl};`);
  expect((await get('/docs/page.js')).text).toMatch(/validatorUrl: null/);
});

it('tells the page where to sign in, and the user pool lets a page of another origin do so', async () => {
  const { text } = await get('/docs/sign-in.json');
  expect(JSON.parse(text)).toEqual({ cognitoUrl, clientId, takesTokens: true });
  const preflight = await fetch(cognitoUrl, {
    method: 'OPTIONS',
    headers: {
      origin: apiUrl,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-amz-target',
    },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBe(apiUrl);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type.*x-amz-target/);
});

describe('the sign-in of the page', () => {
  const email = 'docs-reader@example.com';
  let time = Date.now();
  const show = jest.fn();
  const said = () => show.mock.lastCall?.[0].said as string;
  const page = newSignIn({ cognitoUrl, clientId }, show, () => time);
  const call = async () => {
    const token = await page.token();
    return (await send(apiUrl, 'GET', '/products', { token })).status;
  };
  beforeAll(() => newMember(runningStack(), email, ['user']));
  beforeEach(async () => {
    time = Date.now();
    await page.signIn(email, password);
  });

  it('sends calls as the user, and says in which group and until when', async () => {
    expect(await call()).toBe(200);
    const token = (await page.token()) ?? '';
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const { session } = show.mock.lastCall?.[0] ?? {};
    // Of the page's clock, which stands at the beginning of the sign-in; the pool's seconds are whole.
    const early = exp - session.until / 1000;
    expect(early).toBeGreaterThan(-1);
    expect(early).toBeLessThanOrEqual((Date.now() - time) / 1000);
    expect(said()).toBe(
      `Signed in as ${email}, in user, with a token until ${new Date(session.until).toLocaleTimeString()}.`,
    );
  });

  it('signs in again when the token has run out, and says so', async () => {
    const before = await page.token();
    time += 15 * 60_000 + 1_000;
    expect(await call()).toBe(200);
    expect(await page.token()).not.toBe(before);
    expect(said()).toMatch(`The token had run out. Signed in again as ${email}`);
  });

  it('asks for a sign-in when the token has run out and the user pool has ended the session', async () => {
    await cognito(runningStack(), 'GlobalSignOut', { AccessToken: await page.token() });
    time += 15 * 60_000 + 1_000;
    expect(await call()).toBe(401);
    expect(show).toHaveBeenLastCalledWith({
      session: undefined,
      said: `The token of ${email} has run out. Sign in again. (Invalid Refresh Token)`,
    });
  });

  it('sends calls as nobody after the sign-out, and nothing renews the session', async () => {
    const { refreshToken: REFRESH_TOKEN } = show.mock.lastCall?.[0].session ?? {};
    await page.signOut();
    expect(said()).toBe('Signed out.');
    expect(await call()).toBe(401);
    const renewal = { ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } };
    expect((await cognito(runningStack(), 'InitiateAuth', renewal)).status).toBe(400);
  });

  it('says what the user pool has against a sign-in', async () => {
    await page.signIn(email, 'wrong');
    expect(show).toHaveBeenLastCalledWith({ session: undefined, said: 'Incorrect username or password.' });
  });
});

it('says on a stack of signed requests that the page cannot send them', async () => {
  const response = await fetch(`${runningStack('iam').apiUrl}/docs/sign-in.json`);
  expect(await response.json()).toMatchObject({ takesTokens: false });
});

it('is no route of the API: what is not of the page stays a 404', async () => {
  expect((await get('/docs/page.html')).status).toBe(404);
});
