/** What was done, as the console tells it: by the names that people know, also of what has been deleted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium';
import {
  expectAccessible,
  expectNothingKept,
  heading,
  signedInAdmin,
  type SignedInAdmin,
} from '../support/console-page';
import { runningStack, send } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let admin: SignedInAdmin;

const call = (method: string, path: string, body?: object) =>
  send(stack.apiUrl, method, path, { token: admin.token, ...(body && { body }) });

beforeAll(async () => {
  browser = await startChromium();
  admin = await signedInAdmin(browser, stack, 'browser-history@example.com', 'Told of');
});
afterAll(() => browser.close());

it('names the records of the activity whose entries do not, and their fields as forms do', async () => {
  const id = await admin.newProduct('TOLD-1', 'Told by name');
  await call('PATCH', `/products/${id}`, { stockCount: 7, attributes: { 'colour/outside': 'red' } });
  await call('PATCH', `/categories/${admin.categoryId}`, { description: 'Changed.' });
  const watched = await admin.open('activity');
  const { page } = watched;
  // The rows of before the choice fade until those of after it are there.
  await page.route(/[?&]action=updated/, async (route) => {
    await sleep(1_000);
    await route.continue();
  });
  await page.getByLabel('What was done').selectOption('updated');
  await page.getByRole('row', { name: /Changed product Told by name In stock, Attribute colour\/outside/ }).waitFor();
  await page.getByRole('row', { name: /Changed category Told of Description/ }).waitFor();
  await expectAccessible(watched);
  await expectNothingKept(watched);
  await page.context().close();
});

it('tells in the history of a product of categories and statuses by their names, and of nothing twice', async () => {
  const other = (await admin.post('/categories', { name: 'Another place' })).id as string;
  const id = await admin.newProduct('TOLD-2', 'Told of twice');
  await call('PATCH', `/products/${id}`, { categoryId: other, status: 'archived' });
  const { page } = await admin.open(`products/${id}/history`);
  await page.getByRole('row', { name: 'Category Told of Another place' }).waitFor();
  await page.getByRole('row', { name: 'Status Active Archived' }).waitFor();
  const fields = await page.getByRole('rowheader').allInnerTexts();
  expect(fields.filter((field) => /created|updated|›/i.test(field))).toEqual([]);
  await page.context().close();
});

it('leads from the activity to the history of what has been deleted, by its name', async () => {
  const id = await admin.newProduct('TOLD-3', 'Told of afterwards');
  await call('DELETE', `/products/${id}`);
  const watched = await admin.open('activity');
  const { page } = watched;
  await page.getByRole('link', { name: 'product Told of afterwards' }).first().click();
  await heading(page, 'Told of afterwards').waitFor();
  expect(await page.locator('.entry').count()).toBe(2);
  await expectNothingKept(watched);
  await page.context().close();
});
