/** Files against the real handlers: what a dry run says is what the import does, and every export goes back in. */
import fc from 'fast-check';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newCatalogue } from '../../cli/catalog/api/catalogue';
import { catalogFile } from '../../cli/catalog/files/file-name';
import type { Result } from '../../cli/catalog/import';
import { importFile } from '../../cli/catalog/import-file';
import { createCategory, createProduct, handlerOf, readProduct } from '../support/catalog';
import { exportTo, importFrom } from '../support/catalog-files';
import { rounds } from '../support/depth';
import { call } from '../support/events';
import { handlersAsFetch } from '../support/handlers-as-routes';
import { largestProduct } from '../support/largest-product';
import { expectSoundTable, leavingNoTrace, readTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';
import { newFolder } from '../support/temporary-file';

const client = newCatalogue(
  'http://localhost',
  handlersAsFetch((request) => call(handlerOf(request.routeKey), request)),
);

function write(name: string, content: string): string {
  const file = path.join(newFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** What an import of the file has done, after a dry run that has said the same and done nothing. */
async function planAndImport(file: string): Promise<Result[]> {
  const planned = await leavingNoTrace(() => importFrom(file, client, { dryRun: true }));
  const done = await importFrom(file, client);
  expect(planned).toEqual(done);
  return done;
}

const words = (results: Result[]) =>
  results.map((result) => (result.action === 'rejected' ? result.reason : result.action));

const ids = { shoes: '', twins: '' };

async function startAnew(): Promise<void> {
  await emptyTable();
  ids.shoes = (await createCategory({ name: 'Shoes', slug: 'shoes' })).id;
  ids.twins = (await createCategory({ name: 'Twins', slug: 'twins' })).id;
  await createCategory({ name: 'Twins', slug: 'twins-2' });
}
beforeAll(startAnew);

describe('an import of products', () => {
  it('says of each record of JSON what became of it, where they are all in one line', async () => {
    await createProduct(ids.shoes, { sku: 'LINE-1', name: 'One' });
    const records = [{ sku: 'LINE-1', name: 'First' }, { sku: 'LINE-2' }, 7, { sku: 'LINE-1', name: 'Again' }];
    const done = await planAndImport(write('products.json', JSON.stringify(records)));
    expect(words(done)).toEqual([
      'changed',
      'there is no such product yet, and a new one needs name, price, category',
      'is not an object',
      'LINE-1 is in record 1 of line 1 as well',
    ]);
  });

  it('changes what its columns say, leaves what is empty, and clears what is marked', async () => {
    const fields = { status: 'archived', stockCount: 7, description: 'Old', attributes: { a: '1', b: '2' } };
    const product = await createProduct(ids.twins, {
      sku: 'PART',
      name: 'Café',
      price: { amount: 1999, currency: 'EUR' },
      ...fields,
    });
    const prices = write('products.csv', 'sku,price,currency\nPART,20.00,EUR\n');
    expect(await planAndImport(prices)).toMatchObject([{ action: 'changed', fields: ['price 19.99 → 20.00 EUR'] }]);
    expect(await readProduct(product.id)).toMatchObject({ ...fields, name: 'Café', price: { amount: 2000 } });

    const empty = 'sku;name;description;stockCount;status;attributes;price;currency;category\nPART;;;;;;;;\n';
    expect(words(await planAndImport(write('products.csv', empty)))).toEqual(['unchanged']);
    // Text in another form, and attributes in another order, say the same.
    const same = `sku;name;attributes\nPART;Cafe\u0301;"{""b"":""2"",""a"":""1""}"\n`;
    expect(words(await planAndImport(write('products.csv', same)))).toEqual(['unchanged']);
    const json = '[{"sku":"PART","stockCount":7,"price":{"currency":"EUR","amount":2e3}}]';
    expect(words(await planAndImport(write('products.json', json)))).toEqual(['unchanged']);

    const cleared = write('products.csv', 'sku,description,attributes,category\nPART,[clear],"{""c"":""3""}",Shoes\n');
    expect(await planAndImport(cleared)).toMatchObject([
      {
        action: 'changed',
        fields: [
          ...['attributes/a "1" → none', 'attributes/b "2" → none', 'attributes/c none → "3"'],
          'category twins → shoes',
          'description "Old" → none',
        ],
      },
    ]);
    const { description, ...rest } = await readProduct(product.id);
    expect(description).toBeUndefined();
    expect(rest).toMatchObject({ status: 'archived', stockCount: 7, attributes: { c: '3' } });
    await expectSoundTable();
  });

  it('rejects what it cannot do, in words that say what would do', async () => {
    await createProduct(ids.shoes, { sku: 'THERE', slug: 'there' });
    const header = 'sku,version,name,slug,price,currency,category';
    const rows: [row: string, word: string][] = [
      ['NEW-1,,Shoe,,5,EUR,Shoes', 'created'],
      ['NEW-2,,,,,,', 'there is no such product yet, and a new one needs name, price, category'],
      ['NEW-3,,Shoe,,,EUR,Shoes', 'there is no such product yet, and a new one needs price'],
      ['NEW-4,,Shoe,,5,EUR,Twins', 'category: "Twins" is the name of several, say which by slug: twins, twins-2'],
      ['NEW-5,,Shoe,,5,EUR,twins-2', 'created'],
      ['NEW-6,,Shoe,,5,EUR,None', 'category: there is none with the slug or the name "None"'],
      ['NEW-7,,Shoe,,5,EUR,none', 'category: there is none with the slug or the name "none"'],
      ['NEW-8,,Shoe,there,5,EUR,Shoes', 'slug: another product has "there"'],
      ['NEW-9,,Shoe,,5.005,EUR,Shoes', 'price: has 3 decimals, and EUR has 2'],
      ['NEW-10,,Shoe,,5,EURO,Shoes', 'currency: must be an active ISO 4217 code, such as EUR'],
      ['THERE,7,Other,,,,', 'version: the row has 7, and by now it is 1: export anew, or empty the cell to overwrite'],
      [
        'NONE,1,Other,,,,',
        'version: the row has 1, and there is no such product any more: empty the cell to create it',
      ],
      ['THERE,1,Other,,,,', 'THERE is in line 12 as well'],
    ];
    const file = write('products.csv', [header, ...rows.map(([row]) => row), ''].join('\n'));
    expect(words(await planAndImport(file))).toEqual(rows.map(([, word]) => word));
    await expectSoundTable();
  });

  it('finds that a row is done, when an import that names versions is run again', async () => {
    await createProduct(ids.shoes, { sku: 'TWICE' });
    const file = write('products.csv', 'sku,version,name\nTWICE,1,Once\n');
    expect(words(await planAndImport(file))).toEqual(['changed']);
    expect(words(await planAndImport(file))).toEqual(['unchanged']);
    const other = write('products.csv', 'sku,version,name\nTWICE,1,Twice\n');
    expect(words(await planAndImport(other))).toEqual([expect.stringContaining('the row has 1, and by now it is 2')]);
    expect(words(await importFrom(other, client, { ignoreVersion: true }))).toEqual(['changed']);
  });

  it('is what its dry run has said, whatever the rows', async () => {
    const cell = (good: string[], bad: string[]) =>
      fc.oneof(
        { weight: 30, arbitrary: fc.constantFrom(...good) },
        { weight: 4, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom(...bad) },
      );
    const row = fc.tuple(
      cell(['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6'], ['P 9']),
      fc.oneof({ weight: 6, arbitrary: fc.constant('') }, cell(['1', '2'], ['x'])),
      cell(['Boot', 'Shoe', 'Lace'], ['x'.repeat(201), '[clear]']),
      fc.oneof({ weight: 2, arbitrary: fc.constant('') }, cell(['boot', 'slug-1', 'slug-2'], ['No slug'])),
      cell(['text', '[clear]', 'Shoe'], ['\u202e']),
      cell(['5', '7'], ['1.234']),
      cell(['EUR'], ['XXX']),
      cell(['Shoes', 'twins'], ['Twins', 'none']),
      cell(['draft', 'Archived'], ['sold']),
      cell(['0', '3'], ['-1']),
      cell(['"{""a"":""1""}"', '[clear]', '{}'], ['red']),
    );
    const header = 'sku,version,name,slug,description,price,currency,category,status,stockCount,attributes';
    // First what comes to each of the outcomes below, so that no luck is needed to meet them.
    type Row = typeof row extends fc.Arbitrary<infer Cells> ? Cells : never;
    const boot: Row = ['P-1', '', 'Boot', '', '', '5', 'EUR', 'Shoes', 'draft', '0', '{}'];
    const dearer: Row = ['P-1', '', 'Boot', '', '', '7', 'EUR', 'Shoes', 'draft', '0', '{}'];
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), async (rows) => {
        const content = [header, ...rows.map((cells) => cells.join(',')), ''].join('\n');
        const file = write('products.csv', content);
        // The second time, what is done is unchanged.
        for (let time = 1; time <= 2; time += 1) {
          const planned = await importFrom(file, client, { dryRun: true });
          const done = await importFrom(file, client);
          expect(planned).toEqual(done);
          for (const word of words(done)) seen.add(word);
        }
      }),
      { numRuns: rounds(12), examples: [[[boot]], [[dearer]]] },
    );
    for (const word of ['created', 'changed', 'unchanged']) expect(seen).toContain(word);
    await expectSoundTable();
  });
});

