/** `/docs` of the local stack: a page that needs no other host, and a sign-in that the tried calls are made with. */
import { readFileSync } from 'node:fs';
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

it('leads from the address of the API to the page', async () => {
  const response = await fetch(`${apiUrl}/`, { redirect: 'manual' });
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

it('signs in as its script does, and the token may make a call', async () => {
  const email = 'docs-reader@example.com';
  await newMember(runningStack(), email, ['user']);
  const { body } = await cognito(runningStack(), 'InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  const { AccessToken: token } = body.AuthenticationResult;
  expect(await send(apiUrl, 'GET', '/products', { token })).toMatchObject({ status: 200 });
});

it('says on a stack of signed requests that the page cannot send them', async () => {
  const response = await fetch(`${runningStack('iam').apiUrl}/docs/sign-in.json`);
  expect(await response.json()).toMatchObject({ takesTokens: false });
});

it('is no route of the API: what is not of the page stays a 404', async () => {
  expect((await get('/docs/page.html')).status).toBe(404);
});
