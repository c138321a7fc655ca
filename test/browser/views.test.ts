/** Every view of the console, with what is in it: nothing that axe finds, light and dark, and no wider than a phone. */
import type { Browser, Page } from 'playwright-core';
import { newPage, startChromium, type Watched } from '../support/chromium';
import { expectAccessible, expectNothingKept, heading, signedInPages } from '../support/console-page';
import { newMember } from '../support/members';
import { runningStack, send } from '../support/stack';

const stack = runningStack();
const email = 'browser-views@example.com';

let browser: Browser;
let watched: Watched;
let page: Page;
const ids: Record<string, string> = {};

beforeAll(async () => {
  browser = await startChromium();
  const token = (await newMember(stack, email, ['admin'])).accessToken;
  const post = async (path: string, body: object) => (await send(stack.apiUrl, 'POST', path, { token, body })).body;
  const category = await post('/categories', { name: 'Views' });
  await post('/categories', { name: 'Views within', parentId: category.id });
  const price = { amount: 100, currency: 'EUR' };
  const make = async (sku: string, name: string, status = 'draft'): Promise<string> =>
    (await post('/products', { sku, name, status, price, categoryId: category.id, attributes: { colour: 'red' } })).id;
  Object.assign(ids, {
    category: category.id,
    product: await make('VIEW-1', 'Viewed'),
    gone: await make('VIEW-2', 'Gone'),
  });
  await send(stack.apiUrl, 'DELETE', `/products/${ids['gone'] ?? ''}`, { token });
  for (const status of ['active', 'archived']) await make(`VIEW-${status}`, `Viewed, ${status}`, status);
  watched = await (await signedInPages(browser, stack, email))('products');
  ({ page } = watched);
  await heading(page, 'Products').waitFor();
});
afterAll(() => browser.close());

const phone = { width: 360, height: 740 };
const desk = { width: 1200, height: 900 };

/** Buttons, and lists to choose from, whose words are cut off. */
const cutOff = () =>
  page.evaluate<string[]>(`(() => {
    const pen = document.createElement('canvas').getContext('2d');
    const isCutOff = (list) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(list);
      pen.font = font;
      const room = list.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return pen.measureText(list.selectedOptions[0]?.text ?? '').width > room + 1;
    };
    return [
      ...[...document.querySelectorAll('button span')].filter((e) => e.scrollWidth > e.clientWidth + 1),
      ...[...document.querySelectorAll('select')].filter(isCutOff),
    ].map((e) => e.textContent);
  })()`);

async function expectToFit(): Promise<void> {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect([page.url(), width, await cutOff()]).toEqual([page.url(), size.width, []]);
  }
}

async function visit(path: string): Promise<void> {
  await page.goto(`${stack.apiUrl}/console/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
}

it('of the bar at the top', async () => {
  const names = await page.getByRole('navigation', { name: 'Views' }).getByRole('link').allInnerTexts();
  expect(names).toEqual(expect.arrayContaining(['Products', 'Categories', 'Activity', 'Users', 'Bin']));
  for (const name of names) {
    await page.getByRole('link', { name, exact: true }).click();
    await heading(page, name).waitFor();
    await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
    expect(await page.title()).toBe(`${name} · Catalogue`);
    await expectAccessible(watched);
    await expectToFit();
  }
});

it.each([
  ['a product', () => `products/${ids['product'] ?? ''}`],
  ['its history', () => `products/${ids['product'] ?? ''}/history`],
  ['the history of a deleted product', () => `products/${ids['gone'] ?? ''}/deleted`],
  ['the history of a category', () => `categories/${ids['category'] ?? ''}/history`],
  ['a new product', () => 'products/new'],
  ['an import of products', () => 'products/import'],
  ['an import of categories', () => 'categories/import'],
  ['what is no view', () => 'nowhere/at-all'],
  ['the end of a second sign-in', () => 'signed-in'],
])('of %s', async (_, path) => {
  await visit(path());
  await expectAccessible(watched);
  await expectToFit();
});

it('of a form whose fields are not as they have to be', async () => {
  await visit('products/new');
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  expect(await page.locator('[aria-invalid=true]').count()).toBeGreaterThan(2);
  await expectAccessible(watched);
  await expectToFit();
  page.once('dialog', (dialog) => void dialog.accept());
});

it.each([
  ['categories', 'New category', 'New category'],
  ['categories', 'Change Views', 'Change Views'],
  ['users', 'Invite somebody', 'Invite somebody'],
  ['users', `Change ${email}`, email],
])('of the dialog in %s, %s', async (path, button, title) => {
  await visit(path);
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  await expectAccessible(watched);
  await expectToFit();
  const box = await dialog.boundingBox();
  const [above, below] = [box?.y ?? 0, desk.height - (box?.y ?? 0) - (box?.height ?? 0)];
  expect([title, Math.abs(above - below) < 2]).toEqual([title, true]);
});

it('of products that are selected, and of a message', async () => {
  await visit('products?q=viewed');
  await page.getByLabel('Select Viewed', { exact: true }).check();
  await expectAccessible(watched);
  await expectToFit();
  await page.getByLabel('Status of the selected products').selectOption('active');
  await page.getByRole('button', { name: 'Set status' }).click();
  await page.getByText('1 of 1 product changed.').waitFor();
  await expectAccessible(watched);
  await expectToFit();
});

it.each(['', '/sign-in-failed?reason=cancelled', '/sign-in-failed?reason=stale', '/sign-in-failed?reason=unavailable'])(
  'of the sign-in at /console%s',
  async (path) => {
    const stranger = await newPage(browser, { viewport: phone });
    await stranger.page.goto(`${stack.apiUrl}/console${path}`);
    await heading(stranger.page, 'Catalogue').waitFor();
    if (path !== '') expect(await stranger.page.getByRole('alert').innerText()).toMatch(/sign-in/);
    expect(await stranger.page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    await expectAccessible(stranger);
    await expectNothingKept(stranger);
    await stranger.page.context().close();
  },
);

it.each([
  ['who may read alone', ['user'], 'Viewed'],
  ['who is in no group', [], 'Nothing to see yet'],
])('of somebody %s', async (_, groups, title) => {
  const member = `browser-views-${groups.length}@example.com`;
  await newMember(stack, member, groups);
  const theirs = await (await signedInPages(browser, stack, member))(`products/${ids['product'] ?? ''}`);
  await heading(theirs.page, title).waitFor();
  await expectAccessible(theirs);
  await expectNothingKept(theirs);
  await theirs.page.context().close();
});

it('has kept nothing in any of them, and done nothing that it may not do', () => expectNothingKept(watched));
