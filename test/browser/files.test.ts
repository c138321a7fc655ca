/** Files at the console: a preview of what an import would do, the import by the same rows, what was rejected, and an export. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../support/chromium';
import { expectAccessible, expectNothingKept, heading, signedInPages } from '../support/console-page';
import { newMember } from '../support/members';
import { runningStack, send } from '../support/stack';

const stack = runningStack();
const email = 'browser-files@example.com';

let browser: Browser;
let token: string;
let open: Awaited<ReturnType<typeof signedInPages>>;
let categoryId: string;

const post = async (path: string, body: object) => (await send(stack.apiUrl, 'POST', path, { token, body })).body;
const find = async (sku: string) =>
  (await send(stack.apiUrl, 'GET', `/admin/products?sku=${sku}`, { token })).body.items[0];

beforeAll(async () => {
  browser = await startChromium();
  token = (await newMember(stack, email, ['admin'])).accessToken;
  open = await signedInPages(browser, stack, email);
  ({ id: categoryId } = await post('/categories', { name: 'Files of boots', slug: 'files-of-boots' }));
  const fields = { price: { amount: 4990, currency: 'EUR' }, categoryId, status: 'active' };
  for (const name of ['One', 'Two']) await post('/products', { ...fields, sku: `FILE-${name}`, name });
});
afterAll(() => browser.close());

const choose = (page: Page, text: string, name = 'products.csv') =>
  page.getByLabel('File').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const summary = (page: Page) => page.getByRole('status').filter({ hasText: /\d unchanged/ });

/** What the page gives as a file when a button is pressed. */
async function downloadOf(page: Page, button: string) {
  const [given] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: given.suggestedFilename(), text: readFileSync(await given.path(), 'utf8') };
}

const file = `SKU;Name;Price;Currency;Category\r
FILE-One;;59,90;EUR;\r
FILE-New;Boot;1.099,00;EUR;Files of boots\r
FILE-Two;;4.90 €;EUR;\r
FILE-Lost;Lace;4,90;EUR;nowhere\r
`;

it('shows what an import would do, does it by the same rows, and gives back the rejected ones', async () => {
  const watched = await open('products');
  const { page } = watched;
  await page.getByRole('link', { name: 'Import' }).click();
  await heading(page, 'Import products').waitFor();
  await choose(page, file);
  await page.getByText('If you import products.csv: 1 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  await page.getByRole('row', { name: '2 FILE-One Changed price 49.90 → 59.90 EUR' }).waitFor();
  await page.getByRole('row', { name: '3 FILE-New Created' }).waitFor();
  await page.getByRole('row', { name: /^4 FILE-Two Rejected price: must be a number such as 19\.99/ }).waitFor();
  await page.getByRole('row', { name: /^5 FILE-Lost Rejected category: there is none with .*"nowhere"/ }).waitFor();
  await expectAccessible(watched);
  // On a phone there is room for a sentence.
  await page.setViewportSize({ width: 390, height: 844 });
  const said = await page.getByRole('cell', { name: /^price: must be/ }).boundingBox();
  expect(said?.width).toBeGreaterThan(200);
  expect([(await find('FILE-One')).price.amount, await find('FILE-New')]).toEqual([4990, undefined]);

  await page.getByRole('button', { name: 'Import 2 of 4 rows' }).click();
  await page.getByText('Imported: 1 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  expect((await find('FILE-One')).price.amount).toBe(5990);
  expect(await find('FILE-New')).toMatchObject({ name: 'Boot', price: { amount: 109_900 }, categoryId });

  const rejected = await downloadOf(page, 'Download rejected rows');
  expect(rejected.name).toBe('products.rejected.csv');
  expect(rejected.text.replace(/^\ufeff/, '').split('\n')).toEqual([
    'line;reason;SKU;Name;Price;Currency;Category',
    '4;"price: must be a number such as 19.99, without a sign of currency";FILE-Two;;4.90 €;EUR;',
    '5;"category: there is none with the slug or the name ""nowhere""";FILE-Lost;Lace;"4,90";EUR;nowhere',
    '',
  ]);

  await choose(page, rejected.text.replace('4.90 €', '4,90').replace(';nowhere', ';files-of-boots'));
  await page.getByText('If you import products.csv: 1 created, 1 changed, 0 unchanged, 0 rejected.').waitFor();
  expect(await summary(page).count()).toBe(1);
  await expectNothingKept(watched);
  await page.context().close();
});

it('shows rejected rows first and unchanged ones last, for of a long file the beginning alone is shown', async () => {
  const { page } = await open('products/import');
  await choose(page, 'sku,name,stockCount\nFILE-Two,,\nFILE-One,Renamed,\nFILE-Two-More,,\n');
  await page.getByText('If you import products.csv: 0 created, 1 changed, 1 unchanged, 1 rejected.').waitFor();
  const rows = await page.getByRole('region', { name: 'Rows' }).getByRole('rowheader').allInnerTexts();
  expect(rows).toEqual(['FILE-Two-More', 'FILE-One', 'FILE-Two']);
  await page.context().close();
});

it('says of a file that cannot be read what is wrong with it', async () => {
  const watched = await open('products/import');
  const { page } = watched;
  await choose(page, 'name,price\nBoot,1\n');
  await page.getByText('products.csv must have a column sku in its first row').waitFor();
  await choose(page, 'sku,name\nA-1,Caf\u0000\n');
  await page.getByText('products.csv is not text').waitFor();
  await page.getByLabel('File').setInputFiles({
    name: 'products.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('sku,name\nA-1,Caf\xe9\n', 'latin1'),
  });
  await page.getByText('products.csv is not UTF-8 (line 2)').waitFor();
  await expectAccessible(watched);
  await expectNothingKept(watched);
  await page.context().close();
});

it('exports all pages of what the filters show, as the import takes it', async () => {
  const rows = Array.from({ length: 70 }, (_, n) => ({
    ...{ sku: `FILE-MANY-${n}`, name: '=1+1', price: { amount: n, currency: 'JPY' }, categoryId, status: 'draft' },
  }));
  await post('/admin/products/bulk', { rows });
  const watched = await open(`products?categoryId=${categoryId}&status=draft`);
  const { page } = watched;
  await page.getByRole('button', { name: 'Load more' }).waitFor();
  const { name, text } = await downloadOf(page, 'Export CSV');
  expect(name).toBe('products.csv');
  const [header, ...lines] = text.split('\n').filter((line) => line !== '');
  expect(header).toContain('sku,version,name');
  expect(lines).toHaveLength(70);
  expect(lines[0]).toContain("FILE-MANY-0,1,'=1+1,");
  await page.goto(`${stack.apiUrl}/console/products/import`);
  await choose(page, text);
  await page.getByText('If you import products.csv: 0 created, 0 changed, 70 unchanged, 0 rejected.').waitFor();
  await page.getByRole('button', { name: 'Nothing to import' }).waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});

it('waits for the list of categories where products are exported before it is there, and asks for none of them alone', async () => {
  const watched = await open('activity');
  const { page } = watched;
  let go = () => {};
  const mayAnswer = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/console-api/categories?*', async (route) => {
    await mayAnswer;
    await route.continue();
  });
  const alone: string[] = [];
  page.on('request', (request) => {
    if (/console-api\/categories\/\w+$/.test(request.url())) alone.push(request.url());
  });
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('FILE-Two');
  await page.getByRole('rowheader').first().waitFor();
  const exported = downloadOf(page, 'Export JSON');
  await page.getByRole('button', { name: 'Export JSON' }).and(page.locator('[aria-busy=true]')).waitFor();
  go();
  expect(JSON.parse((await exported).text)).toContainEqual(
    expect.objectContaining({ sku: 'FILE-Two', category: 'files-of-boots' }),
  );
  expect(alone).toEqual([]);
  await expectNothingKept(watched);
  await page.context().close();
});

