/** What a person does at the console day by day, with many products, with categories below categories, and without a mouse. */
import type { Browser, Locator, Page } from 'playwright-core';
import { newPage, startChromium } from '../support/chromium';
import { expectNothingKept, heading, signedInPages, tabTo } from '../support/console-page';
import { eventually } from '../support/eventually';
import { newMember } from '../support/members';
import { password, runningStack, send } from '../support/stack';

const stack = runningStack();
const email = 'browser-work@example.com';
const price = { amount: 100, currency: 'EUR' };

let browser: Browser;
let token: string;
let open: Awaited<ReturnType<typeof signedInPages>>;
/** Three levels, each below the one before. */
const levels: { id: string; name: string }[] = [];

const post = async (path: string, body: object) => (await send(stack.apiUrl, 'POST', path, { token, body })).body;

beforeAll(async () => {
  browser = await startChromium();
  token = (await newMember(stack, email, ['admin'])).accessToken;
  for (const name of ['Garden', 'Tools', 'Spades']) {
    const parent = levels.at(-1);
    levels.push(await post('/categories', { name, ...(parent && { parentId: parent.id }) }));
  }
  const rows = Array.from({ length: 60 }, (_, n) => ({
    sku: `MANY-${n}`,
    name: `Many ${String(n).padStart(2, '0')}`,
    price,
    categoryId: levels[0]?.id,
    status: 'active',
  }));
  await post('/admin/products/bulk', { rows });
  open = await signedInPages(browser, stack, email);
});
afterAll(() => browser.close());

const focused = (page: Page) => page.locator(':focus');
/** Waits for the focus to be on what is called so: it comes there a moment after what it follows. */
const focusOn = (page: Page, name: string) =>
  eventually(`focus on ${name}`, () =>
    page.evaluate<boolean>(
      `(({ ariaLabel, innerText }) => (ariaLabel ?? innerText) === ${JSON.stringify(name)})(document.activeElement)`,
    ),
  );
/** Types the first letter of a choice until it is made: others begin with it too, and a word may be typed too slowly. */
const typeTo = (choices: Locator, name: string) =>
  eventually(`choice of ${name}`, async () => {
    await choices.press(name.charAt(0));
    return (await choices.locator('option:checked').innerText()).trim() === name;
  });
const rowsOf = (page: Page) => page.getByRole('table').getByRole('rowheader');

it('shows more at the press of a button, until all are there', async () => {
  const watched = await open(`products?categoryId=${levels[0]?.id ?? ''}&sort=name`);
  const { page } = watched;
  await page.getByRole('link', { name: 'Many 49' }).waitFor();
  expect(await rowsOf(page).count()).toBe(50);
  const more = page.getByRole('button', { name: 'Load more' });
  await more.click();
  await page.getByRole('link', { name: 'Many 59' }).waitFor();
  expect(await rowsOf(page).count()).toBe(60);
  expect(await more.count()).toBe(0);
  expect(await page.locator(':focus').innerText()).toBe('These are all');
  await expectNothingKept(watched);
  await page.context().close();
});

it('archives a product, and publishes it again', async () => {
  const { id } = await post('/products', {
    sku: 'ARCHIVE',
    name: 'Old',
    price,
    categoryId: levels[0]?.id,
    status: 'active',
  });
  const status = async () => (await send(stack.apiUrl, 'GET', `/admin/products/${id}`, { token })).body.status;
  const { page } = await open(`products/${id}`);
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Publish' }).waitFor();
  await page.getByText('Saved.').waitFor();
  expect(await status()).toBe('archived');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('button', { name: 'Archive' }).waitFor();
  // Said twice, and there once.
  expect(await page.getByText('Saved.').count()).toBe(1);
  expect(await status()).toBe('active');
  await page.context().close();
});

it('writes and reads prices as the language of the browser has them', async () => {
  const { id } = await post('/products', { sku: 'COMMA', name: 'Comma', price, categoryId: levels[0]?.id });
  const { page } = await open(`products/${id}`, { locale: 'de-DE' });
  const amount = page.getByRole('textbox', { name: 'Price' });
  await amount.waitFor();
  expect(await amount.inputValue()).toBe('1,00');
  await page.getByLabel('Currency').selectOption('KWD');
  await amount.fill('1.299');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Type an amount of KWD, such as 1,999').waitFor();
  await amount.fill('1,299');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  const { body } = await send(stack.apiUrl, 'GET', `/admin/products/${id}`, { token });
  expect(body.price).toEqual({ amount: 1299, currency: 'KWD' });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.locator('.entry').nth(1).waitFor();
  expect(await page.locator('.entry').first().innerText()).toMatch(/Price\s+1,00\s+1,299/);
  await page.context().close();
});

