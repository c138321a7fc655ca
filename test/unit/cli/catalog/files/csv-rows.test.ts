import { catalogFile } from '../../../../../cli/catalog/files/file-name';
import { countRows, readRows } from '../../../../../cli/catalog/files/rows';
import { newFolder, writeNew } from '../../../../support/temporary-file';

const header = 'sku,name,slug,description,amount,currency,stockCount,category,status,imageUrl,attributes';
const row = (sku: string, description = '') => `${sku},Shoe,,${description},100,EUR,,shoes,,,`;

async function readAll(content: string | Buffer) {
  const rows = [];
  for await (const found of readRows(catalogFile(writeNew('products.csv', content)))) rows.push(found);
  return rows;
}

const linesAndSkus = async (content: string | Buffer) =>
  (await readAll(content)).map(({ line, original }) => [line, original['sku']]);

const problems = async (content: string) => (await readAll(content)).map(({ line, problem }) => [line, problem]);

describe('readRows of a CSV file', () => {
  it('reads numbers, JSON and absent values of a product', async () => {
    const [found] = await readAll(
      `${header}\nA-1,"Red ""shoe""",red,'=1,4900,EUR,7,shoes,draft,,"{""size"":""40""}"\n`,
    );
    expect(found).toEqual({
      line: 2,
      original: expect.objectContaining({ sku: 'A-1', amount: '4900', description: '=1', imageUrl: undefined }),
      record: {
        sku: 'A-1',
        name: 'Red "shoe"',
        slug: 'red',
        description: '=1',
        price: { amount: 4900, currency: 'EUR' },
        stockCount: 7,
        category: 'shoes',
        status: 'draft',
        imageUrl: undefined,
        attributes: { size: '40' },
      },
    });
  });

  it.each([
    ['LF', '\n', 'b\nc'],
    ['CR LF', '\r\n', 'b\r\nc'],
    ['CR LF with LF in cells', '\r\n', 'b\nc'],
  ])('numbers rows by the line that they begin in, with %s', async (_, end, description) => {
    const content = [header, row('A'), row('B', `"${description}"`), row('C'), '', ',,,,,,,,,,', row('D'), ''].join(
      end,
    );
    expect(await linesAndSkus(content)).toEqual([
      [2, 'A'],
      [3, 'B'],
      [5, 'C'],
      [8, 'D'],
    ]);
  });

  it('reads what a spreadsheet saves: a byte order mark, another order of columns, every cell quoted, no last line end', async () => {
    const columns = [...header.split(',')].reverse();
    const cells = new Map([
      ['sku', 'A'],
      ['name', 'Grün'],
    ]);
    const lines = [columns, columns.map((column) => cells.get(column) ?? '')];
    const content = lines.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n');
    const [found] = await readAll(Buffer.from(`\ufeff${content}`));
    expect(found?.original).toMatchObject({ sku: 'A', name: 'Grün' });
    expect(found?.record).toMatchObject({ description: undefined, attributes: undefined });
  });

  it('takes the columns of a file of rejected rows, and leaves them out', async () => {
    const [found] = await readAll(`line,reason,${header}\n7,Some reason,${row('A')}\n`);
    expect(found).toMatchObject({ line: 2, original: { sku: 'A' }, record: { sku: 'A' } });
    expect(found?.original).not.toHaveProperty('line');
    expect(found?.record).not.toHaveProperty('reason');
  });

  it.each([
    ['a number with a fraction', 'A,Shoe,,,19.99,EUR,,shoes,,,', 'amount: must be a whole number, in digits alone'],
    [
      'a number as spreadsheets shorten it',
      'A,Shoe,,,1,EUR,1.5E+12,shoes,,,',
      'stockCount: must be a whole number, in',
    ],
    ['attributes that are not JSON', 'A,Shoe,,,1,EUR,,shoes,,,red', 'attributes: must be a JSON object'],
    ['too few cells', 'A,Shoe', 'has 2 cells instead of 11: quote cells with commas or line breaks'],
    ['too many cells', 'A,Shoe, red,,,1,EUR,,shoes,,,', 'has 12 cells instead of 11'],
    [
      'a quote in a cell',
      'A,5" screen,,,1,EUR,,shoes,,,',
      'a cell with a quote must be quoted, and the quote in it doubled',
    ],
    ['a quote that is not doubled', 'A,"5" screen",,,1,EUR,,shoes,,,', 'a cell with a quote must be quoted'],
    ['text after a quoted cell', 'A,"Shoe" ,,,1,EUR,,shoes,,,', 'a cell with a quote must be quoted'],
    [
      'a quote that a later row closes',
      'A,"Shoe,,,1,EUR,,shoes,,,\nB,"Shoe",',
      'must be quoted, and the quote in it doubled (it goes to line 3)',
    ],
  ])('says what is wrong with %s, and goes on', async (_, bad, reason) => {
    const found = await problems(`${header}\n${bad}\n${row('C')}\n`);
    expect(found).toEqual([
      [2, expect.stringContaining(reason)],
      [2 + bad.split('\n').length, undefined],
    ]);
  });

  it.each([
    ['is empty', '', /is empty: its first line must name the columns sku, name, slug/],
    ['has blank lines alone', '\n\n', /is empty/],
    ['lacks columns', 'sku,name\n', /\(missing: slug, description, amount, currency, stockCount, category, status/],
    ['has unknown ones', `${header},colour\n`, /\(unknown: colour\)/],
    ['has one twice', `${header},sku\n`, /\(there twice: sku\)/],
    ['is separated by semicolons', header.replaceAll(',', ';'), /separated by commas: .*unknown: sku;name/],
    [
      'has a quote that is not closed',
      `${header}\n${row('A', '"b\nc"')}\n${row('B', '"not closed')}\n${row('C')}\n${row('D')}`,
      /products\.csv: the row that begins in line 4 is too long, or does not end: close the quotes in it\./,
    ],
    [
      'has a quote that is not closed for a megabyte',
      `${header}\n${row('B', `"${'x'.repeat(2 ** 20)}"`)}\n`,
      /the row that begins in line 2 is too long/,
    ],
  ])('fails where the file %s, before anything could be imported', async (_, content, message) => {
    const file = catalogFile(writeNew('products.csv', content));
    await expect(countRows(file)).rejects.toMatchObject({ name: 'Failure', message: expect.stringMatching(message) });
  });

  it('fails where there is no file', async () => {
    const file = catalogFile(`${newFolder()}/products.csv`);
    await expect(countRows(file)).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/products\.csv cannot be read: ENOENT/),
    });
  });

  it('refuses text that was not saved as UTF-8', async () => {
    const [found] = await readAll(Buffer.from(`${header}\n${row('A', 'grün')}\n`, 'latin1'));
    expect(found?.original['description']).toBe('gr\ufffdn');
  });

  it('counts rows without holding them', async () => {
    const file = catalogFile(writeNew('products.csv', `${header}\n${`${row('A', '"a\nb"')}\n`.repeat(5_000)}`));
    expect(await countRows(file)).toBe(5_000);
  });
});
