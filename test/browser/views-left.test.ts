/** What becomes of unsaved changes when somebody leaves a view: by Back, or with the tab. */
import type { Browser, Page } from 'playwright-core';
import { startChromium, type Watched } from '../support/chromium';
import { expectNothingKept, heading, signedInAdmin, type SignedInAdmin } from '../support/console-page';
import { runningStack } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let productId: string;
let open: SignedInAdmin['open'];

beforeAll(async () => {
  browser = await startChromium();
  const admin = await signedInAdmin(browser, stack, 'browser-left@example.com', 'Left');
  ({ open } = admin);
  productId = await admin.newProduct('LEFT-1', 'Unsaved one');
});
afterAll(() => browser.close());

/** Opens the product's form, and changes its description. */
async function openChanged(): Promise<Watched> {
  const watched = await open(`products/${productId}`);
  await watched.page.getByRole('textbox', { name: 'Description' }).fill('Unsaved.');
  return watched;
}

/** What is asked, and answered so. */
async function leaving(page: Page, answer: 'stay' | 'leave', leave: () => Promise<unknown>): Promise<string[]> {
  const asked = new Promise<string>((resolve) =>
    page.once('dialog', (dialog) => {
      void (answer === 'leave' ? dialog.accept() : dialog.dismiss()).then(() => resolve(dialog.type()));
    }),
  );
  const [type] = await Promise.all([asked, leave()]);
  return [type];
}

it('asks before the tab is closed or loaded anew', async () => {
  const watched = await openChanged();
  const { page } = watched;
  await page.getByRole('textbox', { name: 'Description' }).press('End');
  expect(await leaving(page, 'stay', () => page.close({ runBeforeUnload: true }))).toEqual(['beforeunload']);
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Unsaved.');
  await page.getByRole('button', { name: 'Undo changes' }).click();
  await page.close({ runBeforeUnload: true });
  await page.waitForEvent('close').catch(() => undefined);
  await page.context().close();
});

it.each([
  ['a browser with the Navigation API', ''],
  ['a browser without it', 'delete globalThis.navigation'],
])('asks before going back in %s, and stays or goes as told', async (_, before) => {
  const watched = await open('activity');
  const { page } = watched;
  await page.addInitScript(before);
  await page.goto(`${stack.apiUrl}/console/products?q=unsaved-one`);
  expect(await page.evaluate("'navigation' in window")).toBe(before === '');
  await page.getByRole('link', { name: 'Unsaved one' }).click();
  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill('Unsaved.');
  await description.press('End');
  const back = () => page.evaluate('history.back()');
  expect(await leaving(page, 'stay', back)).toEqual(['confirm']);
  expect(await description.inputValue()).toBe('Unsaved.');
  expect(page.url()).toContain(productId);
  await description.press('End');
  expect(await leaving(page, 'leave', back)).toEqual(['confirm']);
  await heading(page, 'Products').waitFor();
  expect(page.url()).toContain('q=unsaved-one');
  // The way on is open again, and nothing of what was left is asked about.
  await page.getByRole('link', { name: 'Unsaved one' }).click();
  expect(await description.inputValue()).not.toBe('Unsaved.');
  await back();
  await heading(page, 'Products').waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});

it.each([
  ['categories', 'New category', 'Name'],
  ['users', 'Invite somebody', 'Address'],
])('asks before a dialog of %s is left by going back, and not when it is cancelled', async (view, button, field) => {
  const watched = await open('activity');
  const { page } = watched;
  await page.getByRole('link', { name: view, exact: false }).first().waitFor();
  await page.getByRole('navigation').getByText(view, { exact: false }).click();
  await page.getByRole('button', { name: button }).click();
  const typed = page.getByRole('dialog').getByLabel(field);
  await typed.fill('unsaved');
  await typed.press('End');
  expect(await leaving(page, 'stay', () => page.evaluate('history.back()'))).toEqual(['confirm']);
  expect(await typed.inputValue()).toBe('unsaved');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.evaluate('history.back()');
  await heading(page, 'Activity').waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});