describe('importFile sums up', () => {
  /** What is said at the end, of how many rows in how long left out. */
  async function summary(
    content: string,
    { ignoreUnknown = false, dryRun = false, ignoreVersion = false } = {},
  ): Promise<string[]> {
    const file = catalogFile(write('products.csv', content), { ignoreUnknown });
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const options = { concurrency: 1, signal: never, dryRun, ignoreVersion };
      const isDone = await importFile(file, () => Promise.resolve(client), options);
      const lines = log.mock.calls.flatMap(([text]) =>
        String(text)
          .replace(/ Rows: .*/, '')
          .split('\n'),
      );
      expect(isDone).toBe(lines.some((line) => line.endsWith(' 0 rejected.')));
      return lines;
    } finally {
      log.mockRestore();
    }
  }
  const never = new AbortController().signal;
  const unchecked =
    'Nothing was checked for changes that somebody else has made meanwhile: an export has versions for that.';

  beforeAll(async () => {
    await createProduct(ids.shoes, { sku: 'SUM-1' });
    await createProduct(ids.shoes, { sku: 'SUM-2' });
  });

  it('what the file was taken for, and what was passed over', async () => {
    const lines = await summary('SKU\tColour\tStock count\nSUM-1\tred\t1\n', { ignoreUnknown: true });
    expect(lines).toEqual([
      'Imported: 0 created, 1 changed, 0 unchanged, 0 rejected.',
      'The file is separated by tabs, and has the columns sku, stockCount. Passed over: Colour.',
      unchecked,
    ]);
  });

  it('how many rows were changed that name no version, where others do', async () => {
    const content = 'sku,version,stockCount\nSUM-1,,2\nSUM-2,1,2\n';
    expect((await summary(content)).at(-1)).toBe(
      'Changed without a check whether somebody else has done so meanwhile, as the rows name no version: 1.',
    );
    expect((await summary(content)).at(-1)).toMatch(/^The file is separated by commas/);
    expect((await summary(content, { ignoreVersion: true })).at(-1)).toBe(unchecked);
  });

  it('where the rejected rows are, and in a dry run nothing of that', async () => {
    const content = 'sku,version,stockCount\nSUM-1,9,7\nSUM-2,x,7\n';
    expect((await summary(content)).at(-1)).toMatch(
      /^The rejected rows are in .*products\.rejected\.csv, with line and/,
    );
    expect(await summary(content, { dryRun: true })).toEqual([
      expect.stringMatching(/^line 2: SUM-1 rejected: version: the row has 9, and by now it is \d: export anew, or/),
      'line 3: SUM-2 rejected: version: must be a whole number, in digits alone',
      'Would be: 0 created, 0 changed, 0 unchanged, 2 rejected.',
      'The file is separated by commas, and has the columns sku, version, stockCount.',
    ]);
  });
});