it('imports categories with their tree from either format, and exports them as the import takes them', async () => {
  await post('/categories', { name: 'File sale', slug: 'file-sale' });
  const shoes = await post('/categories', { name: 'File shoes', slug: 'file-shoes' });
  await send(stack.apiUrl, 'PATCH', `/categories/${shoes.id}`, { token, body: { name: 'File shoes, all' } });
  const watched = await open('categories');
  const { page } = watched;
  await page.getByRole('link', { name: 'Import' }).click();
  await heading(page, 'Import categories').waitFor();
  const tree = `slug,parent,name,version
file-trail,file-running,Trail,
file-running,file-shoes,Running,
file-shoes,file-sale,Shoes,
file-sale,,Sale,9
file-lost,file-nowhere,Lost,
`;
  await choose(page, tree, 'categories.csv');
  await page.getByText('If you import categories.csv: 2 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  await page.getByRole('row', { name: '2 file-trail Created below file-running' }).waitFor();
  await page.getByRole('row', { name: /^4 file-shoes Changed .*name "File shoes, all" → "Shoes"/ }).waitFor();
  await page.getByRole('row', { name: /^4 file-shoes Changed .*parent none → file-sale/ }).waitFor();
  await page.getByRole('row', { name: /^5 file-sale Rejected version: the row has 9, and by now it is 1/ }).waitFor();
  await page.getByRole('row', { name: /^6 file-lost Rejected parent: there is no category with/ }).waitFor();
  await expectAccessible(watched);
  await page.getByRole('button', { name: 'Import 3 of 5 rows' }).click();
  await page.getByText('Imported: 2 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  const rejected = await downloadOf(page, 'Download rejected rows');
  expect(rejected.name).toBe('categories.rejected.csv');

  await page.goto(`${stack.apiUrl}/console/categories`);
  for (const format of ['CSV', 'JSON']) {
    const { name, text } = await downloadOf(page, `Export ${format}`);
    expect(name).toBe(`categories.${format.toLowerCase()}`);
    await page.getByRole('link', { name: 'Import' }).click();
    await choose(page, text, name);
    await page.getByText(/If you import [^:]*: 0 created, 0 changed, \d+ unchanged, 0 rejected\./).waitFor();
    await choose(page, text.replace('Running', 'Runners'), name);
    await page.getByRole('row', { name: 'file-running Changed name "Running" → "Runners"' }).waitFor();
    await page.getByRole('link', { name: 'Categories' }).click();
  }
  const trail = page.getByRole('link', { name: 'Trail', exact: true });
  await trail.and(page.locator('.depth-3 *')).waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});

it('says that a part of the page has not arrived, and goes on once it can', async () => {
  const watched = await open('categories');
  const { page } = watched;
  await page.getByRole('link', { name: 'Files of boots', exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await page.getByText(/^There is no file: A part of the page has not arrived: check your connection/).waitFor();
  await page.context().setOffline(false);
  expect((await downloadOf(page, 'Export CSV')).text).toContain('files-of-boots');
  await expectNothingKept(watched);
  await page.context().close();
});

it('imports and exports products as JSON, by the same rules', async () => {
  const watched = await open(`products?categoryId=${categoryId}&q=FILE-Two`);
  const { page } = watched;
  await page.getByRole('link', { name: 'Two' }).waitFor();
  const { name, text } = await downloadOf(page, 'Export JSON');
  expect([name, JSON.parse(text)]).toEqual([
    'products.json',
    [
      expect.objectContaining({
        sku: 'FILE-Two',
        category: 'files-of-boots',
        price: { amount: 4990, currency: 'EUR' },
      }),
    ],
  ]);
  await page.getByRole('link', { name: 'Import' }).click();
  const [row] = JSON.parse(text) as object[];
  await choose(page, JSON.stringify([{ ...row, name: 'Second' }, { sku: 'FILE-None' }, 7]), name);
  await page.getByText('If you import products.json: 0 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  await page.getByRole('row', { name: 'FILE-Two Changed name "Two" → "Second"' }).waitFor();
  await page.getByRole('button', { name: 'Import 1 of 3 rows' }).click();
  await page.getByText('Imported: 0 created, 1 changed, 0 unchanged, 2 rejected.').waitFor();
  const rejected = await downloadOf(page, 'Download rejected rows');
  expect([rejected.name, JSON.parse(rejected.text)]).toEqual([
    'products.rejected.json',
    [
      { line: 1, record: 2, reason: expect.stringContaining('a new one needs name'), sku: 'FILE-None' },
      { line: 1, record: 3, reason: 'is not an object', original: 7 },
    ],
  ]);
  await expectNothingKept(watched);
  await page.context().close();
});

it('lets a row take the slug that another gives up, and says so before', async () => {
  const fields = { price: { amount: 1, currency: 'EUR' }, categoryId };
  await post('/products', { ...fields, sku: 'FILE-Gives', name: 'Gives', slug: 'file-handed' });
  await post('/products', { ...fields, sku: 'FILE-Takes', name: 'Takes', slug: 'file-takes' });
  const { page } = await open('products/import');
  await choose(page, 'sku,slug\nFILE-Takes,file-handed\nFILE-Gives,file-gives\n');
  await page.getByText('If you import products.csv: 0 created, 2 changed, 0 unchanged, 0 rejected.').waitFor();
  await page.getByRole('button', { name: 'Import 2 of 2 rows' }).click();
  await page.getByText('Imported: 0 created, 2 changed, 0 unchanged, 0 rejected.').waitFor();
  expect([(await find('FILE-Takes')).slug, (await find('FILE-Gives')).slug]).toEqual(['file-handed', 'file-gives']);
  await page.context().close();
});

it('waits for a busy database by itself, and stops where the sign-in ends or nobody answers', async () => {
  const watched = await open('products/import');
  const { page } = watched;
  const answers = ['busy', 'go', 'go', 'offline', 'out'];
  const sent: string[] = [];
  await page.route('**/console-api/admin/products/bulk', (route) => {
    const answer = answers[sent.push(route.request().postData() ?? '') - 1];
    if (answer === 'go') return route.continue();
    if (answer === 'offline') return route.abort();
    const status = answer === 'busy' ? 503 : 401;
    const body = JSON.stringify({ status, code: answer, detail: 'Not now' });
    return route.fulfill({ status, contentType: 'application/problem+json', body });
  });
  await choose(page, 'sku,name\nFILE-One,Waited\n');
  await page.getByText('If you import products.csv: 0 created, 1 changed').waitFor();
  expect(sent[0]).toBe(sent[1]);
  await page.getByRole('button', { name: 'Import 1 of 1 row' }).click();
  await page.getByText('Imported: 0 created, 1 changed').waitFor();
  await choose(page, 'sku,name\nFILE-One,Never\n');
  await page.getByText('The console cannot be reached: check your connection.').waitFor();
  await expectAccessible(watched);
  expect(await page.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true);
  await choose(page, 'sku,name\nFILE-One,Never\n');
  await page.getByRole('dialog', { name: 'Your sign-in has ended' }).waitFor();
  expect([sent.length, (await find('FILE-One')).name]).toEqual([5, 'Waited']);
  await expectNothingKept(watched);
  await page.context().close();
});
