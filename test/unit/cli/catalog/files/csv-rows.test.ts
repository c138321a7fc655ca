import { execFileSync } from 'node:child_process';
import { catalogFile, type FileOptions } from '../../../../../cli/catalog/files/file-name';
import { headerOf, readRows, surveyRows } from '../../../../../cli/catalog/files/rows';
import { rounds } from '../../../../support/depth';
import { newFolder, writeNew } from '../../../../support/temporary-file';

const header = 'sku,name,slug,description,amount,currency,stockCount,category,status,imageUrl,attributes';
const row = (sku: string, description = '') => `${sku},Shoe,,${description},100,EUR,,shoes,,,`;

async function readAll(content: string | Buffer, options?: FileOptions) {
  const rows = [];
  for await (const found of readRows(catalogFile(writeNew('products.csv', content), options))) rows.push(found);
  return rows;
}

const linesAndSkus = async (content: string | Buffer) => (await readAll(content)).map(({ line, key }) => [line, key]);

const problems = async (content: string) => (await readAll(content)).map(({ line, problem }) => [line, problem]);

/** The fields of the record in the only row of a file. */
async function recordIn(names: string, cells: string) {
  const [found, ...others] = await readAll(`${names}\n${cells}\n`);
  expect(others).toEqual([]);
  expect(found?.problem).toBeUndefined();
  return JSON.parse(JSON.stringify(found?.record)) as unknown;
}