it('importFile has written the rejected rows to their end before it says anything', async () => {
  const file = catalogFile(write('products.json', '[{"sku":"?"}]'));
  const log = jest.spyOn(console, 'log').mockImplementationOnce(() => {
    throw new Error('Nobody reads this');
  });
  const options = { concurrency: 1, signal: new AbortController().signal };
  const importing = importFile(file, () => Promise.resolve(client), options);
  await expect(importing).rejects.toThrow('Nobody reads this');
  log.mockRestore();
  const rejected = readFileSync(file.path.replace('.json', '.rejected.json'), 'utf8');
  expect(JSON.parse(rejected)).toMatchObject([{ line: 1, sku: '?' }]);
});

// Before the imports of hundreds of rows: an export has all that there is.
describe('an export', () => {
  const largest = { sku: 'LARGEST', price: { amount: 5, currency: 'BHD' }, ...largestProduct('a') };

  beforeAll(() => bulkCreate({ ...largest, categoryId: ids.shoes }));
  // Whoever looks at the whole table would read it over and over.
  afterAll(startAnew);

  it.each(['csv', 'json'])(
    'to .%s goes back in unchanged, with the largest product, and makes it anew in a catalogue that has none',
    async (format) => {
      const file = await exportTo(path.join(newFolder(), `products.${format}`), client);
      expect(new Set(words(await planAndImport(file)))).toEqual(new Set(['unchanged']));

      const { sku } = largest;
      const { data } = await client.POST('/admin/products/bulk-delete', { body: { rows: [{ sku }], dryRun: false } });
      expect(data?.results).toMatchObject([{ action: 'deleted' }]);
      const results = await importFrom(file, client, { ignoreVersion: true });
      expect(results.filter(({ action }) => action !== 'unchanged')).toMatchObject([{ key: sku, action: 'created' }]);
      const { items } = (await client.GET('/admin/products', { params: { query: { sku } } })).data ?? { items: [] };
      expect(items).toMatchObject([largest]);
    },
  );
});

