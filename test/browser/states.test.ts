/** What a person sees while the console waits, and when a request is refused or lost. */
import type { Browser, Locator, Page } from 'playwright-core';
import { startChromium, type Watched } from '../support/chromium';
import {
  busy,
  expectAccessible,
  expectNothingKept,
  heading,
  overflowOf,
  refuse,
  signedInAdmin,
  signIn,
  type SignedInAdmin,
} from '../support/console-page';
import { eventually } from '../support/eventually';
import { newMember } from '../support/members';
import { runningStack, send } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let token: string;
let productId: string;
let post: SignedInAdmin['post'];
let open: SignedInAdmin['open'];
let newProduct: SignedInAdmin['newProduct'];

beforeAll(async () => {
  browser = await startChromium();
  const admin = await signedInAdmin(browser, stack, 'browser-states@example.com', 'States');
  ({ token, post, open, newProduct } = admin);
  productId = await newProduct('STATE-1', 'Stated');
});
afterAll(() => browser.close());

const lists = '**/console-api/admin/products?*';

/** Opens the product's form, and changes its description. */
async function openChanged(text = 'Changed.'): Promise<Watched> {
  const watched = await open(`products/${productId}`);
  await watched.page.getByRole('textbox', { name: 'Description' }).fill(text);
  return watched;
}

const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();

async function close(watched: Watched): Promise<void> {
  await expectNothingKept(watched);
  await watched.page.context().close();
}

it('shows nothing of waiting for 300 ms, then that it loads, and says so when it takes long', async () => {
  const watched = await open('categories');
  const { page } = watched;
  await heading(page, 'Categories').waitFor();
  let go = () => {};
  const answered = new Promise<void>((resolve) => (go = resolve));
  await page.route(lists, async (route) => {
    await answered;
    await route.continue();
  });
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole('link', { name: 'Products' }).click();
  const loading = page.getByRole('status', { name: 'Loading' });
  await loading.waitFor({ state: 'attached' });
  const loader = loading.locator('span').first();
  await page.clock.runFor(299);
  expect(await loader.count()).toBe(0);
  await page.clock.runFor(1);
  await loader.waitFor();
  expect(await loading.innerText()).toBe('');
  await page.clock.runFor(4_700);
  await page.getByText('This takes longer than usual…').waitFor();
  go();
  await page.clock.resume();
  await page.getByRole('link', { name: 'Stated' }).waitFor();
  await close(watched);
});

it.each(['/products', '/'])(
  'asks at %s what the list needs while its script is still on its way, and nothing of it twice',
  async (place) => {
    // Which itself asks for nothing that could still be on its way.
    const watched = await open('nowhere');
    const { page } = watched;
    await heading(page, 'There is no such page').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (/^\/console(?:-api\/|\/session)/.test(pathname)) asked.push(pathname + search);
    });
    const needed = ['/console/session', '/console-api/admin/products?limit=50', '/console-api/categories?limit=100'];
    await page.route('**/console/assets/main-*.js', async (route) => {
      await eventually('request for each', () => needed.every((address) => asked.includes(address)));
      await page.getByText('Loading…').waitFor();
      await route.continue();
    });
    await page.goto(`${stack.apiUrl}/console${place}`, { waitUntil: 'commit' });
    await page.getByRole('link', { name: 'Stated' }).waitFor();
    await page.getByRole('cell', { name: 'States' }).first().waitFor();
    expect(asked.toSorted()).toEqual(needed.toSorted());
    await close(watched);
  },
);

it('tells that the page has not arrived whole', async () => {
  const watched = await open('nowhere');
  const { page } = watched;
  await page.route('**/console/assets/main-*.js', (route) => route.abort());
  await page.reload();
  await page.getByRole('alert').getByText('The page has not arrived whole').waitFor();
  await page.context().close();
});

it('tells that the page has broken, and loads it anew at the press of a button', async () => {
  const watched = await open('activity');
  const { page } = watched;
  await heading(page, 'Activity').waitFor();
  // As from an API that has another idea of a product.
  await page.route(lists, (route) => route.fulfill({ json: { items: [{ id: productId, name: 'Odd' }] } }));
  await page.getByRole('link', { name: 'Products' }).click();
  await page.getByRole('alert').getByText('Something went wrong here').waitFor();
  await expectAccessible(watched);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Load the page anew' }).click();
  await page.getByRole('link', { name: 'Stated' }).waitFor();
  await close(watched);
});

