import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogFile, rejectedFile, type CatalogFile } from '../../../../cli/catalog/files/file-name';
import { newRejectedRows } from '../../../../cli/catalog/rejected-rows';
import { readRows } from '../../../../cli/catalog/files/rows';
import { newFolder } from '../../../support/temporary-file';

const newFile = (name: string) => catalogFile(path.join(newFolder(), name));

async function writeRejected(file: CatalogFile, originals: Record<string, unknown>[]) {
  const rejected = await newRejectedRows(file);
  for (const [index, original] of originals.entries()) {
    await rejected.add({ line: index + 2, original, action: 'rejected', reason: '=1, "quoted"' });
  }
  return rejected.end();
}

describe('newRejectedRows', () => {
  it.each(['products.csv', 'categories.csv', 'products.json', 'categories.json'])(
    'leaves no file for %s when there is nothing in it',
    async (name) => {
      const file = newFile(name);
      writeFileSync(rejectedFile(file), 'of an earlier import');
      expect(await writeRejected(file, [])).toBeUndefined();
      expect(existsSync(rejectedFile(file))).toBe(false);
    },
  );

  it.each([
    ['products.csv', { sku: '-A', name: undefined, description: "'=1", amount: '1.5', attributes: 'red' }],
    ['categories.csv', { slug: 'Wrong', name: '', description: 'a\nb' }],
    ['products.json', { sku: '-A', price: { amount: '1.5' }, colour: ['red'] }],
    ['categories.json', { slug: 5, name: null }],
  ])('writes rows that can be read again from %s', async (name, original) => {
    const file = newFile(name);
    const written = await writeRejected(file, [original, {}]);
    expect(written).toBe(rejectedFile(file));
    const rows = [];
    for await (const row of readRows(catalogFile(String(written)))) rows.push(row);
    expect(rows.map((row) => row.original)).toMatchObject([original, {}].slice(0, rows.length));
    expect(rows).toHaveLength(2);
  });

  it('names line and reason first, and defuses formulas', async () => {
    const file = newFile('categories.csv');
    await writeRejected(file, [{ slug: '=2', name: 'Shoes' }, {}]);
    expect(readFileSync(rejectedFile(file), 'utf8')).toBe(
      `line,reason,slug,name,description\n2,"'=1, ""quoted""",'=2,Shoes,\n3,"'=1, ""quoted""",,,\n`,
    );
  });
});