it('an import of categories does what its dry run has said', async () => {
  await createCategory({ slug: 'there', name: 'There', description: 'Old' });
  const rows: [row: string, word: string][] = [
    ['there,1,Renamed,', 'changed'],
    ['there,1,Renamed,', 'there is in line 2 as well'],
    ['twins,7,Other,', 'version: the row has 7, and by now it is 1: export anew, or empty the cell to overwrite'],
    ['fresh,,Fresh,[clear]', 'created'],
    ['nameless,,,', 'there is no such category yet, and a new one needs name'],
    ['Bad Slug,,Shoe,', 'slug: must be lower-case words (a-z, 0-9) joined by hyphens'],
    ['gone,3,Gone,', 'version: the row has 3, and there is no such category any more: empty the cell to create it'],
    ['shoes,,,', 'unchanged'],
  ];
  const file = write('categories.csv', ['slug,version,name,description', ...rows.map(([row]) => row), ''].join('\n'));
  expect(words(await planAndImport(file))).toEqual(rows.map(([, word]) => word));
  const cleared = await planAndImport(write('categories.csv', 'slug;description\nthere;[clear]\n'));
  expect(cleared).toMatchObject([{ action: 'changed', fields: ['description "Old" → none'] }]);
});

describe('a slug that one row of a file gives up', () => {
  const header = 'sku,name,slug,price,currency,category';
  /** Rows that have nothing to do with it and change nothing: more than a request holds, each with the slug that it has. */
  const others = (name: string) =>
    Array.from({ length: 110 }, (_, at) => `${name}-${at},Other,${name.toLowerCase()}-${at},5,EUR,shoes`);
  const [some, more] = [others('FIRST'), others('SECOND')];

  beforeAll(async () => {
    const slugs = ['far', 'near'].flatMap((where) => ['a', 'b', 'c'].map((letter) => `${where}-${letter}`));
    for (const slug of [...slugs, 'swap-a', 'swap-b', 'kept', 'next-a', 'next-b']) {
      await createProduct(ids.shoes, { sku: slug.toUpperCase(), slug, name: 'Shoe' });
    }
    await importFrom(write('products.csv', [header, ...some, ...more, ''].join('\n')), client);
  });

  it('is refused to whoever only would exchange it, and where the row that has it is rejected or gives up nothing', async () => {
    const rows = [
      ...['SWAP-A,,swap-b,,,', 'NEW-SWAP,New,kept,5,EUR,shoes', 'NEXT-A,,next-b,,,', 'NEXT-B,,next-a,,,'],
      ...[...some, 'SWAP-B,,swap-a,,,', 'KEPT,,new-kept,5,XXX,', ''],
    ];
    const results = await planAndImport(write('products.csv', [header, ...rows].join('\n')));
    const taken = (slug: string) => `slug: another product has "${slug}"`;
    const rejected = results.filter(({ action }) => action === 'rejected');
    expect(words(rejected)).toEqual([
      ...[taken('swap-b'), taken('kept'), taken('next-b'), taken('next-a'), taken('swap-a')],
      'currency: must be an active ISO 4217 code, such as EUR',
    ]);
    await expectSoundTable();
  });

  it.each([
    ['near', 'the same request', 0],
    ['far', 'other requests', 110],
  ])('is taken by others wherever they are: %s, in %s', async (where, _, count) => {
    const sku = where.toUpperCase();
    const rows = [
      ...[`${sku}-C,,${where}-b,,,`, ...some.slice(0, count), `${sku}-B,,${where}-a,,,`],
      // Its name gives a slug that it must not have, because the row before names it.
      ...[`${sku}-NAME,${where} a,,5,EUR,shoes`, `${sku}-NEW,New,${where}-c,5,EUR,shoes`],
      ...[...more.slice(0, count), `${sku}-A,Boot,${where}-z,,,`, ''],
    ];
    const results = await planAndImport(write('products.csv', [header, ...rows].join('\n')));
    expect(results.filter(({ line }) => !rows[line - 2]?.includes('Other'))).toMatchObject([
      { key: `${sku}-C`, action: 'changed', fields: [`slug "${where}-c" → "${where}-b"`] },
      { key: `${sku}-B`, action: 'changed', fields: [`slug "${where}-b" → "${where}-a"`] },
      { key: `${sku}-NAME`, action: 'created' },
      { key: `${sku}-NEW`, action: 'created' },
      { key: `${sku}-A`, action: 'changed', fields: ['name "Shoe" → "Boot"', `slug "${where}-a" → "${where}-z"`] },
    ]);
    expect(results).toHaveLength(rows.length - 1);
    await expectSoundTable();
  });
});

