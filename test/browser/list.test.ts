/** The list of products at the console, as somebody who hurries uses it: what they type, select and press twice is what they meant. */
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../support/chromium';
import {
  expectAccessible,
  expectNothingKept,
  heading,
  overflowOf,
  signedInAdmin,
  type SignedInAdmin,
} from '../support/console-page';
import { eventually } from '../support/eventually';
import { newGate } from '../support/gate';
import { runningStack, send } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let admin: SignedInAdmin;

beforeAll(async () => {
  browser = await startChromium();
  admin = await signedInAdmin(browser, stack, 'browser-list@example.com', 'Listed');
  const { categoryId } = admin;
  const price = { amount: 100, currency: 'EUR' };
  const status = 'draft';
  const rows = ['One', 'Two', 'Three', 'Four'].map((name) => ({
    sku: `LISTED-${name}`,
    name,
    price,
    categoryId,
    status,
  }));
  await admin.post('/admin/products/bulk', { rows });
});
afterAll(() => browser.close());

const list = (more = '') => admin.open(`products?categoryId=${admin.categoryId}&sort=sku${more}`);
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const statusOf = async (sku: string) =>
  (await send(stack.apiUrl, 'GET', `/admin/products?sku=${sku}`, { token: admin.token })).body.items[0]?.status;
/** Waits for the focus to be on what has this text: it comes there a moment after what it follows. */
const focusOn = (page: Page, name: string) =>
  eventually(
    `focus on ${name}`,
    async () => (await page.evaluate<string>('document.activeElement.textContent')) === name,
  );

/** Presses twice, with no answer in between: a second press after it would be one of the button that is there by then. */
async function pressTwice(page: Page, name: string) {
  const gate = newGate();
  await page.route('**/console-api/**', async (route) => {
    await gate.passed;
    await route.fallback();
  });
  await page.getByRole('button', { name }).dblclick();
  gate.open();
}

it('keeps the space that was typed last while the words before it are searched for', async () => {
  const { page } = await list();
  const box = page.getByRole('searchbox');
  await box.pressSequentially('listed ');
  await page.waitForURL(/q=listed/);
  await box.pressSequentially('one');
  await page.waitForURL(/q=listed\+one/);
  await link(page, 'One').waitFor();
  await page.context().close();
});

it('shows what was there, and no empty place, until what is asked for next has come', async () => {
  const { page } = await list();
  await link(page, 'One').waitFor();
  const gate = newGate();
  await page.route('**/console-api/admin/products?*', async (route) => {
    await gate.passed;
    await route.continue();
  });
  await page.getByRole('searchbox').fill('two');
  await page.waitForURL(/q=two/);
  await page.locator('[aria-busy=true]').getByRole('link', { name: 'One' }).waitFor();
  gate.open();
  await link(page, 'One').waitFor({ state: 'detached' });
  expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(['Two']);
  await page.context().close();
});

it('names the category that it is filtered by before all of them are there', async () => {
  const { page } = await admin.open('activity');
  const gate = newGate();
  await page.route('**/console-api/categories?*', async (route) => {
    await gate.passed;
    await route.continue();
  });
  await page.goto(`${stack.apiUrl}/console/products?categoryId=${admin.categoryId}`);
  const filter = page.getByRole('combobox', { name: 'Category' });
  await filter.waitFor();
  expect(await filter.inputValue()).toBe(admin.categoryId);
  gate.open();
  await filter.getByRole('option', { name: 'Listed', selected: true }).waitFor({ state: 'attached' });
  await page.context().close();
});

it('makes a new product in the category and with the status that are shown, and asks nobody who leaves it so', async () => {
  const { page } = await list('&status=active');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.accept();
  });
  await page.getByRole('link', { name: 'New product' }).click();
  await heading(page, 'New product').waitFor();
  await page.locator('#field-categoryId').getByRole('option', { name: 'Listed' }).waitFor({ state: 'attached' });
  expect(await page.locator('#field-categoryId').inputValue()).toBe(admin.categoryId);
  expect(await page.locator('#field-status').inputValue()).toBe('active');
  await page.goBack();
  await heading(page, 'Products').waitFor();
  expect(asked).toEqual([]);
  await page.context().close();
});

it('leaves out of its address what is no filter, and a category that is not there any more', async () => {
  const { page } = await admin.open(
    'products?q=listed-two&status=sold&sort=colour&categoryId=01ARZ3NDEKTSV4RRFFQ69G5FAV',
  );
  await link(page, 'Two').waitFor();
  expect(await page.getByLabel('Status').inputValue()).toBe('');
  expect(await page.getByLabel('Category').inputValue()).toBe('');
  await page.getByLabel('Status').selectOption('draft');
  await page.waitForURL(/status=draft/);
  expect(new URL(page.url()).search).toBe('?q=listed-two&status=draft');
  await page.context().close();
});

