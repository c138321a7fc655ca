/** `npm run catalog`: files to and from the running stack, as a person does it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { program } from '../../cli/catalog';
import type { Catalogue } from '../../cli/catalog/api/catalogue';
import type { Schemas } from '../../deployment/routes';
import { projectRoot } from '../../deployment/service';
import { clientFor, importFrom, must } from '../support/catalog-files';
import { newGate } from '../support/gate';
import { startServer } from '../support/http-server';
import { newMember } from '../support/members';
import { runHere } from '../support/run-here';
import { launcher } from '../support/run-script';
import { folderOf, password, runningStack, type Authorizer } from '../support/stack';
import { newFolder } from '../support/temporary-file';

const stack = runningStack();
const admin = 'catalog-admin@example.com';
const reader = 'catalog-reader@example.com';
const folder = newFolder();
const inFolder = (name: string) => path.join(folder, name);
const readText = (name: string) => readFileSync(inFolder(name), 'utf8');

const header = 'sku,name,slug,description,amount,currency,stockCount,category,status,imageUrl,attributes';
const row = (sku: string, name = 'Shoe', amount = '100') => `${sku},${name},,,${amount},EUR,,transfer,,,`;
const writeProducts = (name: string, rows: string[]) => {
  writeFileSync(inFolder(name), [header, ...rows, ''].join('\n'));
};

let client: Catalogue;
let categoryId: string;
beforeAll(async () => {
  client = clientFor(stack, admin, await newMember(stack, admin, ['admin', 'user']));
  await newMember(stack, reader, ['user']);
  ({ id: categoryId } = await must(client.POST('/categories', { body: { name: 'Transfer' } })));
});

const environment = (authorizer: Authorizer) => ({ CATALOG_PASSWORD: password, LOCAL_DIR: folderOf(authorizer) });
const catalog = (args: string[], email = admin, authorizer: Authorizer = 'jwt') =>
  runHere(program, [...args, '--as', email], environment(authorizer));

/** The products of these tests, oldest first. */
async function ownProducts() {
  const products: Schemas['Product'][] = [];
  const query = { limit: 100, categoryId };
  for (let from: { nextToken?: string } | undefined = {}; from;) {
    const page: Schemas['ProductPage'] = await must(
      client.GET('/admin/products', { params: { query: { ...query, ...from } } }),
    );
    products.unshift(...page.items.reverse());
    from = page.nextToken === undefined ? undefined : { nextToken: page.nextToken };
  }
  return products;
}

/** The versions of the products, by SKU. */
const versions = async () => Object.fromEntries((await ownProducts()).map(({ sku, version }) => [sku, version]));

describe('search', () => {
  it('shows what has all the words, in the order that is asked for', async () => {
    const other = await must(client.POST('/categories', { body: { name: 'Search' } }));
    const price = (amount: number) => ({ amount, currency: 'EUR' as const });
    for (const [at, name] of ['Findable jug', 'Findable jar', 'Jug'].entries()) {
      const body = { sku: `FIND-${at}`, name, price: price(300 - at), categoryId: other.id, status: 'draft' as const };
      await must(client.POST('/products', { body }));
    }
    const found = await catalog(['search', 'FINDÁBLE', 'j', '--sort', 'price', '--limit', '1']);
    expect(found).toMatchObject({ exitCode: 0 });
    expect(found.stdout).toMatch(/^SKU +NAME +PRICE.*\nFIND-1 +Findable jar +2\.99 EUR +0 +draft\n\nThere are more/);
    expect((await catalog(['search', 'findable', 'jug'])).stdout).toMatch(/^FIND-0 /m);
    expect((await catalog(['search', 'nothing-has-this'])).stdout).toBe('Nothing was found.\n');
  });

  it('says what is wrong with words and options, and lets no reader in', async () => {
    expect((await catalog(['search', ...Array.from('abcdefghijk')])).stderr).toMatch(/q: must have at most 10 words/);
    expect((await catalog(['search', 'a', '--sort', 'colour'])).stderr).toMatch(/Allowed choices are relevance, name/);
    expect((await catalog(['search', 'a', '--limit', '101'])).stderr).toMatch(/whole number from 1 to 100/);
    expect((await catalog(['search', 'a'], reader)).stderr).toMatch(/403: You do not have permission/);
  });
});

