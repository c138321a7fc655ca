/** The console of the deployed stack: its page, out of its package, and where a sign-in leads: to an address of AWS's. */
import assert from 'node:assert/strict';
import type { EmulatedDeployment } from './deployed-stack';

/** Answers what the page weighs. Throws where it is not there, or leads elsewhere. */
export async function checkConsole({ apiUrl, region }: EmulatedDeployment): Promise<string> {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${apiUrl}${path}`, { headers, redirect: 'manual' });
  const page = await ask('/console/products');
  const html = await page.text();
  assert.equal(page.status, 200, html);
  assert.match(page.headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
  const files = [...html.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
  const sizes = await Promise.all(files.map(async (file) => (await (await ask(file)).arrayBuffer()).byteLength));
  assert.ok(files.length > 1 && sizes.every((size) => size > 0), `The page has these files: ${files.join(', ')}`);

  const session = await ask('/console/session', { 'x-console': '1' });
  assert.deepEqual(await session.json(), { signedIn: false });
  assert.equal((await ask('/console-api/products', { 'x-console': '1' })).status, 401);
  assert.equal((await ask('/console-api/products')).status, 403);
  const login = new URL((await ask('/console/login')).headers.get('location') ?? '');
  assert.match(login.host, new RegExp(`\\.auth\\.${region}\\.amazoncognito\\.com$`));
  assert.match(login.searchParams.get('redirect_uri') ?? '', /^https:\/\/.+\/console\/app$/);
  return `${files.length} files, ${sizes.reduce((sum, size) => sum + size, 0)} bytes unpacked`;
}
