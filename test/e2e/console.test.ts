/** The console of the running stacks: what people may do there is what they may do at the API, whoever stands at its gateway. */
import { policy } from '../../src/access/policy';
import { letsIn, pathOf } from '../support/access-matrix';
import { consoleBrowser, sendTo } from '../support/console-browser';
import { newMember } from '../support/members';
import { runningStack, send } from '../support/stack';

const members = { nobody: [], user: ['user'], admin: ['admin'] };

describe.each(['jwt', 'lambda', 'iam'] as const)('behind the authorizer %s', (authorizer) => {
  const stack = runningStack(authorizer);
  const emailOf = (name: string) => `console-${name}@example.com`;

  beforeAll(async () => {
    for (const [name, groups] of Object.entries(members)) await newMember(stack, emailOf(name), groups);
  });

  it.each(Object.entries(members))('lets %s use what the policy gives them, and says so', async (name, groups) => {
    const page = consoleBrowser(sendTo(stack.apiUrl));
    await page.signIn(emailOf(name));
    const allowed = Object.keys(policy).filter((route) => letsIn(policy[route] ?? 'admin', groups));
    const { body } = await page.ask('/console/session');
    expect(body).toMatchObject({ signedIn: true, email: emailOf(name), groups, routes: allowed });

    const served = await Promise.all(
      Object.keys(policy).map(async (route) => {
        const [method = '', template = ''] = route.split(' ');
        const path = pathOf(template);
        // Whoever gets past access control meets a validation error, and nothing is changed.
        const answer = await page.ask(`/console-api${path}?unknown=1`, { method });
        expect([400, 403]).toContain(answer.status);
        return answer.status === 400 && answer.body.code === 'invalid_request' ? [route] : [];
      }),
    );
    expect(served.flat()).toEqual(allowed);
  });

  it('takes an admin through a change, and shows the page no token on the way', async () => {
    const page = consoleBrowser(sendTo(stack.apiUrl));
    const { status, headers } = await page.signIn(emailOf('admin'), '/console/categories');
    expect([status, headers['location']]).toEqual([302, `${stack.apiUrl}/console/categories`]);
    const created = await page.ask('/console-api/categories', {
      method: 'POST',
      body: { name: `Console ${authorizer}` },
      headers: { 'idempotency-key': `console-${authorizer}` },
    });
    expect(created).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { name: `Console ${authorizer}` } });
    const address = `/console-api/categories/${created.body.id}`;
    const stale = { method: 'PATCH', headers: { 'if-match': '"9"' }, body: { name: 'Another' } };
    expect((await page.ask(address, stale)).body).toMatchObject({ status: 412, currentVersion: 1 });
    expect((await page.ask(address, { method: 'DELETE' })).status).toBe(204);
    const { body } = await page.ask('/console/sign-out', { method: 'POST' });
    expect(body.location).toContain(`${stack.cognitoUrl}/logout?`);
    expect((await page.ask(address)).status).toBe(401);
    expect(JSON.stringify(page.seen.map(({ headers: seen, text }) => [seen, text]))).not.toMatch(/eyJ[\w-]{10,}\./);
  });
});

describe('the gateway', () => {
  const stack = runningStack();
  const signedIn = async () => {
    const page = consoleBrowser(sendTo(stack.apiUrl));
    await page.signIn('console-admin@example.com');
    return page;
  };

  it('shows the page at every address below /console, and at none beside it', async () => {
    for (const path of ['/console', '/console/', '/console/products', '/console/products/']) {
      const answer = await sendTo(stack.apiUrl)(path, { headers: {} });
      expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/^<!doctype html>/) });
    }
    for (const path of ['/consoles', '/console-api', '/Console']) {
      expect((await send(stack.apiUrl, 'GET', path)).status).toBe(404);
    }
    expect((await send(stack.apiUrl, 'POST', '/console/session')).status).toBe(404);
  });

  it('takes a session for a token nowhere but at the console', async () => {
    const { cookies } = await signedIn();
    const cookie = `__Host-console=${cookies.get('__Host-console') ?? ''}`;
    expect((await send(stack.apiUrl, 'GET', '/products', { headers: { cookie } })).status).toBe(401);
    const token = cookies.get('__Host-console');
    expect((await send(stack.apiUrl, 'GET', '/products', { token })).status).toBe(401);
  });

  it('hands a doubled session on as two, and the console takes neither', async () => {
    const { cookies, ask } = await signedIn();
    const value = cookies.get('__Host-console') ?? '';
    cookies.set('__Host-console', `${value}; __Host-console=${value}`);
    expect((await ask('/console-api/products')).status).toBe(401);
  });

  it('lets no page of another origin send the header that the console wants', async () => {
    const response = await fetch(`${stack.apiUrl}/console-api/products`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-console',
      },
    });
    expect(response.headers.get('access-control-allow-headers')).not.toContain('x-console');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
    const { ask } = await signedIn();
    expect((await ask('/console-api/products', { headers: { origin: 'https://shop.example.com' } })).status).toBe(403);
  });
});