it('changes nothing of what is selected while a status is being chosen by the arrow keys', async () => {
  const watched = await list();
  const { page } = watched;
  await page.getByLabel('Select Three').check();
  await page.getByLabel('Status of the selected products').press('ArrowDown');
  await page.getByLabel('Status of the selected products').press('ArrowDown');
  expect(await statusOf('LISTED-Three')).toBe('draft');
  await page.getByRole('button', { name: 'Set status' }).press('Enter');
  await page.getByText('1 of 1 product changed.').waitFor();
  expect(await statusOf('LISTED-Three')).toBe('active');
  await expectNothingKept(watched);
  await page.context().close();
});

it('has nothing selected any more once Back has filtered it otherwise', async () => {
  const { page } = await list();
  await page.getByRole('searchbox').fill('four');
  await page.waitForURL(/q=four/);
  await link(page, 'One').waitFor({ state: 'detached' });
  await page.getByLabel('Select Four').check();
  await page.goBack();
  await link(page, 'One').waitFor();
  expect(await page.getByLabel('Change the selected products').count()).toBe(0);
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await page.context().close();
});

it('says of a product that somebody else has changed meanwhile what to do, and changes it once that is done again', async () => {
  await admin.post('/admin/products/bulk', {
    rows: [
      { sku: 'MEANWHILE', name: 'Meanwhile', price: { amount: 1, currency: 'EUR' }, categoryId: admin.categoryId },
    ],
  });
  const { page } = await list('&q=meanwhile');
  await page.getByLabel('Select Meanwhile').check();
  await admin.post('/admin/products/bulk', { rows: [{ sku: 'MEANWHILE', stockCount: 1 }] });
  await page.getByLabel('Stock of the selected products').fill('5');
  await page.getByRole('button', { name: 'Set stock' }).click();
  await page.getByText('Meanwhile: it has been changed meanwhile. Do it again where it is still wanted.').waitFor();
  await page.getByRole('cell', { name: '1', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Set stock' }).click();
  await page.getByText('1 of 1 product changed.').waitFor();
  await page.context().close();
});

it('says what is wrong with a stock that none of many can have, beside rows that stay in view on a phone', async () => {
  const { categoryId } = admin;
  const price = { amount: 100, currency: 'EUR' };
  const rows = Array.from({ length: 30 }, (_, number) => ({
    ...{ sku: `STOCK-${number}`, name: `Stock ${'n'.repeat(60)}`, price, categoryId },
  }));
  await admin.post('/admin/products/bulk', { rows });
  const viewport = { width: 360, height: 740 };
  const watched = await admin.open('products?q=stock', { viewport });
  const { page } = watched;
  await page.getByLabel('Select all that are shown').check();
  await page.getByLabel('Stock of the selected products').fill('1000000001');
  await page.getByRole('button', { name: 'Set stock' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('In stock must be at most 1000000000').first().waitFor();
  expect(await alert.getByRole('listitem').count()).toBe(30);
  await eventually('focus on what was not done', async () => (await alert.and(page.locator(':focus')).count()) === 1);
  expect((await page.locator('.bulk').boundingBox())?.height).toBeLessThan(viewport.height * 0.7);
  expect(await overflowOf(page, '[role=alert]')).toBe(0);
  await expectAccessible(watched);
  await page.context().close();
});

it('tries those again that are left where many are changed and the way breaks off', async () => {
  const { categoryId, post } = admin;
  const rows = Array.from({ length: 101 }, (_, n) => ({
    ...{ sku: `MANY-${n}`, name: `Hundred ${n}`, price: { amount: 1, currency: 'EUR' }, categoryId },
  }));
  await post('/admin/products/bulk', { rows: rows.slice(0, 100) });
  await post('/admin/products/bulk', { rows: rows.slice(100) });
  const { page } = await list('&q=hundred');
  for (const count of [50, 100]) {
    await page
      .getByRole('rowheader')
      .nth(count - 1)
      .waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
  }
  await page.getByRole('rowheader').nth(100).waitFor();
  await page.getByLabel('Select all that are shown').check();
  await page.getByLabel('Stock of the selected products').fill('5');
  let requests = 0;
  await page.route('**/console-api/admin/products/bulk', (route) => {
    requests += 1;
    return requests === 2 ? route.abort() : route.continue();
  });
  await page.getByRole('button', { name: 'Set stock' }).click();
  await page.getByRole('cell', { name: '5', exact: true }).nth(99).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('101 of 101 products changed.').waitFor();
  await page.context().close();
});

it('archives, deletes and restores a product once where that is pressed twice, and goes back to the list as it was filtered', async () => {
  await admin.newProduct('LISTED-Twice', 'Twice');
  const watched = await list('&q=twice');
  const { page } = watched;
  await link(page, 'Twice').click();
  await pressTwice(page, 'Archive');
  await page.getByText('Saved.').waitFor();
  await focusOn(page, 'Publish');
  expect(await statusOf('LISTED-Twice')).toBe('archived');
  expect(await page.getByRole('alert').count()).toBe(0);
  await pressTwice(page, 'Delete');
  await heading(page, 'Products').waitFor();
  expect(page.url()).toContain('q=twice');
  await page.getByRole('link', { name: 'Bin' }).click();
  await pressTwice(page, 'Restore Twice');
  await page.getByText('Twice is back.').waitFor();
  expect(await page.getByText(/Twice (?:is not back|has not been deleted)/).count()).toBe(0);
  await expectNothingKept(watched);
  await page.context().close();
});

it('shows that a deletion and a restoration are under way, until they are done', async () => {
  const id = await admin.newProduct('LISTED-Slow', 'Slow');
  await admin.post('/categories', { name: 'Slow as well' });
  const { page } = await admin.open(`products/${id}`);
  page.on('dialog', (dialog) => void dialog.accept());
  for (const [view, button, done] of [
    [`products/${id}`, 'Delete', 'Slow has been deleted.'],
    ['bin', 'Restore Slow', 'Slow is back.'],
    ['categories', 'Delete Slow as well', 'Slow as well has been deleted.'],
  ] as const) {
    await page.goto(`${stack.apiUrl}/console/${view}`);
    const gate = newGate();
    await page.route(/\/console-api\//, async (route) => {
      if (route.request().method() !== 'GET') await gate.passed;
      await route.continue();
    });
    const pressed = page.getByRole('button', { name: button, exact: true });
    await pressed.click();
    await pressed.and(page.locator('[aria-busy=true]')).waitFor();
    gate.open();
    await page.getByText(done).waitFor();
    await pressed.waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'wait' });
  }
  await page.context().close();
});

it('shows a product no more that has just been deleted, before the list is there anew', async () => {
  await admin.newProduct('LISTED-Gone', 'Gone');
  const { page } = await list('&q=gone');
  await link(page, 'Gone').click();
  await page.getByRole('button', { name: 'Delete' }).waitFor();
  const gate = newGate();
  await page.route('**/console-api/admin/products?*', async (route) => {
    await gate.passed;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Gone has been deleted.').waitFor();
  await heading(page, 'Products').waitFor();
  expect(await link(page, 'Gone').count()).toBe(0);
  gate.open();
  await page.getByText('No product is like that.').waitFor();
  await page.context().close();
});

it('leaves the focus on what was pressed: an order, saving, and a file that is made', async () => {
  const { page } = await list('&q=four');
  await page.getByRole('button', { name: 'Price' }).press('Enter');
  await page.waitForURL(/sort=price/);
  await page.locator('[aria-busy=false] [aria-sort=ascending]').waitFor();
  await focusOn(page, 'Price ↑');
  await page.getByRole('button', { name: 'Export CSV' }).press('Enter');
  await page.getByText(/^products\.csv is made, with 1 product\.$/).waitFor();
  await focusOn(page, 'Export CSV');
  await link(page, 'Four').click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Typed.');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Saved.').waitFor();
  await focusOn(page, 'Save');
  await page.context().close();
});

it.each([360, 1200])(
  'is no wider than a screen of %d pixels for a name that is one long word, and cuts off no button beside it',
  async (width) => {
    const id = await admin.newProduct(`LISTED-W-${width}`, 'W'.repeat(150));
    const { page } = await admin.open(`products/${id}`, { viewport: { width, height: 740 } });
    await heading(page, 'W'.repeat(150)).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    for (const [view, region] of [
      [`products?q=listed-w-${width}`, 'Products'],
      ['activity', 'Changes'],
    ] as const) {
      await page.goto(`${stack.apiUrl}/console/${view}`);
      await page.getByRole('region', { name: region }).getByRole('link').first().waitFor();
      // As wide as the columns of any product.
      expect(await page.evaluate("document.querySelector('.scroll').scrollWidth")).toBeLessThan(1300);
    }
    await page.goto(`${stack.apiUrl}/console/products/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    const words = "[...document.querySelectorAll('.message button span')]";
    expect(await page.evaluate(`${words}.some((span) => span.textContent === 'Undo')`)).toBe(true);
    expect(await page.evaluate(`${words}.filter((span) => span.scrollWidth > span.clientWidth + 1).length`)).toBe(0);
    await page.context().close();
  },
);