it('follows another tab, in which somebody has signed out, and somebody else has signed in', async () => {
  const other = 'browser-states-other@example.com';
  await newMember(stack, other, ['user']);
  const watched = await openChanged('Typed before.');
  const { page } = watched;
  const tab = await page.context().newPage();
  await tab.goto(`${stack.apiUrl}/console/nowhere`);
  // Whoever comes back to a tab.
  const comeBack = () =>
    page.evaluate(
      "document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); window.dispatchEvent(new Event('focus'))",
    );
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.getByRole('link', { name: 'Sign in' }).or(tab.getByLabel('E-mail')).waitFor();
  await comeBack();
  const ended = page.getByRole('dialog', { name: 'Your sign-in has ended' });
  await ended.waitFor();
  await signIn(tab, stack.apiUrl, other);
  await comeBack();
  await ended.waitFor({ state: 'detached' });
  await page.getByText(`You are signed in as ${other} now.`).waitFor();
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Typed before.');
  // Who may read alone.
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  page.on('dialog', (dialog) => void dialog.accept());
  await close(watched);
});

it('says what became of a list that is not answered, and asks again at the press of a button', async () => {
  const watched = await open('activity');
  const { page } = watched;
  await heading(page, 'Activity').waitFor();
  let asked = 0;
  await page.route(lists, (route) => {
    asked += 1;
    // Twice it asks again by itself.
    return asked <= 3 ? busy(route) : route.continue();
  });
  await page.clock.install();
  await page.getByRole('link', { name: 'Products' }).click();
  await page.clock.runFor(10_000);
  await page.getByRole('alert').getByText('The service cannot answer just now; try again.').waitFor();
  await expectAccessible(watched);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Stated' }).waitFor();
  expect(await heading(page, 'Products').and(page.locator(':focus')).count()).toBe(1);
  expect(asked).toBe(4);
  await close(watched);
});

