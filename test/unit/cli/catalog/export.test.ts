import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { readToEnd } from '../../../../cli/catalog/api/answer';
import { exportCatalog, foldersOfOthers, type ExportFile } from '../../../../cli/catalog/export';
import { catalogFile } from '../../../../cli/catalog/files/file-name';
import { startProgress } from '../../../../cli/catalog/progress';
import { routesOf } from '../../../../deployment/routes';
import { startScriptedApi, type ScriptedApi, type ScriptedAnswer } from '../../../support/scripted-api';
import { newFolder } from '../../../support/temporary-file';

const category = (slug: string) => ({ id: `id-of-${slug}`, version: 1, name: slug, slug });
const product = (sku: string, categorySlug = 'shoes') => ({
  id: `id-of-${sku}`,
  version: 1,
  createdAt: '2026-11-21T08:00:00.000Z',
  sku,
  name: sku,
  slug: sku,
  price: { amount: 100, currency: 'EUR' },
  stockCount: 0,
  categoryId: `id-of-${categorySlug}`,
  status: 'active',
});

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** Exports from an API that answers these by path. */
async function exportFrom(
  answers: Record<string, object>,
  name: string,
  folder = newFolder(),
  stop = new AbortController(),
  options: Partial<ExportFile> = {},
) {
  scripted = await startScriptedApi(({ path: target }): ScriptedAnswer => {
    const body = answers[target];
    if (target.includes('stop')) stop.abort();
    return body ? { status: 200, body } : { status: 404, body: { detail: 'There is none' } };
  });
  const routes = routesOf(scripted.url, readToEnd(fetch));
  const progress = startProgress();
  const file = path.join(folder, name);
  try {
    await exportCatalog({ ...catalogFile(file), ...options }, routes, progress, stop.signal);
  } finally {
    progress.end();
  }
  return readFileSync(file, 'utf8');
}

const lists = {
  '/categories?limit=100': { items: [category('shoes')], nextToken: 'shoes' },
  '/categories?limit=100&nextToken=shoes': { items: [category('socks')] },
  '/admin/products?limit=100': { items: [product('B'), product('a')], nextToken: 'TOKEN' },
  // A page may be empty and not be the last one.
  '/admin/products?limit=100&nextToken=TOKEN': { items: [], nextToken: 'ANOTHER' },
  '/admin/products?limit=100&nextToken=ANOTHER': { items: [product('A', 'socks'), product('B-1')] },
};

