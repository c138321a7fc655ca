/** The console reads files as the command line does, and writes what both read. */
import { catalogFile } from '../../../cli/catalog/files/file-name';
import { readRows } from '../../../cli/catalog/files/rows';
import { categoryFile, productFile } from '../../../console/files/export';
import { readRows as readInPage, type Kind } from '../../../console/files/read';
import type { Category, Product } from '../../../console/api/client';
import { writeNew } from '../../support/temporary-file';
import { readIn } from '../../support/reader-language';

const category: Category = {
  id: '01KB0V2H4MHC0E3Z5J7QY9S1TA',
  name: 'Shoes',
  slug: 'shoes',
  productCount: 0,
  version: 1,
  createdAt: '2026-11-26T00:00:00.000Z',
  createdBy: 'a',
  updatedAt: '2026-11-26T00:00:00.000Z',
  updatedBy: 'a',
};

const product: Product = {
  id: '01KB0V3Q6ZK4T6XW9C8M5R2N7D',
  sku: 'A-1',
  name: '=Boot, "large"',
  description: '+1\r\nand red',
  slug: 'boot',
  price: { amount: 1999, currency: 'EUR' },
  stockCount: 3,
  status: 'active',
  attributes: { colour: 'red' },
  categoryId: category.id,
  version: 4,
  createdAt: category.createdAt,
  createdBy: 'a',
  updatedAt: category.createdAt,
  updatedBy: 'a',
};

const read = (name: string, content: Uint8Array | string, kind: Kind = 'products') =>
  readInPage(name, typeof content === 'string' ? Buffer.from(content) : content, kind);

async function atCommandLine(name: string, content: Uint8Array | string) {
  const rows = [];
  for await (const row of readRows(catalogFile(writeNew(name, Buffer.from(content))))) rows.push(row);
  return rows;
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const csv: [name: string, bytes: Uint8Array][] = [
  ['commas', Buffer.from('sku,name\nA-1,One\nA-2,"Two, and"\n')],
  ['line breaks in cells, and CR LF', Buffer.from('sku;name\r\nA-1;"One\r\ntwo"\r\nA-2;Three\r\n')],
  ['old line ends', Buffer.from('sku\tname\rA-1\tOne\rA-2\tTwo')],
  ['empty rows', Buffer.from('\n\nsku,name\n\nA-1,One\n,\nA-2,Two\n\n')],
  ['a mark of the byte order', Buffer.from('\ufeffsku,name\nA-1,Café\n')],
  ['UTF-16', utf16('sku\tname\r\nA-1\tCafé\r\n')],
  ['a stray quote', Buffer.from('sku,name\nA-1,5" pipe\nA-2,Two\n')],
  ['a line that says the separator', Buffer.from('sep=;\r\nsku;name\r\nA-1;One, two\r\nA-2;"Th\r\nree"\r\n')],
  ['annotations', Buffer.from('line,reason,sku,name\n3,bad,A-1,One\n')],
];

const json: [name: string, text: string][] = [
  ['a record a line', '[\n{"sku":"A-1","name":"One"},\n{"sku":"A-2","price":{"amount":1,"currency":"EUR"}}\n]\n'],
  ['what is no record, and no JSON', '[1, {"sku":"A-1",}, {"sku":"A-2","name":null}]'],
  ['annotations', '[{"line":3,"reason":"bad","sku":"A-1"}]'],
];

it.each([
  ...csv.map(([what, bytes]) => ['products.csv', what, bytes] as const),
  ...json.map(([what, text]) => ['products.json', what, text] as const),
  ['categories.csv', 'categories', 'slug,parent,name\ntrail,running,Trail\nshoes,[clear],Shoes\n'] as const,
  ['categories.json', 'categories', '[{"slug":"trail","parent":"running"},{"slug":"shoes","parent":null}]'] as const,
])('finds in %s the rows that the command line finds, with %s', async (name, _, content) => {
  const { rows } = read(name, content, name.startsWith('products') ? 'products' : 'categories');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows).toEqual(await atCommandLine(name, content));
});