it('asks anew for a list that could not be brought up to date, which stays as it was till then', async () => {
  const watched = await open('products?q=stated');
  const { page } = watched;
  await page.getByLabel('Select Stated').check();
  let asked = 0;
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route(lists, (route) => {
    asked += 1;
    return asked <= 3 ? busy(route) : held.then(() => route.continue());
  });
  await page.clock.install();
  await page.getByLabel('Status of the selected products').selectOption('archived');
  await page.getByRole('button', { name: 'Set status' }).click();
  await page.getByText('1 of 1 product changed.').waitFor();
  await page.clock.runFor(10_000);
  await page.getByRole('alert').getByText('The service cannot answer just now; try again.').waitFor();
  expect(await page.getByRole('link', { name: 'Stated' }).count()).toBe(1);
  const again = page.getByRole('button', { name: 'Try again' });
  await again.click();
  await again.and(page.locator('[aria-busy=true]')).waitFor();
  // Its words stay.
  const words = "document.querySelector('[role=alert] .mantine-Button-inner')";
  expect(await page.evaluate(`getComputedStyle(${words}).opacity`)).toBe('1');
  go();
  await page.getByRole('cell', { name: 'Archived' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(asked).toBe(4);
  await close(watched);
});

/** Whether all of it is on the screen. */
async function isInView(page: Page, target: Locator): Promise<boolean> {
  const { y, height } = (await target.boundingBox()) ?? { y: -1, height: 0 };
  return y >= 0 && y + height <= (page.viewportSize()?.height ?? 0);
}

it.each<[string, string, (page: Page) => Promise<void>, string]>([
  ['the form of a product', 'products', (page) => page.getByLabel('Description').fill('By phone.'), 'Stated'],
  [
    'the dialog of a category',
    'categories',
    async (page) => {
      await page.getByRole('button', { name: 'Change States' }).click();
      await page.getByLabel('Description').fill('By phone.');
    },
    'Change States',
  ],
])(
  'brings whoever saves at the end of %s, on a phone, to what has failed, and on from there',
  async (_, path, fill, name) => {
    const watched = await open(path === 'products' ? `products/${productId}` : path, {
      viewport: { width: 390, height: 420 },
    });
    const { page } = watched;
    await fill(page);
    const button = page.getByRole('button', { name: 'Save' });
    await button.scrollIntoViewIfNeeded();
    await page.context().setOffline(true);
    await button.click();
    const alert = page.getByRole('alert');
    await alert.getByText('The console cannot be reached: check your connection.').waitFor();
    expect(await isInView(page, alert)).toBe(true);
    expect(await alert.and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // Which has gone with the button that was pressed, until there is another one.
    await eventually('the focus on the title or on the next failure', async () => {
      const focused = page.locator(':focus');
      return (await focused.and(page.getByRole('heading', { name }).or(alert)).count()) === 1;
    });
    // Not before it has failed again: what is still on its way might arrive.
    await alert.waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^(?:Saved|States has been saved)\.$/).waitFor();
    expect(await alert.count()).toBe(0);
    expect(await page.locator(':focus').count()).toBe(1);
    await close(watched);
  },
);

const phone = { viewport: { width: 360, height: 640 } };
const comeBack = (page: Page) => page.evaluate("window.dispatchEvent(new Event('focus'))");

it('tells whoever has signed in again that their change is still to be done, in view on a phone, and does it at the press of a button', async () => {
  const watched = await open(`products/${productId}`, phone);
  const { page } = watched;
  await page.getByLabel('Description').fill('Before the end.');
  const changes = '**/console-api/products/*';
  await page.route(changes, (route) => refuse(route, 401, 'signed_out', 'Sign in to go on'));
  const ended = page.getByRole('dialog', { name: 'Your sign-in has ended' });
  for (const goOn of [() => page.keyboard.press('Escape'), () => comeBack(page)]) {
    await save(page);
    await ended.waitFor();
    await goOn();
    await ended.waitFor({ state: 'detached' });
  }
  await page.unroute(changes);
  const alert = page.getByRole('alert');
  await alert.getByText('You are signed in again: this is still to be done.').waitFor();
  expect(await isInView(page, alert)).toBe(true);
  expect(await alert.and(page.locator(':focus')).count()).toBe(1);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await alert.count()).toBe(0);
  await close(watched);
});

it('begins with what has happened where two people have changed a text that is longer than a phone, and is no wider for a long address', async () => {
  const { accessToken } = await newMember(stack, `${'longaddress'.repeat(5)}@example.com`, ['admin']);
  const watched = await open(`products/${productId}`, phone);
  const { page } = watched;
  await page.getByLabel('Description').fill('Mine. '.repeat(200));
  await send(stack.apiUrl, 'PATCH', `/products/${productId}`, { token: accessToken, body: { description: 'Theirs.' } });
  await save(page);
  const said = page.getByText('This product has been changed meanwhile.');
  await said.waitFor();
  await eventually('its title in view', () => isInView(page, said));
  expect(await overflowOf(page, '[role=alert]')).toBe(0);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.getByRole('tab', { name: 'History' }).click();
  await page.locator('.entry').first().getByText('longaddress').waitFor();
  expect(await overflowOf(page, 'html')).toBe(0);
  await close(watched);
});

it('takes a change for saved whose answer was lost, and asks nothing about it', async () => {
  const watched = await openChanged('Lost on the way.');
  const { page } = watched;
  let asked = 0;
  await page.route('**/console-api/products/*', async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    await route.fetch();
    return busy(route);
  });
  await save(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await close(watched);
});

it('says of a product that was deleted while it was changed how to save it, and saves it then', async () => {
  const id = await newProduct('STATE-GONE', 'Gone');
  const watched = await open(`products/${id}`);
  const { page } = watched;
  await page.getByLabel('Description').fill('Typed all the same.');
  await send(stack.apiUrl, 'DELETE', `/products/${id}`, { token });
  await save(page);
  await page.getByRole('alert').getByText('This product has been deleted meanwhile: restore it from the bin').waitFor();
  await send(stack.apiUrl, 'POST', `/admin/products/${id}/restore`, { token });
  await save(page);
  await page.getByText('Saved.').waitFor();
  await close(watched);
});

it.each([
  ['products/01ARZ3NDEKTSV4RRFFQ69G5FAV', /^There is no such product\.$/],
  ['products/01ARZ3NDEKTSV4RRFFQ69G5FAV/history', /^There is no such product\.$/],
  ['products/none', /^There is no such product\.$/],
])('says of %s that it is not there, with nothing to press', async (path, sentence) => {
  const watched = await open(path);
  const { page } = watched;
  expect(await page.getByRole('alert').innerText()).toMatch(sentence);
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await close(watched);
});

it('sends a change again as it was after a 503, and every field is as typed till then', async () => {
  const watched = await openChanged('After a 503.');
  const { page } = watched;
  const sent: (string | null)[] = [];
  await page.route('**/console-api/products/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    sent.push(`${route.request().headers()['if-match'] ?? ''} ${route.request().postData() ?? ''}`);
    return sent.length === 1 ? busy(route) : route.continue();
  });
  await save(page);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await expectAccessible(watched);
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('After a 503.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Saved.').waitFor();
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(1);
  await close(watched);
});

