/** Names that are written from right to left, in a page that is not: each is read as it was written, wherever it stands. */
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../support/chromium';
import { signedInAdmin, type SignedInAdmin } from '../support/console-page';
import { runningStack, send } from '../support/stack';

const stack = runningStack();
const name = 'שרשרת זהב!';
const other = 'צמיד כסף!';

let browser: Browser;
let admin: SignedInAdmin;

beforeAll(async () => {
  browser = await startChromium();
  admin = await signedInAdmin(browser, stack, 'browser-rtl@example.com', name);
});
afterAll(() => browser.close());

/**
 * The texts of the page in which a name does not begin at its right and end with its mark at its left, as it does for who reads it;
 * at least so many have to be there.
 */
async function expectToReadWell(page: Page, atLeast: number): Promise<void> {
  const found = await page.evaluate<{ text: string; isWell: boolean }[]>(`(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { currentNode: node } = texts;
      for (const name of ${JSON.stringify([name, other])}) {
        const start = node.data.indexOf(name);
        if (start < 0 || !node.parentElement.checkVisibility() || node.parentElement.closest('option, title')) continue;
        const leftOf = (position) => {
          const range = document.createRange();
          range.setStart(node, position);
          range.setEnd(node, position + 1);
          return range.getBoundingClientRect().left;
        };
        found.push({ text: node.parentElement.parentElement.innerText, isWell: leftOf(start + name.length - 1) < leftOf(start) });
      }
    }
    return found;
  })()`);
  expect(found.filter(({ isWell }) => !isWell)).toEqual([]);
  expect(found.length).toBeGreaterThanOrEqual(atLeast);
}

const patch = (id: string, body: object) =>
  send(stack.apiUrl, 'PATCH', `/products/${id}`, { token: admin.token, body });

it('has a name that is written from right to left so, in the list, as a heading and in its field', async () => {
  const { page } = await admin.open(`products/${await admin.newProduct('RTL-LIST', name)}`);
  const box = page.getByRole('textbox', { name: 'Name', exact: true });
  await box.waitFor();
  const styleOf = (selector: string, property: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
  expect([await styleOf('h1 > bdi', 'direction'), await styleOf('#field-name', 'unicodeBidi')]).toEqual([
    'rtl',
    'plaintext',
  ]);
  await page.goto(`${stack.apiUrl}/console/products?q=rtl-list`);
  await page.getByRole('link', { name, exact: true }).waitFor();
  await expectToReadWell(page, 2);
  expect(await styleOf('tbody th bdi', 'direction')).toBe('rtl');
  await page.context().close();
});

it('is read well in what the console says of a product, and asks', async () => {
  const id = await admin.newProduct('RTL-SAID', name);
  const { page } = await admin.open(`products/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('has been deleted.').waitFor();
  await expectToReadWell(page, 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('is back.').waitFor();
  await expectToReadWell(page, 1);
  await page.context().close();
});

it('is read well in what the console says of a category, and asks', async () => {
  const { page } = await admin.open('categories');
  await page.getByRole('button', { name: `Change ${name}` }).click();
  await page.getByRole('dialog').getByLabel('Description').fill('Of gold');
  await expectToReadWell(page, 2);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('has been saved.').waitFor();
  await expectToReadWell(page, 2);
  const asked = page.waitForEvent('dialog');
  const pressed = page.getByRole('button', { name: `Delete ${name}` }).click();
  const dialog = await asked;
  // No element can hold it apart there: the characters for it do.
  expect(dialog.message()).toContain(`\u2068${name}\u2069`);
  await dialog.dismiss();
  await pressed;
  await page.context().close();
});

it('is read well where many were changed and one was not', async () => {
  const id = await admin.newProduct('RTL-MANY', name);
  const { page } = await admin.open('products?q=rtl-many');
  await page.getByLabel(`Select ${name}`).check();
  await patch(id, { stockCount: 3 });
  await page.getByLabel('Stock of the selected products').fill('12');
  await page.getByRole('button', { name: 'Set stock' }).click();
  await page.getByText('it has been changed meanwhile').waitFor();
  await expectToReadWell(page, 2);
  await page.context().close();
});

it('is read well where two people have changed the same, attributes too', async () => {
  const id = await admin.newProduct('RTL-BOTH', name);
  const { page } = await admin.open(`products/${id}`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(other);
  await patch(id, { name: `${name} ${other}`, attributes: { [name]: other, [other]: name } });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('This product has been changed meanwhile.').waitFor();
  await page.getByRole('cell', { name: `${other}: ${name}` }).waitFor();
  await expectToReadWell(page, 7);
  await page.context().close();
});

it('is told of from old to new, and from left to right, before it is imported', async () => {
  await admin.newProduct('RTL-FILE', name);
  const { page } = await admin.open('products/import');
  const buffer = Buffer.from(`sku,name\nRTL-FILE,${other}\n`);
  await page.getByLabel('File').setInputFiles({ name: `${name}.csv`, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Import 1 of 1 row' }).waitFor();
  const [old, arrow, next] = await page.evaluate<number[]>(`(() => {
    return ${JSON.stringify([name, '→', other])}.map((part) => {
      const texts = document.createTreeWalker(document.querySelector('td.said'), NodeFilter.SHOW_TEXT);
      while (texts.nextNode() && !texts.currentNode.data.includes(part));
      const { currentNode: node } = texts;
      const range = document.createRange();
      range.setStart(node, node.data.indexOf(part));
      range.setEnd(node, node.data.indexOf(part) + part.length);
      return range.getBoundingClientRect().left;
    });
  })()`);
  expect([old, arrow, next]).toEqual([old, arrow, next].toSorted((a = 0, b = 0) => a - b));
  expect(old).not.toBe(next);
  await page.context().close();
});