describe('importFile, of a file that changes meanwhile', () => {
  const header = 'sku,name,slug,amount,currency,category\n';
  const rows = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, number) => `${prefix}-${number},${prefix} ${number},,1,EUR,shoes\n`).join('');
  // This one comes last, when the file is read once more: the slug from its name is another row's.
  const late = (prefix: string) =>
    `${prefix}-A,${prefix} late,${prefix}-late,1,EUR,shoes\n${prefix}-B,${prefix} late,,1,EUR,shoes\n`;

  const skusLike = async (prefix: string) => (await readTable()).filter(({ pk }) => pk.startsWith(`SKU#${prefix}`));

  /** Imports a file, and changes it once the first rows have been sent. */
  async function importChanging(content: string, change: (file: string) => void) {
    const file = write('products.csv', content);
    let isChanged = false;
    const changing = newCatalogue(
      'http://localhost',
      handlersAsFetch((request) => {
        if (request.routeKey === 'POST /admin/products/bulk' && !isChanged) {
          isChanged = true;
          change(file);
        }
        return call(handlerOf(request.routeKey), request);
      }),
    );
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const options = { concurrency: 1, signal: new AbortController().signal };
      const imported = importFile(catalogFile(file), () => Promise.resolve(changing), options);
      await expect(imported).rejects.toThrow(/products\.csv has changed since the import began: run the same again/);
      return log.mock.calls.flat().join('\n');
    } finally {
      log.mockRestore();
    }
  }

  it('does no row of another that has come in its place, and says what it has done', async () => {
    const said = await importChanging(`${header}${rows('OLD', 150)}${late('OLD')}`, (file) => {
      const other = write('other.csv', `${header}${rows('OTHER', 150)}${late('OTHER')}`);
      renameSync(other, file);
    });
    const done = (await skusLike('OLD')).length;
    expect(said.startsWith(`Imported: ${done} created, 0 changed, 0 unchanged, 0 rejected.`)).toBe(true);
    expect(await skusLike('OTHER')).toEqual([]);
  });

  it('does no row that is written to its end', async () => {
    // Longer than what is read ahead; rows without a cell are passed over.
    const blank = `${' '.repeat(100_000)}\n`.repeat(20);
    const more = `${rows('MORE', 150)}${blank}`;
    await importChanging(`${header}${rows('LONG', 150)}${blank}`, (file) => appendFileSync(file, more));
    expect(await skusLike('MORE')).toEqual([]);
  });
});

async function bulkCreate(fields: object): Promise<void> {
  const { data } = await client.POST('/admin/products/bulk', { body: { rows: [fields], dryRun: false } });
  expect(data?.results).toMatchObject([{ action: 'created' }]);
}