describe('exportCatalog', () => {
  it('writes all pages, by SKU, with the slugs of categories', async () => {
    expect(await exportFrom(lists, 'products.csv')).toBe(
      [
        '\ufeffsku,version,name,slug,description,imageUrl,imageAlts,attributes,category,status,stockCount,price,currency',
        'A,1,A,A,,,,,socks,active,0,1.00,EUR',
        'B,1,B,B,,,,,shoes,active,0,1.00,EUR',
        'B-1,1,B-1,B-1,,,,,shoes,active,0,1.00,EUR',
        'a,1,a,a,,,,,shoes,active,0,1.00,EUR',
        '',
      ].join('\n'),
    );
  });

  it('separates by semicolons, with decimal commas, and leaves out the byte order mark, where it is told to', async () => {
    const text = await exportFrom(lists, 'products.csv', newFolder(), undefined, { delimiter: ';', bom: false });
    expect(text).toMatch(/^sku;version;name;/);
    expect(text).toContain('\nA;1;A;A;;;;;socks;active;0;"1,00";EUR\n');
  });

  it('writes one record a line as JSON, without what is the server’s', async () => {
    const text = await exportFrom(lists, 'products.json');
    expect(text.split('\n').map((line) => line.slice(0, 24))).toEqual([
      '[',
      '{"sku":"A","version":1,"',
      '{"sku":"B","version":1,"',
      '{"sku":"B-1","version":1',
      '{"sku":"a","version":1,"',
      ']',
      '',
    ]);
    expect(JSON.parse(text)[0]).toEqual({
      sku: 'A',
      version: 1,
      name: 'A',
      slug: 'A',
      price: { amount: 100, currency: 'EUR' },
      stockCount: 0,
      category: 'socks',
      status: 'active',
    });
  });

  it.each([
    ['csv', '\ufeffslug,version,description,parent,name\nshoes,1,,,shoes\nsocks,1,,,socks\n'],
    ['json', '[\n{"slug":"shoes","version":1,"name":"shoes"},\n{"slug":"socks","version":1,"name":"socks"}\n]\n'],
  ])('writes categories to .%s', async (format, text) => {
    expect(await exportFrom(lists, `categories.${format}`)).toBe(text);
  });

  it.each([
    ['csv', '\ufeffslug,version,description,parent,name\n'],
    ['json', '[\n\n]\n'],
  ])('writes a .%s file without records where there are none', async (format, text) => {
    expect(await exportFrom({ '/categories?limit=100': { items: [] } }, `categories.${format}`)).toBe(text);
  });

  it('asks for a category that the list does not have yet', async () => {
    const answers = {
      ...lists,
      '/admin/products?limit=100': { items: [product('A', 'new'), product('B', 'new')] },
      '/categories/id-of-new': category('new'),
    };
    expect(await exportFrom(answers, 'products.csv')).toContain('A,1,A,A,,,,,new,active');
    expect(scripted.requests.filter(({ path: target }) => target === '/categories/id-of-new')).toHaveLength(1);
  });

  it('asks again for products whose category has been deleted meanwhile', async () => {
    const answers = {
      ...lists,
      '/admin/products?limit=100': { items: [product('MOVED', 'gone'), product('DELETED', 'gone'), product('STAYS')] },
      '/admin/products/id-of-MOVED': product('MOVED', 'socks'),
    };
    const text = await exportFrom(answers, 'products.csv');
    expect(text.split('\n').slice(1)).toEqual([
      'MOVED,1,MOVED,MOVED,,,,,socks,active,0,1.00,EUR',
      'STAYS,1,STAYS,STAYS,,,,,shoes,active,0,1.00,EUR',
      '',
    ]);
  });

  it.each([
    [
      'a page is not there',
      { '/categories?limit=100': { items: [] } },
      /^GET http:\/\/\S+\/admin\/products\?limit=100 failed \(404\): is this the API of a catalogue\?$/,
    ],
    [
      'a page holds something else than products',
      { ...lists, '/admin/products?limit=100': { items: [{ ...product('A'), price: 100 }] } },
      /^GET http:\S+ answered 200 with something unknown at items\/0\/price: is this the API of a catalogue, and of this version\?$/,
    ],
    [
      'a category is not there',
      {
        ...lists,
        '/admin/products?limit=100': { items: [product('A', 'gone')] },
        '/admin/products/id-of-A': product('A', 'gone'),
      },
      /^The category id-of-gone of A is not there\.$/,
    ],
  ])('leaves the file as it was, and nothing beside it, when %s', async (_, answers, message) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'products.csv'), 'of yesterday');
    const exported = exportFrom(answers, 'products.csv', folder);
    await expect(exported).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(readdirSync(folder)).toEqual(['products.csv']);
    expect(readFileSync(path.join(folder, 'products.csv'), 'utf8')).toBe('of yesterday');
  });

  it('keeps the permissions of a file that is there, and the link that leads to it', async () => {
    const folder = newFolder();
    const [file, link] = [path.join(folder, 'of-the-shop.csv'), path.join(folder, 'products.csv')];
    writeFileSync(file, 'of yesterday');
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    await exportFrom(lists, 'products.csv', folder);
    expect(readFileSync(file, 'utf8')).toContain('B-1,1,');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const folder = newFolder();
    const answers = { ...lists, '/categories?limit=100': { items: [], nextToken: 'stop' } };
    await expect(exportFrom(answers, 'categories.csv', folder)).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names what a killed export has left, and nothing else that is beside the file', async () => {
    const folder = newFolder();
    for (const name of ['products.csv.aB3dE6', 'products.csv.backup', 'products.csv.aB3dE6.x', 'other.csv.aB3dE6']) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, name === 'products.csv.backup' ? 'products.csv' : 'unfinished'), '');
    }
    writeFileSync(path.join(folder, 'products.csv.210101'), '');
    await exportFrom(lists, 'products.csv', folder);
    expect(await foldersOfOthers(path.join(folder, 'products.csv'))).toEqual([
      path.join(folder, 'products.csv.aB3dE6'),
    ]);
  });

  it('names nothing where the folder cannot be looked into: the export is done', async () => {
    // Whoever runs the tests may look into every folder that is there.
    expect(await foldersOfOthers(path.join(newFolder(), 'gone', 'products.csv'))).toEqual([]);
  });

  it('fails in one sentence where a folder has the name of the file', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'products.csv'));
    const exported = exportFrom(lists, 'products.csv', folder);
    await expect(exported).rejects.toThrow(/products\.csv cannot be written: it is a folder, and no file\.$/);
  });

  it('leaves a file that is read-only as it is, and says so', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'products.csv');
    writeFileSync(file, 'of yesterday');
    chmodSync(file, 0o444);
    const exported = exportFrom(lists, 'products.csv', folder);
    await expect(exported).rejects.toThrow(/products\.csv cannot be written: it is read-only\.$/);
    expect(readFileSync(file, 'utf8')).toBe('of yesterday');
  });

  it('refuses a pipe, which would be a file then', async () => {
    const pipe = path.join(newFolder(), 'products.csv');
    execFileSync('mkfifo', [pipe]);
    const exported = exportFrom(lists, 'products.csv', path.dirname(pipe));
    await expect(exported).rejects.toThrow(/products\.csv cannot be written: it is a pipe or a device, and no file\.$/);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it('fails in one sentence where the file cannot be written', async () => {
    const exported = exportFrom(lists, 'products.csv', '/nowhere');
    await expect(exported).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^\/nowhere\/products\.csv cannot be written: its folder is not there\.$/),
    });
    expect(existsSync('/nowhere')).toBe(false);
  });
});
