/** Every view of the console while it waits, when there is nothing, and when what it asks for is refused or lost. */
import type { Browser, Route } from 'playwright-core';
import { startChromium, type Watched } from '../support/chromium';
import { busy, expectAccessible, expectNothingKept, heading, refuse, signedInAdmin } from '../support/console-page';
import { eventually } from '../support/eventually';
import { runningStack, send } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let categoryId: string;
let productId: string;
let goneId: string;
let watched: Watched;

beforeAll(async () => {
  browser = await startChromium();
  const admin = await signedInAdmin(browser, stack, 'browser-waiting@example.com', 'Waited for');
  ({ categoryId } = admin);
  productId = await admin.newProduct('WAIT-1', 'Waited');
  goneId = await admin.newProduct('WAIT-2', 'Gone');
  await send(stack.apiUrl, 'DELETE', `/products/${goneId}`, { token: admin.token });
  watched = await admin.open('products/new');
  await watched.page.clock.install();
});
afterEach(() => watched.page.unrouteAll());
afterAll(async () => {
  await expectNothingKept(watched);
  await browser.close();
});

/** What each asks for, and a part of what it shows then. */
const views: [view: string, path: () => string, asked: string, shown: string][] = [
  ['the products', () => 'products', 'admin/products?*', 'td:has-text("WAIT-1")'],
  ['a product', () => `products/${productId}`, 'admin/products/*', '#field-sku'],
  ['its history', () => `products/${productId}/history`, 'admin/products/*/history?*', '.entry'],
  ['the history of a deleted product', () => `products/${goneId}/deleted`, 'admin/products/*/history?*', '.entry'],
  ['the categories', () => 'categories', 'categories?*', 'th:has-text("Waited for")'],
  ['the history of a category', () => `categories/${categoryId}/history`, 'admin/categories/*/history?*', '.entry'],
  ['the activity', () => 'activity', 'admin/changes?*', 'td:has-text("product Gone")'],
  ['the users', () => 'users', 'admin/users?*', 'tbody th'],
  ['the bin', () => 'bin', 'admin/products?*', 'th:has-text("Gone")'],
];

it.each(views)('%s: waits, fails, is offline, refused and signed out, and goes on', async (_, path, asked, shown) => {
  const { page } = watched;
  type Answer = (route: Route) => Promise<void>;
  let answer: Answer;
  const pattern = `**/console-api/${asked}`;
  await page.route(pattern, (route) => answer(route));
  const alert = page.getByRole('alert');
  const says = async (sentence: string) => {
    await eventually(sentence, async () => {
      // Twice it asks again by itself, after a second and after two.
      await page.clock.runFor(1_000);
      return (await alert.allInnerTexts()).some((text) => text.includes(sentence));
    });
  };
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  answer = async (route) => {
    await held;
    await busy(route);
  };
  await page.goto(`${stack.apiUrl}/console/${path()}`);
  const loading = page.getByRole('status', { name: 'Loading' });
  await loading.waitFor({ state: 'attached' });
  await page.clock.runFor(300);
  await loading.locator('span').first().waitFor();
  await page.clock.runFor(4_700);
  await page.getByText('This takes longer than usual…').waitFor();
  go();
  await says('The service cannot answer just now; try again.');
  await expectAccessible(watched);
  answer = (route) => route.abort();
  await page.getByRole('button', { name: 'Try again' }).click();
  await says('The console cannot be reached: check your connection.');
  answer = (route) => refuse(route, 403, 'forbidden', 'You do not have permission');
  await page.getByRole('button', { name: 'Try again' }).click();
  await says('You do not have permission.');
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);

  answer = (route) => refuse(route, 401, 'signed_out', 'Sign in first');
  await page.reload();
  await page.getByRole('dialog', { name: 'Your sign-in has ended' }).waitFor();
  await expectAccessible(watched);
  await page.keyboard.press('Escape');
  await page.unrouteAll();
  await page.evaluate("window.dispatchEvent(new Event('focus'))");
  await page.locator(shown).first().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('shows a list that has failed offline by itself once the browser is online again', async () => {
  const { page } = watched;
  await page.goto(`${stack.apiUrl}/console/categories`);
  await page.getByRole('link', { name: 'Waited for', exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  const alert = page.getByRole('alert').getByText('The console cannot be reached: check your connection.');
  await eventually('word of it', async () => {
    await page.clock.runFor(1_000);
    return (await alert.count()) > 0;
  });
  await page.context().setOffline(false);
  await page.getByRole('link', { name: 'Waited', exact: true }).waitFor();
  expect(await alert.count()).toBe(0);
});

it('says that nobody can be asked who is signed in, and asks again at the press of a button', async () => {
  const { page } = watched;
  await page.route('**/console/session', busy);
  await page.goto(`${stack.apiUrl}/console/activity`);
  await heading(page, 'Catalogue').waitFor();
  await page.clock.runFor(10_000);
  await page.getByRole('alert').getByText('The service cannot answer just now; try again.').waitFor();
  await expectAccessible(watched);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await heading(page, 'Activity').waitFor();
});

it.each([
  ['products?q=nothing-is-called-so', 'No product is like that.'],
  ['products', 'There is no product yet. Create a category for it first'],
  ['categories', 'There is no category yet.'],
  ['bin', 'Nothing has been deleted.'],
  ['activity', 'Nothing has been done yet.'],
  ['users', 'No user is like that.'],
])('says in %s, where there is nothing: %s', async (path, sentence) => {
  const { page } = watched;
  await page.route(/\/console-api\/(?:admin\/(?:products|changes|users)|categories)\?/, (route) =>
    route.fulfill({ json: { items: [] } }),
  );
  await page.goto(`${stack.apiUrl}/console/${path}`);
  await page.locator('.empty', { hasText: new RegExp(`^${sentence}$`) }).waitFor();
  await expectAccessible(watched);
});

it('leads to a category before the first product, and to the product once there is one', async () => {
  const { page } = watched;
  const none = (route: Route) => route.fulfill({ json: { items: [] } });
  await page.route('**/console-api/admin/products?*', none);
  await page.route('**/console-api/categories?*', none);
  await page.goto(`${stack.apiUrl}/console/products`);
  await page.getByRole('link', { name: 'Create a category for it first' }).click();
  await heading(page, 'Categories').waitFor();
  await page.goto(`${stack.apiUrl}/console/products/new`);
  await page.getByText('Each product is in a category, and there is none yet.').waitFor();
  await expectAccessible(watched);
  await page.getByRole('link', { name: 'Create a category first' }).click();
  await heading(page, 'Categories').waitFor();

  await page.unroute('**/console-api/categories?*');
  await page.goto(`${stack.apiUrl}/console/products`);
  await page.getByRole('link', { name: 'Create the first one' }).click();
  await heading(page, 'New product').waitFor();
  await page.getByRole('option', { name: 'Waited for' }).waitFor({ state: 'attached' });
  expect(await page.getByText('there is none yet').count()).toBe(0);
});
