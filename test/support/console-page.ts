/** The console's page in a browser, as tests use it: signed in, looked at, and held to what it may do. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import type { StackInfo } from '../../deployment/stack-info';
import { newPage, type Watched } from './chromium';
import { faintSigns } from './faint-signs';
import { newMember } from './members';
import { password, send } from './stack';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { level: 1, name, exact: true });

/** As a person does, at the hosted UI. */
export async function signIn(page: Page, apiUrl: string, email: string): Promise<void> {
  await page.goto(`${apiUrl}/console`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Signs somebody in once, and answers how to open more pages of theirs, each with cookies of its own. */
export async function signedInPages(browser: Browser, { apiUrl }: StackInfo, email: string) {
  const { page } = await newPage(browser);
  await signIn(page, apiUrl, email);
  const storageState = await page.context().storageState();
  await page.context().close();
  return async (path: string, options: BrowserContextOptions = {}): Promise<Watched> => {
    const watched = await newPage(browser, { storageState, ...options });
    await watched.page.goto(`${apiUrl}/console/${path}`);
    return watched;
  };
}

/** An admin of a test's own, with a category of theirs, and products in it. */
export async function signedInAdmin(browser: Browser, stack: StackInfo, email: string, category: string) {
  const { accessToken: token } = await newMember(stack, email, ['admin']);
  const post = async (path: string, body: object) => (await send(stack.apiUrl, 'POST', path, { token, body })).body;
  const categoryId: string = (await post('/categories', { name: category })).id;
  const price = { amount: 100, currency: 'EUR' };
  return {
    ...{ token, post, categoryId },
    /** Answers its id. */
    newProduct: async (sku: string, name: string): Promise<string> =>
      (await post('/products', { sku, name, price, categoryId })).id,
    open: await signedInPages(browser, stack, email),
  };
}

export type SignedInAdmin = Awaited<ReturnType<typeof signedInAdmin>>;

interface Violation {
  id: string;
  nodes: { html: string }[];
}

/** What axe says of the page as it is, and what it shows too faintly, in both colour schemes. */
export async function expectAccessible({ page, faults }: Watched): Promise<void> {
  const before = faults.length;
  // Faint on purpose, for as long as what is to be there instead is on its way.
  await page.locator('.outdated').first().waitFor({ state: 'detached' });
  await page.evaluate(`globalThis.axe ?? (() => {${axeSource}})()`);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()');
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 300)}`,
    );
    expect([page.url(), colorScheme, found, await faintSigns(page)]).toEqual([page.url(), colorScheme, [], []]);
  }
  // What axe itself tries is not the page's doing.
  faults.splice(before);
}

/** Nothing of the sign-in is where a script could find it, and the page has done nothing that it may not do. */
export async function expectNothingKept({ page, faults, searched }: Watched): Promise<void> {
  const kept = await page.evaluate('[document.cookie, localStorage.length, sessionStorage.length]');
  expect(kept).toEqual(['', 0, 0]);
  await Promise.all(searched);
  expect(faults).toEqual([]);
}

/** Presses Tab until the element has the focus, as whoever has no mouse. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`${String(target)} is not reached by ${key}`);
}

/** Answers a request of the page in place of the console, which answers so where no test can bring it to. */
export const refuse = (route: Route, status: number, code: string, detail: string): Promise<void> =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', status, code, detail }),
  });

export const busy = (route: Route): Promise<void> =>
  refuse(route, 503, 'busy', 'The service cannot answer just now; try again');

/** By how many pixels what is in the first such element is wider than itself. */
export const overflowOf = (page: Page, selector: string): Promise<number> =>
  page.evaluate(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('${selector}'))`);
