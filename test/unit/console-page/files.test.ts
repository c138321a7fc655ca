/** The console reads files as the command line does, and writes what both read. */
import { catalogFile } from '../../../cli/catalog/files/file-name';
import { readRows } from '../../../cli/catalog/files/rows';
import { productFile } from '../../../console/files/export';
import { readProducts } from '../../../console/files/read';
import type { Category, Product } from '../../../console/api/client';
import { writeNew } from '../../support/temporary-file';

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

const read = (bytes: Uint8Array) => readProducts('products.csv', bytes, [category]);

/** Line, SKU and what stands there of each row, by file order. */
async function atCommandLine(bytes: Uint8Array) {
  const path = writeNew('products.csv', Buffer.from(bytes));
  const rows = [];
  for await (const { line, key, original } of readRows(catalogFile(path))) rows.push([line, key ?? '', original]);
  return rows;
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const files: [name: string, bytes: Uint8Array][] = [
  ['commas', Buffer.from('sku,name\nA-1,One\nA-2,"Two, and"\n')],
  ['line breaks in cells, and CR LF', Buffer.from('sku;name\r\nA-1;"One\r\ntwo"\r\nA-2;Three\r\n')],
  ['old line ends', Buffer.from('sku\tname\rA-1\tOne\rA-2\tTwo')],
  ['empty rows', Buffer.from('\n\nsku,name\n\nA-1,One\n,\nA-2,Two\n\n')],
  ['a mark of the byte order', Buffer.from('\ufeffsku,name\nA-1,Café\n')],
  ['UTF-16', utf16('sku\tname\r\nA-1\tCafé\r\n')],
  ['a stray quote', Buffer.from('sku,name\nA-1,5" pipe\nA-2,Two\n')],
  ['annotations', Buffer.from('line,reason,sku,name\n3,bad,A-1,One\n')],
];

it.each(files)('finds the rows that the command line finds, with %s', async (_, bytes) => {
  const found = read(bytes).rows.map(({ line, sku, original }) => [line, sku, original]);
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(await atCommandLine(bytes));
});

it('reads what it has written as nothing but what was there', () => {
  const { rows } = read(Buffer.from(productFile([product], [category])));
  expect(rows).toEqual([
    expect.objectContaining({
      line: 2,
      sku: 'A-1',
      fields: {
        sku: 'A-1',
        version: 4,
        name: product.name,
        description: product.description,
        slug: 'boot',
        category: 'shoes',
        status: 'active',
        stockCount: 3,
        price: product.price,
        attributes: product.attributes,
        replaceAttributes: true,
      },
    }),
  ]);
});

it('rejects a second row for one product, and a category that there is not', () => {
  const { rows } = read(Buffer.from('sku,category\nA-1,Shoes\nA-1,shoes\nA-2,No such\n'));
  expect(rows.map(({ fields, reason }) => fields?.category ?? reason)).toEqual([
    'shoes',
    'A-1 is in line 2 as well',
    'category: there is none with the slug or the name "No such"',
  ]);
});

it('gives back rejected rows with line and reason in front, which are passed over once they are corrected', () => {
  const file = read(Buffer.from('sku;name;price;currency\nA-1;One;4.90 €;EUR\nA-2;Two;4,90;EUR\n'));
  const rejected = file.rows.flatMap((row) => (row.reason === undefined ? [] : [{ ...row, reason: row.reason }]));
  expect(rejected.map(({ line }) => line)).toEqual([2]);
  const { rows } = read(Buffer.from(file.rejectedFile(rejected).replace('4.90 €', '4,90')));
  expect(rows.map(({ line, fields }) => [line, fields])).toEqual([
    [2, expect.objectContaining({ sku: 'A-1', name: 'One', price: { amount: 490, currency: 'EUR' } })],
  ]);
});

it.each([
  ['a workbook', Buffer.from('PK\u0003\u0004x'), 'is a workbook and no text'],
  ['another encoding', Buffer.from('sku,name\nA-1,Caf\xe9\n', 'latin1'), 'is not UTF-8 (line 2)'],
  ['zeros', Buffer.from('sku,name\nA-1,a\u0000\n'), 'is not text'],
  ['no key', Buffer.from('name\nA\n'), 'must have a column sku'],
  ['a quote that is not closed', Buffer.from('sku,name\nA-1,"One\n'), 'the row that begins in line 2 is too long'],
])('says of %s what is wrong', (_, bytes, sentence) => {
  expect(() => read(bytes)).toThrow(sentence);
});
