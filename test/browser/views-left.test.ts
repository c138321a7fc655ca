/** What becomes of unsaved changes, and of an import, when somebody leaves a view: by Back, by a link, or with the tab. */
import type { Browser, Page } from 'playwright-core';
import { startChromium, type Watched } from '../support/chromium';
import { busy, expectNothingKept, heading, signedInAdmin, type SignedInAdmin } from '../support/console-page';
import { eventually } from '../support/eventually';
import { newGate } from '../support/gate';
import { runningStack } from '../support/stack';

const stack = runningStack();

let browser: Browser;
let productId: string;
let admin: SignedInAdmin;
let open: SignedInAdmin['open'];

beforeAll(async () => {
  browser = await startChromium();
  admin = await signedInAdmin(browser, stack, 'browser-left@example.com', 'Left');
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
  await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
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
])(
  'asks before a dialog of %s is left by going back or by Escape, and not when it is cancelled',
  async (view, button, field) => {
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
    await typed.press('End');
    expect(await leaving(page, 'stay', () => typed.press('Escape'))).toEqual(['confirm']);
    expect(await typed.inputValue()).toBe('unsaved');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.evaluate('history.back()');
    await heading(page, 'Activity').waitFor();
    await expectNothingKept(watched);
    await page.context().close();
  },
);

it('asks once before what is unsaved is deleted with its product, and loses none of it where that is not done', async () => {
  const id = await admin.newProduct('LEFT-2', 'Given up');
  const watched = await admin.open(`products/${id}`);
  const { page } = watched;
  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill('Unsaved.');
  const remove = () => page.getByRole('button', { name: 'Delete' }).click();
  expect(await leaving(page, 'stay', remove)).toEqual(['confirm']);
  let asked = 0;
  await page.route(`**/console-api/products/${id}`, (route) => {
    asked += 1;
    return asked === 1 ? busy(route) : route.continue();
  });
  expect(await leaving(page, 'leave', remove)).toEqual(['confirm']);
  await page.getByText('Given up has not been deleted').waitFor();
  expect(await description.inputValue()).toBe('Unsaved.');
  expect(asked).toBe(1);
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.accept();
  });
  await remove();
  await heading(page, 'Products').waitFor();
  await page.getByText('Given up has been deleted.').waitFor();
  expect(questions).toEqual(['Delete this product without saving your changes?']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Given up is back.').waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});

it('asks before an import is left that is under way, and not before a file is imported or afterwards', async () => {
  const watched = await open('products/import');
  const { page } = watched;
  const [begun, gate] = [newGate(), newGate()];
  await page.route('**/console-api/admin/products/bulk', async (route) => {
    const { dryRun } = route.request().postDataJSON() as { dryRun?: boolean };
    if (!dryRun) {
      begun.open();
      await gate.passed;
    }
    await route.continue();
  });
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const choose = async () => {
    const buffer = Buffer.from('sku,name\nLEFT-1,Imported one\n');
    await page.getByLabel('File').setInputFiles({ name: 'left.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Import 1 of 1 row', exact: true }).waitFor();
  };
  const leave = async () => {
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.evaluate('history.back()');
  };
  await choose();
  await leave();
  await heading(page, 'Import products').waitFor();
  expect(asked).toEqual([]);

  await choose();
  await page.getByRole('button', { name: 'Import 1 of 1 row' }).click();
  await begun.passed;
  await page.getByRole('link', { name: 'Activity' }).click();
  // Which does not wait for what is asked.
  await page.close({ runBeforeUnload: true });
  await eventually('both questions', () => asked.length > 1);
  await page.getByRole('progressbar', { name: 'Rows' }).waitFor();
  expect(asked).toEqual(['confirm: Leave, and stop the import here? What is done stays done.', 'beforeunload: ']);
  gate.open();
  await page.getByText('Imported: 0 created, 1 changed, 0 unchanged, 0 rejected.').waitFor();
  await eventually('focus on the outcome', () =>
    page.evaluate("document.activeElement.getAttribute('role') === 'status'"),
  );
  await page.getByRole('link', { name: 'Activity' }).click();
  await heading(page, 'Activity').waitFor();
  expect(asked).toHaveLength(2);
  await expectNothingKept(watched);
  await page.context().close();
});
