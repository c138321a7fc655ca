import { parse } from 'csv-parse/sync';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import path from 'node:path';
import { catalogFile, type CatalogFile } from '../../../../cli/catalog/files/file-name';
import { newRejectedRows } from '../../../../cli/catalog/rejected-rows';
import { headerOf, readRows } from '../../../../cli/catalog/files/rows';
import { newFolder, writeNew } from '../../../support/temporary-file';

async function rowsIn(file: CatalogFile) {
  const rows = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

/** Rejects all rows of a file, and returns the file that they come to. */
async function rejectAll(file: CatalogFile, reason = 'Some reason'): Promise<string | undefined> {
  const rejected = newRejectedRows(file, await headerOf(file));
  for (const row of await rowsIn(file)) await rejected.add({ ...row, reason });
  return rejected.end();
}

const csv = (content: string) => catalogFile(writeNew('products.csv', content));

describe('newRejectedRows', () => {
  it.each(['products.csv', 'products.json'])('leaves no file for %s when there is nothing in it', async (name) => {
    const file = catalogFile(writeNew(name, name.endsWith('csv') ? 'sku\n' : '[]'));
    expect(await rejectAll(file)).toBeUndefined();
    expect(readdirSync(path.dirname(file.path))).toEqual([name]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])(
    'keeps every cell in its place between %s, also of rows that cannot be read, and names line and reason',
    async (_, d) => {
      const rows = [
        ['SKU', 'Name', 'price', 'Currency', 'Colour'],
        ['A-1', '"Shoe, ""red""; new"', '1.9x', 'EUR', '007'],
        ['A-2', 'Shoe'],
        ['A-3', 'Shoe', '1', 'EUR', 'red', 'more', ''],
        ['A-4', '5" screen', '1', 'EUR', '"a\nb"'],
        ['', '[clear]', ' ', "'=1", '=1'],
      ];
      const file = catalogFile(writeNew('products.csv', rows.map((cells) => cells.join(d)).join('\r\n')), {
        ignoreUnknown: true,
      });
      const written = readFileSync(String(await rejectAll(file, 'A "reason"; here, there')), 'utf8');
      expect(parse(written, { bom: true, delimiter: d, relax_column_count: true })).toEqual([
        ['line', 'reason', 'SKU', 'Name', 'price', 'Currency', 'Colour'],
        ['2', 'A "reason"; here, there', 'A-1', 'Shoe, "red"; new', '1.9x', 'EUR', '007'],
        ['3', 'A "reason"; here, there', 'A-2', 'Shoe'],
        ['4', 'A "reason"; here, there', 'A-3', 'Shoe', '1', 'EUR', 'red', 'more', ''],
        ['5', 'A "reason"; here, there', 'A-4', '5" screen', '1', 'EUR', 'a\nb'],
        ['7', 'A "reason"; here, there', '', '[clear]', ' ', "'=1", "'=1"],
      ]);
    },
  );

  it('makes of the rows what can be read as they were, its own columns and empty ones among them', async () => {
    const file = csv(
      'line,reason,sku,description,attributes,,\n7,Old,A,\'=1 -1,"{""a"":"";=1""}",,\n8,Old,B,"x;=1",,,\n',
    );
    const before = await rowsIn(file);
    const again = await rowsIn(catalogFile(String(await rejectAll(file))));
    expect(again.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    expect(again.map(({ record }) => record)).toEqual(before.map(({ record }) => record));
    expect(before.map(({ record }) => record?.['description'])).toEqual(['=1 -1', 'x;=1']);
  });

  it('has no cell that a spreadsheet takes for a formula', async () => {
    const file = csv('sku,description\nA,=1\nB,"x;=1"\nC,-1 stray " quote,=1\n');
    const written = readFileSync(String(await rejectAll(file, '=1')), 'utf8');
    for (const cell of written.split(/[,;\t\r\n]/)) expect(cell.replace(/^["\s]+/, '')).not.toMatch(/^[=+\-@]/);
  });

  it('writes what a JSON file had, also what is no record', async () => {
    const file = catalogFile(
      writeNew(
        'products.json',
        `[{"sku":"A","price":5,"line":9},\n5,\n{'sku':1},\n{"sku":"B","price":{"amount":null}},{"sku":"C"}]`,
      ),
    );
    const rows = JSON.parse(readFileSync(String(await rejectAll(file)), 'utf8')) as unknown;
    const reason = 'Some reason';
    expect(rows).toEqual([
      { line: 1, reason, sku: 'A', price: 5 },
      { line: 2, reason, original: 5 },
      { line: 3, reason, original: "{'sku':1}" },
      { line: 4, record: 1, reason, sku: 'B', price: { amount: null } },
      { line: 4, record: 2, reason, sku: 'C' },
    ]);
  });

  it('takes a name that is free, and leaves the files that are there as they are', async () => {
    const file = csv('sku\nA\n');
    const [first, second] = [await rejectAll(file), await rejectAll(file)];
    writeFileSync(String(first), 'sku\nCorrected\n');
    const third = await rejectAll(catalogFile(String(first)));
    const names = ['products.rejected.csv', 'products.rejected-2.csv', 'products.rejected-3.csv'];
    expect([first, second, third].map((written) => path.basename(String(written)))).toEqual(names);
    expect(readFileSync(String(first), 'utf8')).toBe('sku\nCorrected\n');
  });

  it('fails in one sentence where the file cannot be written', async () => {
    const rejected = newRejectedRows(catalogFile(`${newFolder()}/none/products.json`));
    const adding = rejected.add({ line: 1, original: {}, reason: '' });
    await expect(adding).rejects.toThrow(/products\.rejected\.json cannot be written: its folder is not there\./);
  });

  it('fails in one sentence where the disk is full, and names no file that has not all of them', async () => {
    // Whatever is written to this device finds no room.
    const full = await files.open('/dev/full', 'w');
    jest.spyOn(files, 'open').mockResolvedValueOnce(full);
    const rejected = newRejectedRows(catalogFile('products.json'));
    const adding = rejected.add({ line: 1, original: {}, reason: '' });
    await expect(adding).rejects.toThrow(/^products\.rejected\.json cannot be written: the disk is full\.$/);
    expect(await rejected.end()).toBeUndefined();
  });
});
