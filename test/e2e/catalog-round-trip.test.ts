/** What is exported, deleted and imported is exported again as the same file. What other tests have left is passed over. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Catalogue } from '../../cli/catalog/api/catalogue';
import type { Result } from '../../cli/catalog/import';
import type { Schemas } from '../../deployment/routes';
import { clientFor, exportTo, importFrom, must } from '../support/catalog-files';
import { itAtFullDepth } from '../support/depth';
import { newMember } from '../support/members';
import { runningStack, type Authorizer } from '../support/stack';
import { newFolder } from '../support/temporary-file';

const folder = newFolder();

const categories = [
  { slug: 'round-trip', name: 'Shoes, "grün"', description: '' },
  { slug: 'round-trip-unused', name: '=1+1' },
];
const products: Omit<Schemas['ProductInput'], 'price' | 'categoryId'>[] = [
  { sku: 'ROUND-TRIP-3', name: "'=1", description: '', attributes: { size: '40', colour: '=red', 10: '' } },
  { sku: 'ROUND-TRIP-1', name: '=cmd|"/c calc"!A1', description: 'Line 1\r\nLine 2\n\tLine 3', status: 'draft' },
  { sku: 'ROUND-TRIP-2', name: '＝1, "2"', stockCount: 7, attributes: {}, imageUrl: 'https://example.com/a,b.jpg' },
  { sku: 'ROUND-TRIP-4', name: '\u{1f45f} ;', description: "'", status: 'archived' },
];

/** The lines from the first to the last that is of this test; nothing else sorts between them. */
const own = /^(?:\{"s(?:ku|lug)":")?round-trip[^]*^(?:\{"s(?:ku|lug)":")?round-trip.*\n/im;

/** Exports both kinds, and leaves in the files what is of this test. */
async function exportOwn(name: string, format: string, client: Catalogue) {
  const files = ['categories', 'products'].map((kind) => path.join(folder, `${kind}-${name}.${format}`));
  const texts = [];
  for (const file of files) {
    const text = readFileSync(await exportTo(file, client), 'utf8');
    const begin = text.slice(0, text.indexOf('\n') + 1);
    const kept = `${begin}${own.exec(text)?.[0]}${format === 'json' ? ']\n' : ''}`;
    writeFileSync(file, kept);
    texts.push(kept);
  }
  return { files, texts };
}

/** Categories are listed by slug, from the token on. */
async function readOwn(client: Catalogue) {
  const { items } = await must(
    client.GET('/categories', { params: { query: { limit: 100, nextToken: 'round-tri' } } }),
  );
  const own = items.filter(({ slug }) => slug.startsWith('round-trip'));
  const [inUse] = own;
  if (!inUse) return { categories: [], products: [] };
  const query = { limit: 100, categoryId: inUse.id };
  const { items: products } = await must(client.GET('/admin/products', { params: { query } }));
  return { categories: own, products };
}

/** What is of this test, but for what the server sets anew. */
async function contentOf(client: Catalogue) {
  const setAnew = ['id', 'categoryId', 'createdAt', 'updatedAt'];
  const own = await readOwn(client);
  return [...own.categories, ...own.products]
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    .map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !setAnew.includes(name))));
}

async function deleteOwn(client: Catalogue): Promise<void> {
  const { categories, products } = await readOwn(client);
  for (const { id: productId } of products) {
    const { response } = await client.DELETE('/products/{productId}', { params: { path: { productId } } });
    expect(response.status).toBe(204);
  }
  for (const { id: categoryId } of categories) {
    const { response } = await client.DELETE('/categories/{categoryId}', { params: { path: { categoryId } } });
    expect(response.status).toBe(204);
  }
}

const counts = (results: Result[], action: Result['action']) =>
  results.filter((result) => result.action === action).length;

async function comesBack(format: string, authorizer: Authorizer): Promise<void> {
  const stack = runningStack(authorizer);
  const email = `round-trip-${format}@example.com`;
  const client = clientFor(stack, email, await newMember(stack, email, ['admin', 'user']));
  // Of the test before, should it have failed.
  await deleteOwn(client);
  const [category] = await Promise.all(categories.map((body) => must(client.POST('/categories', { body }))));
  const common = { price: { amount: 1e12, currency: 'JPY' }, categoryId: category?.id ?? '' } as const;
  await Promise.all(products.map((fields) => must(client.POST('/products', { body: { ...common, ...fields } }))));

  const first = await exportOwn('first', format, client);
  expect(first.texts.join('').match(/ROUND-TRIP-\d/g)).toHaveLength(products.length);
  const before = await contentOf(client);
  await deleteOwn(client);
  expect(await contentOf(client)).toEqual([]);
  const imported = [];
  for (const file of first.files) imported.push(...(await importFrom(file, client, { ignoreVersion: true })));
  expect(counts(imported, 'created')).toBe(categories.length + products.length);
  expect(await contentOf(client)).toEqual(before);
  const second = await exportOwn('second', format, client);
  expect(second.texts).toEqual(first.texts);

  const again = [];
  for (const file of second.files) again.push(...(await importFrom(file, client)));
  expect(counts(again, 'unchanged')).toBe(categories.length + products.length);
  await deleteOwn(client);
}

const title = 'gives the same .%s files, with the authorizer %s';
it.each<[string, Authorizer]>([
  ['csv', 'jwt'],
  ['csv', 'lambda'],
  ['json', 'iam'],
])(title, comesBack);
// What is in a file has nothing to do with how its reader has signed in.
itAtFullDepth.each<[string, Authorizer]>([['json', 'jwt']])(title, comesBack);