it('moves selected products to a category, and sets their stock', async () => {
  const { page } = await open(`products?categoryId=${levels[0]?.id ?? ''}&sort=name`);
  await page.getByLabel('Select Many 00').check();
  await page.getByLabel('Select Many 01').check();
  await typeTo(page.getByLabel('Category of the selected products'), 'Spades');
  await page.getByRole('button', { name: 'Move' }).click();
  await page.getByText('2 of 2 products changed.').waitFor();
  await page.getByRole('link', { name: 'Many 00' }).waitFor({ state: 'detached' });
  await page.goto(`${stack.apiUrl}/console/products?categoryId=${levels[2]?.id ?? ''}&sort=name`);
  await page.getByRole('link', { name: 'Many 01' }).waitFor();
  expect(await rowsOf(page).allInnerTexts()).toEqual(['Many 00', 'Many 01']);
  await page.getByLabel('Select all that are shown').check();
  await page.getByLabel('Stock of the selected products').fill('-1');
  expect(await page.getByRole('button', { name: 'Set stock' }).isDisabled()).toBe(true);
  await page.getByText('Type a whole number').waitFor();
  await page.getByLabel('Stock of the selected products').fill('77');
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: '77', exact: true }).nth(1).waitFor();
  // What the selection was is done.
  await page.getByLabel('Change the selected products').waitFor({ state: 'detached' });
  await focusOn(page, 'Products');
  await page.context().close();
});

