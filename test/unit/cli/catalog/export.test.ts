import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readToEnd } from '../../../../cli/catalog/api/answer';
import { exportCatalog } from '../../../../cli/catalog/export';
import { catalogFile } from '../../../../cli/catalog/files/file-name';
import { startProgress } from '../../../../cli/catalog/progress';
import { routesOf } from '../../../../deployment/api';
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
    await exportCatalog(catalogFile(file), routes, progress, stop.signal);
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
        'sku,name,slug,description,amount,currency,stockCount,category,status,imageUrl,attributes',
        'A,A,A,,100,EUR,0,socks,active,,',
        'B,B,B,,100,EUR,0,shoes,active,,',
        'B-1,B-1,B-1,,100,EUR,0,shoes,active,,',
        'a,a,a,,100,EUR,0,shoes,active,,',
        '',
      ].join('\n'),
    );
  });

  it('writes one record a line as JSON, without what is the server’s', async () => {
    const text = await exportFrom(lists, 'products.json');
    expect(text.split('\n').map((line) => line.slice(0, 24))).toEqual([
      '[',
      '{"sku":"A","name":"A","s',
      '{"sku":"B","name":"B","s',
      '{"sku":"B-1","name":"B-1',
      '{"sku":"a","name":"a","s',
      ']',
      '',
    ]);
    expect(JSON.parse(text)[0]).toEqual({
      sku: 'A',
      name: 'A',
      slug: 'A',
      price: { amount: 100, currency: 'EUR' },
      stockCount: 0,
      category: 'socks',
      status: 'active',
    });
  });

  it.each([
    ['csv', 'slug,name,description\nshoes,shoes,\nsocks,socks,\n'],
    ['json', '[\n{"slug":"shoes","name":"shoes"},\n{"slug":"socks","name":"socks"}\n]\n'],
  ])('writes categories to .%s', async (format, text) => {
    expect(await exportFrom(lists, `categories.${format}`)).toBe(text);
  });

  it.each([
    ['csv', 'slug,name,description\n'],
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
    expect(await exportFrom(answers, 'products.csv')).toContain('A,A,A,,100,EUR,0,new,active');
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
      'MOVED,MOVED,MOVED,,100,EUR,0,socks,active,,',
      'STAYS,STAYS,STAYS,,100,EUR,0,shoes,active,,',
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

  it('leaves nothing behind when it is interrupted', async () => {
    const folder = newFolder();
    const answers = { ...lists, '/categories?limit=100': { items: [], nextToken: 'stop' } };
    await expect(exportFrom(answers, 'categories.csv', folder)).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails in one sentence where the file cannot be written', async () => {
    const exported = exportFrom(lists, 'products.csv', '/nowhere');
    await expect(exported).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^\/nowhere\/products\.csv cannot be written: ENOENT/),
    });
    expect(existsSync('/nowhere')).toBe(false);
  });
});
