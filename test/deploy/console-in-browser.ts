/**
 * The deployed console, used in a browser: somebody signs in at the pool's hosted UI, and the page, out of its package, lists and
 * changes the catalogue by its own function, sends a picture to the bucket, has its token renewed, and signs out.
 *
 * All is as deployed but the addresses (`console-addresses.ts`): the secret, PKCE, the sealed cookie, the required header, the way to
 * the API, its authorizer, the page and its policy. Pictures are read from the bucket, in place of CloudFront, which the emulator has
 * not. The groups of a renewed token and `/oauth2/revoke` are filled in for it (`hosted-ui-gaps.ts`).
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as z from 'zod/mini';
import { sealFor } from '../../src/console/seal';
import { giveSession, newPage, startChromium } from '../support/chromium';
import { dropPng } from '../support/drop-file';
import { eventually } from '../support/eventually';
import { png } from '../support/pictures';
import { password } from '../support/stack';
import { hostConsole, type HostedConsole } from './console-addresses';
import type { EmulatedDeployment } from './deployed-stack';
import { fileAt } from './pictures';

/** Signs `email`, an admin, in, and answers what was done. Throws where the page does not do it, or does what it may not. */
export async function useConsole(deployment: EmulatedDeployment, email: string): Promise<string> {
  const hosted = await hostConsole(deployment);
  const browser = await startChromium();
  try {
    const { page, faults, searched } = await newPage(browser);
    await page.route(`${hosted.imagesUrl}/**`, async (route) => {
      const { content, ContentType = '' } = await fileAt(route.request().url());
      await route.fulfill({ body: content, contentType: ContentType });
    });
    await signIn(page, hosted, email);
    await makeCategory(page);
    await sendPicture(page);
    await renewToken(page, hosted);
    await Promise.all(searched);
    await signOut(page, hosted, deployment.cognitoUrl);
    await Promise.all(searched);
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
  }
  return 'signed in, a category and a product made, a picture dropped and seen, the token renewed, signed out';
}

async function signIn(page: Page, { url }: HostedConsole, email: string): Promise<void> {
  await page.goto(`${url}/console/categories`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Username').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'New category' }).waitFor();
  const kept = (await page.context().cookies(url)).map(({ name, httpOnly, secure, sameSite }) => [
    ...[name, httpOnly, secure, sameSite],
  ]);
  assert.deepEqual(kept, [['__Host-console', true, true, 'Strict']]);
}

async function makeCategory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New category' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Rehearsed');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('rowheader', { name: 'Rehearsed' }).waitFor();
}

/** Drops a picture on a new product, which shows its preview then, as the list does, and the bucket has the very file. */
async function sendPicture(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('link', { name: 'New product' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Pictured by the page');
  await page.getByRole('textbox', { name: 'SKU' }).fill('PICTURED-BY-PAGE');
  await page.getByRole('textbox', { name: 'Price' }).fill('1');
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Rehearsed' });
  await page.getByRole('button', { name: 'Create' }).click();
  const file = png(1600, 1200, 'rehearsed');
  await dropPng(page.getByRole('group', { name: 'Pictures' }), 'rehearsed.png', file);
  assert.deepEqual(await sizeOf(page, '.arrangement img'), [400, 300]);
  const address = await page.getByRole('link', { name: 'Open picture 1' }).getAttribute('href');
  assert.ok((await fileAt(address ?? '')).content.equals(file), 'the bucket has another file than was dropped');

  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'PICTURED-BY-PAGE' }).locator('img').waitFor();
  assert.deepEqual(await sizeOf(page, 'tbody img'), [400, 300]);
}

/** The pixels of the first picture there, once it has been loaded. */
async function sizeOf(page: Page, selector: string): Promise<unknown> {
  await page.locator(selector).first().scrollIntoViewIfNeeded();
  const size = `(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight])(document.querySelector('${selector}'))`;
  return eventually('a picture that is loaded', async () => {
    const [width, height] = await page.evaluate<[number, number]>(size);
    return width > 0 ? [width, height] : undefined;
  });
}

const session = z.looseObject({ token: z.string() });

/** A session whose token ends in half a minute, as it does a quarter of an hour after the sign-in. */
function ageing(cookie: string, clientSecret: string): string {
  const seal = sealFor(clientSecret, 'session');
  const kept = session.parse(seal.open(cookie));
  const claims = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 30 })).toString('base64url');
  return seal.close({ ...kept, token: `e30.${claims}.e30` });
}

const cookieOf = async (page: Page, url: string) => (await page.context().cookies(url))[0]?.value ?? '';

async function renewToken(page: Page, { url, clientSecret }: HostedConsole): Promise<void> {
  const old = ageing(await cookieOf(page, url), clientSecret);
  await giveSession(page, old);
  await page.goto(`${url}/console/categories`);
  await page.getByRole('rowheader', { name: 'Rehearsed' }).waitFor();
  await page.getByRole('button', { name: 'New category' }).waitFor();
  assert.notEqual(await cookieOf(page, url), old, 'the session has kept a token that is about to end');
}

/** Leads to the pool's address, and from there back to the console; whoever has a copy of the cookie can have nothing renewed. */
async function signOut(page: Page, { url, clientSecret }: HostedConsole, hostedUi: string): Promise<void> {
  const copy = ageing(await cookieOf(page, url), clientSecret);
  const asked = page.waitForRequest((request) => request.url().startsWith(`${hostedUi}/logout?`));
  await page.getByRole('button', { name: 'Sign out' }).click();
  assert.equal(new URL((await asked).url()).searchParams.get('logout_uri'), `${url}/console`);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await page.context().cookies(url), []);
  await giveSession(page, copy);
  await page.goto(`${url}/console/categories`);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
}