const { id: _id, categoryId: _categoryId, ...fields } = product;
const productRecord = {
  ...{ sku: fields.sku, version: 4, name: fields.name, slug: fields.slug, description: fields.description },
  ...{ category: 'shoes', status: fields.status, stockCount: 3, price: fields.price, attributes: fields.attributes },
};
const below: Category = { ...category, id: product.id, name: '@Boots', slug: 'boots', parentId: category.id };
const categoryRecords = [
  { slug: 'boots', version: 1, name: '@Boots', parent: 'shoes' },
  { slug: 'shoes', version: 1, name: 'Shoes' },
];

it.each(['csv', 'json'] as const)('reads what it has written as %s as nothing but what was there', (format) => {
  const products = read(`products.${format}`, productFile([product], [category], format));
  expect(products.rows.map(({ key, record }) => [key, record])).toEqual([['A-1', productRecord]]);
  const categories = read(`categories.${format}`, categoryFile([category, below], format), 'categories');
  expect(categories.rows.map(({ record }) => record)).toEqual(categoryRecords);
});

describe('where the language of the reader has a comma before decimals', () => {
  beforeEach(() => readIn('de'));
  afterEach(() => jest.restoreAllMocks());

  it('writes CSV as spreadsheets open it there: with semicolons and decimal commas', () => {
    const text = productFile([product], [category], 'csv');
    expect(text).toMatch(/^\ufeffsku;version;name;.*;shoes;active;3;"19,99";EUR\n$/s);
    expect(read('products.csv', text).rows.map(({ record }) => record)).toEqual([productRecord]);
    expect(categoryFile([below], 'csv')).toMatch(/^\ufeffslug;version;/);
  });
});

it.each([
  ['products.csv', 'sku;name;price;currency\nA-1;One;4.90 €;EUR\nA-2;Two;4,90;EUR\n'],
  ['products.json', '[{"sku":"A-1","name":"One","price":{"amount":490,"currency":"EUR"}},{"sku":"A-2"}]'],
])('gives back rejected rows of %s with line and reason in front, which are passed over', (name, text) => {
  const { rows, rejectedFile } = read(name, text);
  const [first] = rows;
  if (!first) throw new Error('There is no row');
  const rejected = rejectedFile([{ ...first, position: 0, action: 'rejected', reason: 'Some, reason' }]);
  expect(rejected).toMatch(/line.*reason.*sku/s);
  expect(rejected).toContain('Some, reason');
  const again = read(name, rejected).rows;
  expect(again.map(({ key, original }) => [key, original])).toEqual([['A-1', first.original]]);
});

it.each([
  ['a workbook', 'PK\u0003\u0004x', 'is a workbook and no text'],
  ['another encoding', Buffer.from('sku,name\nA-1,Caf\xe9\n', 'latin1'), 'is not UTF-8 (line 2)'],
  ['zeros', 'sku,name\nA-1,a\u0000\n', 'is not text'],
  ['no key', 'name\nA\n', 'must have a column sku'],
  ['a quote that is not closed', 'sku,name\nA-1,"One\n', 'the row that begins in line 2 is too long'],
  ['columns of its own', 'sku,colour\nA-1,red\n', 'nobody knows: colour. Known are'],
])('says of %s what is wrong', (_, content, sentence) => {
  expect(() => read('products.csv', content)).toThrow(sentence);
});

it.each([
  ['products.csv', 'sku,colour\n'],
  ['products.csv', 'sku;name,slug\n'],
  ['products.json', '{"sku":"A-1"}'],
  ['products.json', '[{"sku":"A-1"'],
])('names no option of the command line in what it says of %s, as in %j', (name, text) => {
  expect(() => read(name, text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('--') }));
});