it('tells of a conflict also where the version of the other can only be read the second time', async () => {
  const watched = await openChanged('Mine.');
  const { page } = watched;
  await send(stack.apiUrl, 'PATCH', `/products/${productId}`, { token, body: { stockCount: 41 } });
  let asked = 0;
  await page.route(`**/console-api/admin/products/${productId}`, (route) => {
    asked += 1;
    return asked === 1 ? busy(route) : route.continue();
  });
  await save(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByText('This product has been changed meanwhile.').waitFor();
  await page.getByRole('button', { name: 'Go on with these' }).click();
  await save(page);
  await page.getByText('Saved.').waitFor();
  const { body } = await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token });
  expect(body).toMatchObject({ stockCount: 41, description: 'Mine.' });
  await close(watched);
});

it('makes a category once, whatever the first answer was: try again sends the same key', async () => {
  const watched = await open('categories');
  const { page } = watched;
  const keys: (string | undefined)[] = [];
  await page.route('**/console-api/categories', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return busy(route);
  });
  await page.getByRole('button', { name: 'New category' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Only once');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Only once has been created.').waitFor();
  expect(keys[0]).toMatch(/./);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
  await page.getByRole('rowheader', { name: 'Only once' }).waitFor();
  expect(await page.getByRole('rowheader', { name: 'Only once' }).count()).toBe(1);
  await close(watched);
});

it('changes many once more after a 503, and says that all are as wanted', async () => {
  const watched = await open('products?q=stated');
  const { page } = watched;
  let asked = 0;
  await page.route('**/console-api/admin/products/bulk', async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    // Done, and the answer lost on the way.
    await route.fetch();
    return busy(route);
  });
  await page.getByLabel('Select Stated').check();
  await page.getByLabel('Stock of the selected products').fill('12');
  await page.getByRole('button', { name: 'Set stock' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('1 of 1 product changed.').waitFor();
  await page.getByRole('cell', { name: '12', exact: true }).waitFor();
  await close(watched);
});

it('tells of a category that somebody else has changed meanwhile, and saves nothing over it', async () => {
  const { id } = await post('/categories', { name: 'Contended' });
  const watched = await open('categories');
  const { page } = watched;
  await page.getByRole('button', { name: 'Change Contended' }).click();
  await send(stack.apiUrl, 'PATCH', `/categories/${id}`, { token, body: { name: 'Theirs' } });
  await page.getByRole('dialog').getByLabel('Name').fill('Mine');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This category has been changed meanwhile.').waitFor();
  await expectAccessible(watched);
  expect((await send(stack.apiUrl, 'GET', `/categories/${id}`, { token })).body.name).toBe('Theirs');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('rowheader', { name: 'Theirs' }).waitFor();
  await close(watched);
});

it('says in the dialog at which field a category is refused', async () => {
  await post('/categories', { name: 'Taken', slug: 'taken-slug' });
  const watched = await open('categories');
  const { page } = watched;
  await page.getByRole('button', { name: 'New category' }).click();
  const dialog = page.getByRole('dialog', { name: 'New category' });
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const isInvalid = (name: string) => dialog.getByRole('textbox', { name }).and(page.locator('[aria-invalid=true]'));
  await isInvalid('Name').waitFor();
  await dialog.getByLabel('Name').fill('Another');
  await dialog.getByLabel('Slug').fill('taken-slug');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await isInvalid('Slug').and(page.locator(':focus')).waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await expectAccessible(watched);
  await close(watched);
});

it('does not delete a product that somebody else has changed meanwhile, and says why', async () => {
  const watched = await open(`products/${productId}`);
  const { page } = watched;
  await page.getByRole('button', { name: 'Delete' }).waitFor();
  await send(stack.apiUrl, 'PATCH', `/products/${productId}`, { token, body: { stockCount: 99 } });
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/^Stated has not been deleted: ./).waitFor();
  expect((await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token })).status).toBe(200);
  await close(watched);
});