it('shows each level of categories further in, offers none below itself, and takes one elsewhere under another name', async () => {
  for (const name of ['Size 10', 'Size 9']) await post('/categories', { name });
  let parentId: string | undefined;
  for (let level = 1; level <= 8; level += 1)
    parentId = (await post('/categories', { name: `Level ${level}`, ...(parentId !== undefined && { parentId }) })).id;
  const watched = await open('categories');
  const { page } = watched;
  const edge = async (name: string) => {
    const box = await page.getByRole('link', { name, exact: true }).boundingBox();
    return box?.x ?? 0;
  };
  await page.getByRole('link', { name: 'Spades', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Change Tools' }).click();
  const offered = await page.getByLabel('Below').getByRole('option').allTextContents();
  expect(offered).toEqual(expect.arrayContaining(['At the top', 'Garden']));
  expect(offered.filter((name) => /Tools|Spades/.test(name))).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  const names = await rowsOf(page).allInnerTexts();
  expect(names.indexOf('Size 9')).toBeLessThan(names.indexOf('Size 10'));
  const [garden, tools, spades] = [await edge('Garden'), await edge('Tools'), await edge('Spades')];
  expect(tools - garden).toBeGreaterThan(10);
  expect(spades - tools).toBeGreaterThan(10);
  // The last level, on a phone, beside one that is wider.
  await page.setViewportSize({ width: 360, height: 640 });
  expect((await page.getByRole('link', { name: 'Level 8', exact: true }).boundingBox())?.height).toBeLessThan(30);
  await page.setViewportSize({ width: 1200, height: 900 });

  await page.getByRole('button', { name: 'Change Spades' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change Spades' });
  expect(await dialog.getByLabel('Below').locator('option:checked').innerText()).toContain('Tools');
  await dialog.getByLabel('Name').fill('Shovels');
  await dialog.getByLabel('Below').selectOption({ label: 'Garden' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Shovels has been saved.').waitFor();
  await page.getByRole('link', { name: 'Shovels', exact: true }).waitFor();
  expect(await edge('Shovels')).toBe(tools);
  const { body } = await send(stack.apiUrl, 'GET', `/categories/${levels[2]?.id ?? ''}`, { token });
  expect(body).toMatchObject({ name: 'Shovels', parentId: levels[0]?.id });
  await expectNothingKept(watched);
  await page.context().close();
});

it('gives a dialog the focus, keeps it there, and gives it back', async () => {
  const { page } = await open('categories');
  const opener = page.getByRole('button', { name: 'Change Garden' });
  for (const end of ['Escape', 'Cancel', 'Save'] as const) {
    await opener.click();
    const dialog = page.getByRole('dialog', { name: 'Change Garden' });
    await focused(page).and(dialog.getByLabel('Name')).waitFor();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      // The browser's own buttons are between the last and the first.
      if ((await focused(page).count()) > 0) expect(await focused(page).and(dialog.locator('*')).count()).toBe(1);
    }
    if (end === 'Escape') await page.keyboard.press('Escape');
    else await dialog.getByRole('button', { name: end }).click();
    await dialog.waitFor({ state: 'detached' });
    await focusOn(page, 'Change Garden');
  }
  await page.context().close();
});

it('leaves nobody without a focus where a button goes with what it has done', async () => {
  await post('/categories', { name: 'Short-lived' });
  const { id } = await post('/products', { sku: 'BIN', name: 'Binned', price, categoryId: levels[0]?.id });
  const { page } = await open(`products/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await heading(page, 'Products').waitFor();
  await focusOn(page, 'Products');
  await page.getByRole('link', { name: 'Bin', exact: true }).click();
  await page.getByRole('button', { name: 'Restore Binned' }).click();
  await page.getByText('Binned is back.').waitFor();
  await focusOn(page, 'Bin');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('link', { name: 'Categories' }).click();
  await page.getByRole('button', { name: 'Delete Short-lived' }).click();
  await page.getByText('Short-lived has been deleted.').waitFor();
  await focusOn(page, 'Categories');
  await page.context().close();
});

it('does the main job by keyboard alone', async () => {
  const keys = 'browser-keys@example.com';
  await newMember(stack, keys, ['admin']);
  const watched = await newPage(browser);
  const { page } = watched;
  const press = async (name: string, role: 'button' | 'link' = 'button') => {
    await tabTo(page, page.getByRole(role, { name, exact: true }));
    await page.keyboard.press('Enter');
  };
  /** By the bar at the top, which is before what has the focus in a view. */
  const goTo = async (name: string) => {
    await tabTo(page, page.getByRole('link', { name, exact: true }), 'Shift+Tab');
    await page.keyboard.press('Enter');
  };
  const type = async (field: string, text: string) => {
    await tabTo(page, page.getByRole('textbox', { name: field, exact: true }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  };
  await page.goto(`${stack.apiUrl}/console`);
  await press('Sign in', 'link');
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(keys);
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await heading(page, 'Products').waitFor();

  await goTo('Categories');
  await heading(page, 'Categories').waitFor();
  await focusOn(page, 'Categories');
  await press('New category');
  // The dialog has the focus in its first field.
  await page.keyboard.type('Keyboards');
  await page.keyboard.press('Enter');
  await page.getByText('Keyboards has been created.').waitFor();
  await focusOn(page, 'New category');

  await goTo('Products');
  await heading(page, 'Products').waitFor();
  await press('New product', 'link');
  await heading(page, 'New product').waitFor();
  await type('Name', 'Typed');
  await type('SKU', 'TYPED-1');
  await type('Price', '5.00');
  await tabTo(page, page.getByLabel('Category'));
  await typeTo(page.getByLabel('Category'), 'Keyboards');
  await press('Create');
  await heading(page, 'Typed').waitFor();
  await press('Publish');
  await page.getByRole('button', { name: 'Archive' }).waitFor();
  await type('Price', '6.50');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Undo changes' }).waitFor({ state: 'detached' });
  await tabTo(page, page.getByRole('tab', { name: 'Details' }), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.entry').nth(2).waitFor();
  expect(await page.locator('.entry').first().innerText()).toMatch(/5\.00\s+6\.50/);

  await page.getByRole('heading', { level: 1 }).press('Home');
  await goTo('Products');
  await heading(page, 'Products').waitFor();
  await tabTo(page, page.getByRole('searchbox', { name: 'Search' }));
  await page.keyboard.type('typed');
  await press('Typed', 'link');
  await heading(page, 'Typed').waitFor();
  await press('Delete');
  await page.getByText('Typed has been deleted.').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Undo' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Typed is back.').waitFor();
  await focusOn(page, 'Products');
  await expectNothingKept(watched);
  await page.context().close();
});
