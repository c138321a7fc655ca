/** The console in a browser: the main job, behind each authorizer, with what a person sees when it does not go well. */
import type { Browser } from 'playwright-core';
import { fields } from '../../console/products/values';
import { newPage, startChromium, type Watched } from '../support/chromium';
import { consoleBrowser, sendTo } from '../support/console-browser';
import { expectAccessible, expectNothingKept, heading, signedInPages, signIn } from '../support/console-page';
import { newMember } from '../support/members';
import { password, runningStack, send } from '../support/stack';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

describe.each(['jwt', 'lambda', 'iam'] as const)('behind the authorizer %s', (authorizer) => {
  const stack = runningStack(authorizer);
  const admin = `browser-admin-${authorizer}@example.com`;
  const reader = `browser-reader-${authorizer}@example.com`;
  const stranger = `browser-stranger-${authorizer}@example.com`;
  const sku = `MUG-${authorizer}`;

  beforeAll(async () => {
    await newMember(stack, admin, ['admin']);
    await newMember(stack, reader, ['user']);
    await newMember(stack, stranger, []);
  });

  it('does the main job: category, product, publish, find, price, history, bin', async () => {
    const watched = await newPage(browser);
    const { page } = watched;
    await signIn(page, stack.apiUrl, admin);
    await heading(page, 'Products').waitFor();

    await page.getByRole('link', { name: 'Categories' }).click();
    await page.getByRole('button', { name: 'New category' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Mugs');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Mugs has been created.').waitFor();

    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('link', { name: 'New product' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-name');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Blue mug');
    await page.getByRole('textbox', { name: 'SKU' }).fill(sku);
    await page.getByRole('textbox', { name: 'Price' }).fill('19,99');
    await page.getByLabel('Category').selectOption({ label: 'Mugs' });
    await page.getByRole('button', { name: 'Add an attribute' }).click();
    await page.getByLabel('Name of attribute 1').fill('Colour');
    await page.getByLabel('Value of attribute 1').fill('blue');
    await page.getByRole('button', { name: 'Create' }).click();
    await heading(page, 'Blue mug').waitFor();

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('textbox', { name: 'Price' }).fill('24.50');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Undo changes' }).waitFor({ state: 'detached' });

    await page.getByRole('tab', { name: 'History' }).click();
    const entries = page.locator('.entry');
    await entries.nth(2).waitFor();
    expect(await entries.first().innerText()).toMatch(
      /Changed[^]*by browser-admin-\w+@example\.com[^]*Price\s+19\.99\s+24\.50/i,
    );

    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByLabel('Search').fill('blu');
    await page.getByRole('button', { name: 'Price' }).click();
    await page.getByRole('columnheader', { name: 'Price' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.getByLabel('Status').selectOption('active');
    await page.getByLabel('Category').selectOption({ label: 'Mugs' });
    expect(await page.getByRole('row', { name: sku }).innerText()).toContain('24.50');
    await page.getByRole('link', { name: 'Blue mug' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Blue mug has been deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Blue mug is back.').waitFor();

    await page.getByRole('link', { name: 'Blue mug' }).first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Blue mug has been deleted.').last().waitFor();
    await page.getByRole('link', { name: 'Bin', exact: true }).click();
    await page.getByRole('button', { name: 'Restore Blue mug' }).waitFor();
    await page.getByRole('button', { name: 'Restore Blue mug' }).click();
    await page.getByRole('button', { name: 'Restore Blue mug' }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('cell', { name: 'Restored' }).first().waitFor();
    await expectNothingKept(watched);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  it('shows a reader what they may see, and nothing to change it with', async () => {
    const watched = await newPage(browser);
    const { page } = watched;
    await signIn(page, stack.apiUrl, reader);
    await page.getByRole('link', { name: 'Blue mug' }).click();
    await heading(page, 'Blue mug').waitFor();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).getAttribute('readonly')).not.toBeNull();
    for (const name of ['Save', 'Delete', 'Publish', 'Archive']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    expect(await page.getByRole('navigation').innerText()).toBe('Products\nCategories');
    for (const path of ['products/new', 'products/import', 'categories/import']) {
      await page.goto(`${stack.apiUrl}/console/${path}`);
      await heading(page, 'This page is for those who may change the catalogue').waitFor();
    }
    await expectNothingKept(watched);
    await page.context().close();
  });

  it('tells somebody in no group so, in one sentence', async () => {
    const watched = await newPage(browser);
    const { page } = watched;
    await signIn(page, stack.apiUrl, stranger);
    await heading(page, 'Nothing to see yet').waitFor();
    expect(await page.getByRole('main').innerText()).toContain(`You are signed in as ${stranger}, in no group`);
    await expectNothingKept(watched);
    await page.context().close();
  });

  it('says what the API refuses, at its field where it has one, and loses nothing of what is typed', async () => {
    const api = consoleBrowser(sendTo(stack.apiUrl));
    await api.signIn(admin);
    const call = async (method: string, path: string, body?: object) =>
      (await api.ask(`/console-api${path}`, { method, ...(body && { body }) })).body;
    const [kept, gone] = [
      await call('POST', '/categories', { name: 'Kept' }),
      await call('POST', '/categories', { name: 'Gone' }),
    ];
    const price = { amount: 100, currency: 'EUR' };
    const other = { sku: `OTHER-${authorizer}`, name: 'Other', price, categoryId: kept.id };
    await call('POST', '/products', other);
    const { id } = await call('POST', '/products', { ...other, sku: `OWN-${authorizer}`, name: 'Own' });

    const watched = await (await signedInPages(browser, stack, admin))(`products/${id}`);
    const { page } = watched;
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    const save = () => page.getByRole('button', { name: 'Save' }).click();
    for (const name of fields) await page.locator(`#field-${name}`).waitFor();
    await field('Description').fill('Typed.');
    // 409
    await field('SKU').fill(other.sku);
    await save();
    await page
      .locator('#field-sku-error')
      .getByText(`Another product has the SKU "${other.sku}"`, { exact: true })
      .waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-sku');
    expect(await page.getByRole('alert').count()).toBe(0);
    await field('SKU').fill(`OWN-${authorizer}`);
    // Until it is changed.
    await page.locator('#field-sku-error').waitFor({ state: 'detached' });
    // 422
    await call('DELETE', `/categories/${gone.id}`);
    const category = page.locator('#field-categoryId');
    await category.selectOption({ label: 'Gone' });
    await save();
    await page.locator('#field-categoryId-error').waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-categoryId');
    await category.selectOption({ label: 'Kept' });
    // 412
    await call('PATCH', `/products/${id}`, { stockCount: 3 });
    await save();
    await page.getByRole('alert').getByText('This product has been changed meanwhile.').waitFor();
    await page.getByRole('alert').and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Go on with these' }).click();
    expect(await page.locator(':focus').innerText()).toBe('Own');
    // 401
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await save();
    await page.getByRole('dialog', { name: 'Your sign-in has ended' }).waitFor();
    await page.context().addCookies(cookies);
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // 404
    await call('DELETE', `/products/${id}`);
    await save();
    await page.getByRole('alert').getByText('This product has been deleted meanwhile').waitFor();
    expect(await field('Description').inputValue()).toBe('Typed.');
    await expectNothingKept(watched);
    await page.context().close();
  });

  it('says to whom it does not let change anything that they may not, where their page does not know it yet', async () => {
    const watched = await (await signedInPages(browser, stack, reader))('categories');
    const { page } = watched;
    // As when they have been taken out of the group a moment ago.
    await page.route('**/console/session', async (route) => {
      const session = (await (await route.fetch()).json()) as { routes: string[] };
      await route.fulfill({ json: { ...session, routes: [...session.routes, 'POST /categories'] } });
    });
    await page.reload();
    await page.getByRole('button', { name: 'New category' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Of a reader');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('alert').getByText('You do not have permission.').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Of a reader');
    await expectNothingKept(watched);
    await page.context().close();
  });
});

describe('when it does not go well', () => {
  const stack = runningStack();
  const email = 'browser-owner@example.com';
  let token: string;
  let productId: string;
  let openPage: Awaited<ReturnType<typeof signedInPages>>;

  beforeAll(async () => {
    token = (await newMember(stack, email, ['admin'])).accessToken;
    const category = await send(stack.apiUrl, 'POST', '/categories', { token, body: { name: 'Lamps' } });
    const price = { amount: 4900, currency: 'EUR' };
    const product = { sku: 'LAMP-1', name: 'Lamp', price, categoryId: category.body.id, attributes: { W: '5' } };
    productId = (await send(stack.apiUrl, 'POST', '/products', { token, body: product })).body.id;
    await send(stack.apiUrl, 'POST', '/products', { token, body: { ...product, sku: 'LAMP-2', name: 'Other lamp' } });
    openPage = await signedInPages(browser, stack, email);
  });

  async function open(): Promise<Watched> {
    const watched = await openPage(`products/${productId}`);
    await watched.page.getByRole('button', { name: 'Save' }).waitFor();
    return watched;
  }
  const read = async () => (await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token })).body;

  it('merges what two people have changed, field by field', async () => {
    const watched = await open();
    const { page } = watched;
    await send(stack.apiUrl, 'PATCH', `/products/${productId}`, { token, body: { name: 'Their lamp', stockCount: 7 } });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('My lamp');
    await page.getByRole('textbox', { name: 'Description' }).fill('Mine.');
    await page.getByRole('button', { name: 'Save' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('This product has been changed meanwhile.').waitFor();
    await expectAccessible(watched);
    await alert.getByLabel('My lamp').check();
    await page.getByRole('button', { name: 'Go on with these' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await read()).toMatchObject({
      name: 'My lamp',
      stockCount: 7,
      description: 'Mine.',
      attributes: { W: '5' },
    });
    expect(watched.faults).toEqual([]);
    await page.context().close();
  });

  it('says at its field that a value is refused, and saves nothing', async () => {
    const watched = await open();
    const { page } = watched;
    await page.getByRole('textbox', { name: 'SKU' }).fill('LAMP 3');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('#field-sku-error').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo changes' }).click();
    await page.locator('#field-sku-error').waitFor({ state: 'detached' });
    expect((await read()).sku).toBe('LAMP-1');
    await page.context().close();
  });

  it('keeps what is typed when the sign-in ends, until somebody has signed in again in another tab', async () => {
    const watched = await open();
    const { page } = watched;
    const context = page.context();
    await page.getByRole('textbox', { name: 'Description' }).fill('Typed before the end.');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Your sign-in has ended' }).waitFor();
    await expectAccessible(watched);
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Sign in again' }).click(),
    ]);
    await tab.getByLabel('E-mail').fill(email);
    await tab.getByLabel('Password').fill(password);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab
      .getByRole('heading', { name: 'You are signed in' })
      .waitFor()
      .catch(() => undefined);
    await page.bringToFront();
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await read()).description).toBe('Typed before the end.');
    await context.close();
  });

  it('creates once, whatever the first answer was: try again sends the same key', async () => {
    const watched = await open();
    const { page } = watched;
    const keys: (string | undefined)[] = [];
    await page.route('**/console-api/products', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      // Done, and the answer lost on the way.
      await route.fetch();
      return route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, code: 'busy', detail: 'The service cannot answer just now; try again' }),
      });
    });
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('link', { name: 'New product' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Once');
    await page.getByRole('textbox', { name: 'SKU' }).fill('ONCE-1');
    await page.getByRole('textbox', { name: 'Price' }).fill('1');
    await page.getByLabel('Category').selectOption({ label: 'Lamps' });
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await heading(page, 'Once').waitFor();
    expect(new Set(keys).size).toBe(1);
    const { body } = await send(stack.apiUrl, 'GET', '/admin/products?sku=ONCE-1', { token });
    expect(body.items).toHaveLength(1);
    await page.context().close();
  });

  it('says that it is offline, and goes on by itself with what is there', async () => {
    const watched = await open();
    const { page } = watched;
    await page.context().setOffline(true);
    await page.getByRole('textbox', { name: 'Description' }).fill('Offline.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The console cannot be reached: check your connection.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Saved.').waitFor();
    await page.context().close();
  });

  it('says why a category cannot go', async () => {
    const watched = await open();
    const { page } = watched;
    await page.getByRole('link', { name: 'Categories' }).click();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Delete Lamps' }).click();
    await page.getByText(/Lamps has not been deleted: Products that still belong to this category: \d\./).waitFor();
    await page.context().close();
  });

  it('asks before a changed form is left', async () => {
    const watched = await open();
    const { page } = watched;
    await page.getByRole('textbox', { name: 'Description' }).fill('Unsaved.');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Activity' }).click();
    expect(asked).toEqual(['Leave without saving your changes?']);
    expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Unsaved.');
    await page.context().close();
  });

  it('changes many at once', async () => {
    const watched = await open();
    const { page } = watched;
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByLabel('Category').selectOption({ label: 'Lamps' });
    await page.getByLabel('Select all that are shown').check();
    await expectAccessible(watched);
    await page.getByLabel('Status of the selected products').selectOption('archived');
    await page.getByRole('button', { name: 'Set status' }).click();
    await page.getByText(/(\d) of \1 products? changed\./).waitFor();
    expect((await read()).status).toBe('archived');
    expect(watched.faults).toEqual([]);
    await page.context().close();
  });
});