const bad: [line: number, reason: string, row: string][] = [
  [4, 'there is no such product yet, and a new one needs name', row('T-4', ' ')],
  [5, 'T-1 is in line 2 as well', row('T-1')],
  [6, 'category: there is none with the slug or the name "nowhere"', row('T-6').replace('transfer', 'nowhere')],
  [7, 'sku: must be 1 to 64 characters of A-Z a-z 0-9 . _ -', row('T 7', "'=1")],
  [8, 'amount: must be a whole number, in digits alone', row('T-8', 'Shoe', '1.5')],
];
const taken = row('T-10').replace('Shoe,,', 'Shoe,boot,');

it('imports what is new and what is different, goes on after bad rows, and leaves these in a file', async () => {
  writeProducts('products.csv', [row('T-1'), row('T-2', 'Boot'), row('T-3')]);
  expect(await importFrom(inFolder('products.csv'), client)).toHaveLength(3);
  const rows = [row('T-1'), row('T-2', '"Boot, ""red"""', '200'), ...bad.map(([, , text]) => text), row('T-9'), taken];
  writeProducts('products.csv', rows);

  const dryRun = await catalog(['import', inFolder('products.csv'), '--dry-run']);
  expect(dryRun).toMatchObject({ exitCode: 1, stderr: '' });
  expect(dryRun.stdout.trimEnd().split('\n')).toEqual([
    'line 2: T-1 unchanged',
    'line 3: T-2 changed (name "Boot" → "Boot, \\"red\\"", price 1.00 → 2.00 EUR)',
    ...bad.map(([line, reason, text]) => `line ${line}: ${text.split(',')[0]} rejected: ${reason}`),
    'line 9: T-9 created',
    'line 10: T-10 rejected: slug: another product has "boot"',
    expect.stringMatching(/^Would be: 1 created, 1 changed, 1 unchanged, 6 rejected\. Rows: 9 in \d+\.\d s \(/),
    `The file is separated by commas, and has the columns ${header.replaceAll(',', ', ')}.`,
    'Nothing was checked for changes that somebody else has made meanwhile: an export has versions for that.',
  ]);
  expect(await versions()).toEqual({ 'T-1': 1, 'T-2': 1, 'T-3': 1 });
  expect(readdirSync(folder)).toEqual(['products.csv']);

  const imported = await catalog(['import', inFolder('products.csv')]);
  expect(imported).toMatchObject({ exitCode: 1, stderr: '' });
  expect(imported.stdout).toMatch(
    /^Imported: 1 created, 1 changed, 1 unchanged, 6 rejected\. Rows: 9 in .*\nThe file .*\nNothing .*\nThe rejected rows are in .*products\.rejected\.csv, with/,
  );
  expect(await versions()).toEqual({ 'T-1': 1, 'T-2': 2, 'T-3': 1, 'T-9': 1 });
  const quoted = (text: string) => (/[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rejected = bad.map(([line, reason, text]) => `${line},${quoted(reason)},${text}`);
  expect(readText('products.rejected.csv').trimEnd().split('\n').sort()).toEqual(
    [
      `\ufeffline,reason,${header}`,
      ...rejected.map((line) => line.replace(', ,', '," ",')),
      `10,"slug: another product has ""boot""",${taken}`,
    ].sort(),
  );

  // Corrected, it is imported as it is.
  const corrected = readText('products.rejected.csv').replace('1.5', '150').replaceAll('nowhere', 'transfer');
  writeFileSync(inFolder('products.rejected.csv'), corrected);
  const results = await importFrom(inFolder('products.rejected.csv'), client);
  expect(results.filter(({ action }) => action === 'created')).toMatchObject([{ key: 'T-6' }, { key: 'T-8' }]);
});

it('exports to a file that is there at the end alone', async () => {
  const { exitCode, stdout, stderr } = await catalog(['export', inFolder('categories.json')]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^Exported categories to .*categories\.json: \d+ in \d+\.\d s \([\d.,]+ per second\)\.\n$/);
  expect(JSON.parse(readText('categories.json'))).toContainEqual({ slug: 'transfer', version: 1, name: 'Transfer' });
  expect(readdirSync(folder).filter((name) => name.startsWith('categories'))).toEqual(['categories.json']);
});

/** A folder of a stack whose API is this one by a way on which each request with rows waits for `pass`, which is told how many came. */
async function wayToApi(pass: (requests: number) => Promise<void>) {
  let requests = 0;
  const server = await startServer((request, response) => {
    void text(request).then(async (body) => {
      const { method = '', url = '', headers } = request;
      if (url === '/admin/products/bulk') await pass((requests += 1));
      const { authorization = '', 'content-type': type } = headers;
      const answer = await fetch(`${stack.apiUrl}${url}`, {
        method,
        headers: { authorization, connection: 'close', ...(type === undefined ? {} : { 'content-type': type }) },
        ...(body === '' ? {} : { body }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    });
  });
  const LOCAL_DIR = newFolder();
  writeFileSync(
    path.join(LOCAL_DIR, 'stack.json'),
    JSON.stringify({ ...stack, apiUrl: `http://127.0.0.1:${server.port}` }),
  );
  return { LOCAL_DIR, stop: () => server.stop() };
}

it('finishes what was interrupted when it is run again, and doubles nothing', async () => {
  const skus = Array.from({ length: 600 }, (_, number) => `I-${String(number).padStart(3, '0')}`);
  writeProducts(
    'products-many.csv',
    skus.map((sku) => row(sku, sku)),
  );
  const args = [
    launcher,
    'cli/catalog.ts',
    'import',
    inFolder('products-many.csv'),
    '--concurrency',
    '1',
    '--as',
    admin,
  ];
  const [sent, interrupted] = [newGate(), newGate()];
  const way = await wayToApi(async (requests) => {
    // Of six: each has a hundred rows.
    if (requests !== 2) return;
    sent.open();
    await interrupted.passed;
  });
  const options = { cwd: projectRoot, env: { ...process.env, ...environment('jwt'), LOCAL_DIR: way.LOCAL_DIR } };
  const run = spawn(process.execPath, args, options);
  let stdout = '';
  run.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const ended = once(run, 'close');
  await Promise.race([sent.passed, ended]);
  run.kill('SIGINT');
  interrupted.open();
  const [exitCode] = await ended;
  await way.stop();
  expect(exitCode).toBe(130);
  const [, created = '', rest] =
    /^Imported: (\d+) created, 0 changed, 0 unchanged, 0 rejected\..*\nThe file .*\nNothing .*\n(.*)\n$/.exec(stdout) ??
    [];
  expect(rest).toBe('Interrupted: run the same again for the rest.');
  const importedSkus = async () => (await ownProducts()).map(({ sku }) => sku).filter((sku) => sku.startsWith('I-'));
  expect(await importedSkus()).toHaveLength(Number(created));
  expect(Number(created)).toBeLessThan(600);

  const again = await catalog(['import', inFolder('products-many.csv'), '--concurrency', '4']);
  expect(again).toMatchObject({ exitCode: 0 });
  expect(again.stdout).toContain(`: ${600 - Number(created)} created, 0 changed, ${created} unchanged, 0 rejected.`);
  expect((await importedSkus()).sort()).toEqual(skus);
});

it('says in one sentence what is wrong, and does nothing', async () => {
  const before = await versions();
  const notAdmin = `${reader} is not an admin (403: You do not have permission): "npm run users -- add-to-group"`;
  const wrong: [args: string[], sentence: string][] = [
    [['import', 'products.csv'], notAdmin],
    [['import', 'categories.json'], notAdmin],
    [['export', 'nowhere/products.csv'], 'products.csv cannot be written: its folder is not there.'],
    [['export', 'products.csv', '--delimiter', 'tab'], 'An export has commas or semicolons'],
    [['import', 'products.csv', '--delimiter', 'dot'], 'It is comma, semicolon or tab'],
    [['import', 'products.csv', '--concurrency', '33'], 'It is a whole number from 1 to 32'],
  ];
  writeProducts('products.csv', [row('T-11', ' '), row('T-12')]);
  writeFileSync(inFolder('categories.json'), '[{"slug":"transfer","name":"Renamed"}]');
  for (const [[command = '', name = '', ...options], sentence] of wrong) {
    const { exitCode, stdout, stderr } = await catalog([command, inFolder(name), ...options], reader);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n') }).toEqual({
      exitCode: 1,
      stdout: '',
      lines: [expect.stringContaining(sentence)],
    });
  }
  expect(await versions()).toEqual(before);
});