describe('readRows of a CSV file', () => {
  it('reads prices, numbers, JSON and absent values of a product', async () => {
    const [found] = await readAll(
      `sku,name,slug,description,price,currency,stockCount,category,status,imageUrl,attributes,version\n` +
        `A-1,"Red ""shoe""",red,'=1,49.00,EUR,7,shoes,draft,,"{""size"":""40""}",3\n`,
    );
    expect(found).toEqual({
      line: 2,
      key: 'A-1',
      original: ['A-1', 'Red "shoe"', 'red', "'=1", '49.00', 'EUR', '7', 'shoes', 'draft', '', '{"size":"40"}', '3'],
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
        version: 3,
      },
    });
  });

  it('says nothing of columns that are not there, and of cells that are empty', async () => {
    expect(await recordIn('sku,price,currency', 'A,19.99,EUR')).toEqual({
      sku: 'A',
      price: { amount: 1999, currency: 'EUR' },
    });
    expect(await recordIn(header, 'A,, ,,,,,,,,')).toEqual({ sku: 'A' });
    expect(await recordIn('slug,sku', ',A')).toEqual({ sku: 'A' });
  });

  it('clears what is marked so, and takes the mark for text behind an apostrophe', async () => {
    expect(await recordIn('sku,description,imageUrl,attributes', 'A,[clear], [Clear] ,[CLEAR]')).toEqual({
      sku: 'A',
      description: null,
      imageUrl: null,
      attributes: null,
    });
    expect(await recordIn('sku,description', "A,'[clear]")).toEqual({ sku: 'A', description: '[clear]' });
    expect(await problems('sku,status\nA,[clear]\n')).toEqual([[2, 'status: cannot be cleared']]);
  });

  it.each([
    ['commas', ',', '19.99'],
    ['semicolons', ';', '19,99'],
    ['tabs', '\t', '19.99'],
  ])('recognises %s by the header row', async (_, delimiter, price) => {
    const lines = [
      ['sku', 'name', 'price', 'currency'],
      ['A', '"Red, green; blue"', price, 'EUR'],
    ];
    const [found] = await readAll(lines.map((cells) => cells.join(delimiter)).join('\n'));
    expect(found?.record).toMatchObject({ name: 'Red, green; blue', price: { amount: 1999, currency: 'EUR' } });
  });

  it('takes the delimiter that is given', async () => {
    const [found] = await readAll('sku;name,slug\nA;Shoe,B', { delimiter: ';', ignoreUnknown: true });
    expect(found?.original).toEqual(['A', 'Shoe,B']);
  });

  it.each([
    ['another case, and blanks', ' SKU , Stock Count ,IMAGEURL\nA,5,https://example.com/a'],
    ['empty columns at the end', 'sku,stockCount,imageUrl,,\nA,5,https://example.com/a,,\n'],
    ['the marks that nobody sees', '\u200bsku,stock\u00a0count,image\u00adUrl\nA,5,https://example.com/a'],
  ])('knows columns with %s', async (_, content) => {
    const [found] = await readAll(content);
    expect(found?.record).toMatchObject({ sku: 'A', stockCount: 5, imageUrl: 'https://example.com/a' });
  });

  it('passes over columns that nobody knows where it is told to', async () => {
    const [found] = await readAll('sku,colour,name\nA,red,Shoe', { ignoreUnknown: true });
    expect(found?.record).toMatchObject({ sku: 'A', name: 'Shoe' });
    expect(found?.record).not.toHaveProperty('colour');
    expect(found?.original).toEqual(['A', 'red', 'Shoe']);
  });

  it('takes blanks away around what has none, and case where it does not matter', async () => {
    const names = 'sku,slug,stockCount,category,status,currency,amount,version';
    expect(await recordIn(names, ' A , a, 5 , Shoes , Draft, eur , 7, 2 ')).toEqual({
      ...{ sku: 'A', slug: 'a', stockCount: 5, category: 'Shoes', status: 'draft', version: 2 },
      price: { amount: 7, currency: 'EUR' },
    });
  });

  it('takes marks that nobody sees away from what has a syntax of its own, and leaves them in texts', async () => {
    const names = 'sku;name;price;currency;category;status;stockCount';
    const cells = 'A\u00ad-1\u200b;Mo\u00adka;\u200e4,50\u200e;EUR\u2060;tea;active\u200b;7\u200b';
    expect(await recordIn(names, cells)).toEqual({
      sku: 'A-1',
      name: 'Mo\u00adka',
      price: { amount: 450, currency: 'EUR' },
      category: 'tea',
      status: 'active',
      stockCount: 7,
    });
  });

  it.each([
    ['LF', '\n', 'b\nc'],
    ['CR LF', '\r\n', 'b\r\nc'],
    ['CR LF with LF in cells', '\r\n', 'b\nc'],
    ['CR alone', '\r', 'b\rc'],
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

  it.each([
    ['sep=;\r\n', ';', '\r\n'],
    ['\ufeffSEP=,\n', ',', '\n'],
    ['sep=\t\r', '\t', '\r'],
    ['"sep=;"\n', ';', '\n'],
  ])('takes %j for a line that says the separator, and counts it', async (first, separator, end) => {
    const rows = [
      ['sku', 'name'],
      ['A', '"1,2;3\t4"'],
      ['B', 'sep=x'],
    ];
    const found = await readAll(`${first}${rows.map((cells) => cells.join(separator)).join(end)}`);
    expect(found).toMatchObject([
      { line: 3, record: { sku: 'A', name: '1,2;3\t4' } },
      { line: 4, record: { sku: 'B', name: 'sep=x' } },
    ]);
  });

  it('takes the separator that is said for one that the header row alone leaves open', async () => {
    expect(await readAll('sep=;\nsku\nA\n')).toMatchObject([{ line: 3, record: { sku: 'A' } }]);
  });

  it('does the same wherever the pieces end in which the file is read', async () => {
    const length = rounds(4_000);
    const content = `${header}\r\n${Array.from({ length }, (_, n) => `${row(`A-${n}`, `"b\r\n${'c'.repeat(n % 50)}"`)}\r\n`).join('')}`;
    const found = await linesAndSkus(content);
    expect(found).toEqual(Array.from({ length }, (_, n) => [2 + 2 * n, `A-${n}`]));
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
    expect(found?.record).toMatchObject({ sku: 'A', name: 'Grün', description: undefined, attributes: undefined });
  });

  it.each<[string, (text: string) => Buffer]>([
    ['UTF-16 LE with a byte order mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE without', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with a byte order mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 BE without', (text) => Buffer.from(text, 'utf16le').swap16()],
    ['UTF-8 without a byte order mark', (text) => Buffer.from(text)],
  ])('reads %s', async (_, encode) => {
    // More than one piece of a file, of characters that take several bytes: it is cut within one.
    const names = Array.from({ length: 40 }, (__, n) => '👟é漢'.repeat(400 + n));
    const found = await readAll(encode(`sku\tname\r\n${names.map((name, n) => `A-${n}\t${name}\r\n`).join('')}`));
    expect(found.map(({ record }) => record?.['name'])).toEqual(names);
  });

  it('names all faults of a row, of cells that cannot be read and of values that cannot be accepted', async () => {
    const content = 'sku,price,currency,stockCount,status,attributes\nA,1e3,EUR,1.5,gone,red\n';
    expect(await problems(content)).toEqual([
      [
        2,
        'price: must be a number such as 19.99, without a sign of currency; stockCount: must be a whole number, in digits alone; ' +
          'attributes: must be a JSON object, such as {"colour":"red"}; status: must be one of draft, active, archived',
      ],
    ]);
  });

  const remade = (sku: string, kind: string) =>
    `sku: "${sku}" looks like a ${kind} that a spreadsheet has made of it: format the column as text and write it anew`;

  it.each([
    ...['01.02.2026', '1-2-2026', '2026-02-01', '1-Feb', 'Feb-01', '11-Mrz-2026'],
    ...['01-mai', 'janv-26', '1-feb', '01-dic', '15-mrt-2026'],
  ])('refuses %s, which a spreadsheet has made of a SKU, and takes it for one in a row with a version', async (sku) => {
    const reason = `${remade(sku, 'date')}, or, if it is meant, import it from JSON`;
    expect(await problems(`sku;name\n${sku};Shoe\n`)).toEqual([[2, reason]]);
    expect(await problems(`sku;version\n${sku};2\n`)).toEqual([[2, undefined]]);
  });

  it.each([
    ...['02/01/2026', '01. Feb', '01-févr', '1月2日'].map((sku) => [sku, 'date']),
    ...['1,23E+12', '4.00638E+12'].map((sku) => [sku, 'number']),
  ])('says of %s, which is no SKU, that a spreadsheet has made a %s of it', async (sku = '', kind = '') => {
    expect(await problems(`sku;name\n${sku};Shoe\n`)).toEqual([[2, remade(sku, kind)]]);
    expect(await problems(`sku;version\n${sku};2\n`)).toEqual([[2, remade(sku, kind)]]);
  });

  it.each(['1-2', 'MAR-10', '12-set', '100-20-3', '1E5', '2026.1', '20260201', '5-Feet'])(
    'takes %s for a SKU',
    async (sku) => {
      expect(await problems(`sku;name\n${sku};Shoe\n`)).toEqual([[2, undefined]]);
    },
  );

  it.each(['#NAME?', ' #REF! ', '#N/A', '#WERT!', '#VALEUR!', '########', 'Err:508'])(
    'refuses %s, which a spreadsheet has put in place of a text, and takes it behind an apostrophe',
    async (cell) => {
      const text = cell.trim();
      expect(await problems(`sku,name\nA,${cell}\n`)).toEqual([
        [2, `name: ${text} is what a spreadsheet has put there: correct its formula, or write '${text} if it is meant`],
      ]);
      expect(await recordIn('sku,name', `A,'${text}`)).toEqual({ sku: 'A', name: text });
    },
  );

  it.each(['#1', '##', '#NAME', 'Err:1', 'see #REF!'])('takes %s for a text', async (name) => {
    expect(await recordIn('sku,name', `A,${name}`)).toEqual({ sku: 'A', name });
  });

  it('takes the columns of a file of rejected rows, and leaves them out', async () => {
    const [found] = await readAll(`line,reason,${header}\n7,Some reason,${row('A')}\n`);
    expect(found).toMatchObject({ line: 2, key: 'A', record: { sku: 'A' } });
    expect(found?.original).toEqual(row('A').split(','));
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
    ['too few cells', 'A,Shoe', 'has 2 cells instead of 11: quote cells with line breaks in them'],
    ['too many cells', 'A,Shoe, red,,,1,EUR,,shoes,,,', 'has 12 cells instead of 11: quote cells with commas in them'],
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
      'must be quoted, and the quote in it doubled: see whether it is read well (it goes to line 3)',
    ],
  ])('says what is wrong with %s, keeps its cells, and goes on', async (_, bad, reason) => {
    const found = await readAll(`${header}\n${bad}\n${row('C')}\n`);
    expect(found.map(({ line, problem }) => [line, problem])).toEqual([
      [2, expect.stringContaining(reason)],
      [2 + bad.split('\n').length, undefined],
    ]);
    expect(found[0]?.key).toBe('A');
    expect((found[0]?.original as string[]).join('')).toContain('Shoe'.slice(0, bad.includes('screen') ? 0 : 4));
  });

  it.each([
    ['a column without a name', 'sku,,name\nA,x,Shoe', 'has "x" in column 2, which has no name'],
    ['a price without a currency', 'sku,price,currency\nA,5,', 'currency: is needed beside a price'],
    ['an amount that is too much', 'sku,amount\nA,1000000000001', 'amount: must be at most 1000000000000'],
    ['a price in no currency', 'sku,price,currency\nA,5.999,XXX', 'currency: must be an active ISO 4217 code, such as'],
    ['a price that is none', 'sku,price,currency\nA,€ 5,EUR', 'price: must be a number such as 19.99'],
    ['a negative price', 'sku,price,currency\nA,-5,EUR', 'price: must be a number such as 19.99'],
  ])('says what is wrong with %s', async (_, content, reason) => {
    expect(await problems(content)).toEqual([[2, expect.stringContaining(reason)]]);
  });

  it.each([
    ['is empty', '', /is empty: its first row must name columns, such as sku, version, name/],
    ['has blank lines alone', '\n\n', /is empty/],
    ['lacks the SKU', 'name,price\nA,5', /must have a column sku in its first row \(separated by commas\)\. Known are/],
    ['has no header row', 'A-1,Shoe,5\n', /must have a column sku in its first row/],
    ['has unknown columns', `${header},colour,Size\n`, /nobody knows: colour, Size\. Known are .*; --ignore-unknown/],
    ['has one twice', `${header}, SKU\n`, /has two columns for one thing: sku\./],
    ['has price and amount', 'sku,price,amount,currency\n', /price \(such as 19\.99\) and amount/],
    ['has a price without a currency', 'sku,price\nA,5\n', /price goes with a column currency/],
    [
      'may be separated in two ways',
      'sku;name,slug\n',
      /one thing or another: say --delimiter comma, semicolon or tab/,
    ],
    [
      'has a quote that is not closed',
      `${header}\n${row('A', '"b\nc"')}\n${row('B', '"not closed')}\n${row('C')}\n${row('D')}`,
      /products\.csv: the row that begins in line 4 is too long, or does not end: close the quotes in it\./,
    ],
    ['is separated by something else', 'sep=|\nsku|name\n', /says that \| separates its cells: save it with commas,/],
    ['has a quote that is not closed in the header row', 'sku,"name\nA,Shoe\n', /close the quotes in it/],
    [
      'has a quote that is not closed for a megabyte',
      `${header}\n${row('B', `"${'x'.repeat(2 ** 20)}"`)}\n`,
      /the row that begins in line 2 is too long/,
    ],
    [
      'is in the encoding of an old Windows',
      Buffer.from(`${header}\n${row('A')}\n${row('A', 'grün')}\n`, 'latin1'),
      /is not UTF-8 \(line 3\): save it as "CSV UTF-8"/,
    ],
    ['ends within a character', Buffer.from(`${header}\nA,grü`).subarray(0, -1), /is not UTF-8 \(line 2\)/],
    ['is an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /is a workbook and no text/],
    ['is a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000', 'latin1'), /is a workbook and no text/],
    ['is no text', Buffer.from('sku,name\nA,B\0C\n'), /is not text/],
  ])('fails where the file %s, before anything could be imported', async (_, content, message) => {
    const file = catalogFile(writeNew('products.csv', content));
    await expect(surveyRows(file)).rejects.toMatchObject({ name: 'Failure', message: expect.stringMatching(message) });
  });

  it('fails where there is no file', async () => {
    const file = catalogFile(`${newFolder()}/products.csv`);
    await expect(surveyRows(file)).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/products\.csv cannot be read: there is no such file\.$/),
    });
  });

  it.each([
    [
      'a folder',
      (file: string) => execFileSync('mkdir', [file]),
      /products\.csv cannot be read: it is a folder, and no file/,
    ],
    [
      'a pipe',
      (file: string) => execFileSync('mkfifo', [file]),
      /products\.csv cannot be read: it is a pipe or a device/,
    ],
  ])('fails where it is %s: a file is read more than once', async (_, make, message) => {
    const file = catalogFile(`${newFolder()}/products.csv`);
    make(file.path);
    await expect(headerOf(file)).rejects.toThrow(message);
    await expect(surveyRows(file)).rejects.toThrow(message);
  });

  it('counts rows, and those that name a version, without holding them', async () => {
    const content = `sku,description,version\n${'A,"a\nb",\nB,,7\n'.repeat(250)}`;
    const file = catalogFile(writeNew('products.csv', content));
    expect(await surveyRows(file)).toEqual({ rows: 500, versions: 250 });
  });
});
