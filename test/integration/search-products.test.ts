/** Searches as callers have them: what is found, in which order, page by page, and what is never shown. */
import { createCategory, createProduct, send } from '../support/catalog';
import { sampled } from '../support/depth';
import { productPages } from '../support/pages';
import { expectInvalid } from '../support/problems';
import { remove, restore } from '../support/restorations';
import '../support/search-function';
import type { Product } from '../support/representations';

const [readers, admins] = ['GET /products', 'GET /admin/products'];
const stock = { drinks: '', dishes: '', products: new Map<string, Product>() };

const names = [
  'Müsli mug',
  'Red mug',
  'Mug, red and large',
  'Smuggler',
  'Straße',
  'コーヒーカップ',
  'Φλιτζάνι ΚΑΦΕΣ',
  'Café crème',
];

beforeAll(async () => {
  stock.dishes = (await createCategory({ name: 'Geschirr' })).id;
  stock.drinks = (await createCategory({ name: 'Drinks' })).id;
  for (const [at, name] of names.entries()) {
    const fields = { name, sku: `DISH-${at}-X`, price: { amount: (at * 7) % 5, currency: 'EUR' }, stockCount: at };
    const categoryId = at < 6 ? stock.dishes : stock.drinks;
    stock.products.set(name, await createProduct(categoryId, fields));
  }
});

const namesOf = (pages: { name: string }[][]) => pages.flat().map(({ name }) => name);
const search = async (query: Record<string, string>, route = readers) => namesOf(await productPages(route, query));

describe.each([readers, admins])('%s', (route) => {
  it.each([
    ['mug', ['Müsli mug', 'Red mug', 'Mug, red and large', 'Smuggler']],
    ['MUG red', ['Red mug', 'Mug, red and large']],
    ['red mug', ['Red mug', 'Mug, red and large']],
    ['musli', ['Müsli mug']],
    ['MÜSLI', ['Müsli mug']],
    ['strasse', ['Straße']],
    ['STRASSE', ['Straße']],
    ['creme cafe', ['Café crème']],
    ['カップ', ['コーヒーカップ']],
    ['カッフ', []],
    ['καφεσ', ['Φλιτζάνι ΚΑΦΕΣ']],
    ['dish-3', ['Smuggler']],
    ['ish-3-x', ['Smuggler']],
    ['drinks', ['Φλιτζάνι ΚΑΦΕΣ', 'Café crème']],
    ['ges mu', ['Müsli mug', 'Red mug', 'Mug, red and large']],
    ['ug', []],
    ['nothing', []],
  ])('q=%s finds %j', async (q, found) => {
    expect((await search({ q }, route)).sort()).toEqual([...found].sort());
  });

  it('puts the product first whose name, SKU or slug the query is, then those that have it at the start of a word', async () => {
    expect((await search({ q: 'red mug' }, route))[0]).toBe('Red mug');
    expect((await search({ q: 'mug' }, route)).at(-1)).toBe('Smuggler');
    expect((await search({ q: 'smuggler' }, route))[0]).toBe('Smuggler');
  });

  it.each(sampled(['3', '1', '7', '8', '100']))('sorts by each field, both ways, in pages of %s', async (limit) => {
    const all = [...stock.products.values()];
    const keys: Record<string, (product: Product) => number | string> = {
      price: ({ price }) => price.amount,
      stockCount: (product) => product.stockCount,
      createdAt: ({ createdAt }) => createdAt,
      updatedAt: ({ updatedAt }) => updatedAt,
      sku: ({ sku }) => sku,
    };
    for (const [field, key] of Object.entries(keys)) {
      const expected = all.sort((a, b) => (key(a) < key(b) || (key(a) === key(b) && a.id < b.id) ? -1 : 1));
      const ids = async (sort: string) => (await productPages(route, { sort, limit })).flat().map(({ id }) => id);
      expect(await ids(field)).toEqual(expected.map(({ id }) => id));
      expect(await ids(`-${field}`)).toEqual(expected.map(({ id }) => id).reverse());
    }
  });

  it('combines words with every filter', async () => {
    const { sku = '', slug = '' } = stock.products.get('Red mug') ?? {};
    expect(await search({ q: 'mug', categoryId: stock.drinks }, route)).toEqual([]);
    expect(await search({ q: 'mug', categoryId: stock.dishes, sort: '-stockCount' }, route)).toEqual([
      ...['Smuggler', 'Mug, red and large', 'Red mug', 'Müsli mug'],
    ]);
    expect(await search({ q: 'mug', sku }, route)).toEqual(['Red mug']);
    expect(await search({ q: 'mug', slug }, route)).toEqual(['Red mug']);
    expect(await search({ q: 'straße', slug }, route)).toEqual([]);
  });

  it('says since when its index may be behind', async () => {
    const before = new Date().toISOString();
    const { body } = await send(route, { query: { q: 'mug' } });
    expect(body.indexedAt >= before && body.indexedAt <= new Date().toISOString()).toBe(true);
    expect((await send(route)).body).not.toHaveProperty('indexedAt');
  });

  it.each([
    [{ q: '' }, '/q'],
    [{ q: '   ' }, '/q'],
    [{ q: '\u0301\u0301' }, '/q'],
    [{ q: 'x'.repeat(201) }, '/q'],
    [{ q: 'a\u0000b' }, '/q'],
    [{ q: '1 2 3 4 5 6 7 8 9 10 11' }, '/q'],
    [{ sort: 'relevance' }, '/sort'],
    [{ sort: '-relevance', q: 'mug' }, '/sort'],
    [{ sort: 'colour' }, '/sort'],
    [{ sort: 'price', nextToken: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, '/nextToken'],
    [{ sort: 'price', nextToken: Buffer.from('["name","a","b"]').toString('base64url') }, '/nextToken'],
    [{ sort: 'price', nextToken: Buffer.from('["price","a","b"]').toString('base64url') }, '/nextToken'],
    [{ sort: 'price', nextToken: Buffer.from('["-price",1,"b"]').toString('base64url') }, '/nextToken'],
  ] as [Record<string, string>, string][])('returns 400 for %j', async (query, pointer) => {
    expectInvalid(await send(route, { query }), 'query', pointer);
  });
});

describe('a search', () => {
  it('goes on after the longest names, folded: no sign of Unicode becomes more than U+FDFA does', async () => {
    const sign = '\ufdfa';
    const made: Product[] = [];
    for (const at of [1, 2, 3]) made.push(await createProduct(stock.drinks, { name: `${sign.repeat(99)}${at}` }));
    for (const sort of ['name', '-name']) {
      const found = namesOf(await productPages(readers, { q: sign, sort, limit: '1' }));
      expect(found).toEqual((sort === 'name' ? made : made.toReversed()).map(({ name }) => name));
    }
    for (const { id } of made) await remove(id);
  });

  it('has what was written just before it, and nothing that was taken away', async () => {
    const { id } = await createProduct(stock.drinks, { name: 'Quince tea' });
    expect(await search({ q: 'quince' })).toEqual(['Quince tea']);
    await send('PATCH /products/{productId}', { id, body: { name: 'Quince juice', slug: null } });
    expect(await search({ q: 'quince' })).toEqual(['Quince juice']);
    expect(await search({ q: 'quince tea' })).toEqual([]);
    await send('PATCH /products/{productId}', { id, body: { status: 'draft' } });
    expect(await search({ q: 'quince' })).toEqual([]);
    expect(await search({ q: 'quince' }, admins)).toEqual(['Quince juice']);
    expect(await search({ q: 'quince', status: 'draft' }, admins)).toEqual(['Quince juice']);
    expect(await search({ q: 'quince', status: 'active' }, admins)).toEqual([]);
    await remove(id);
    expect(await search({ q: 'quince' }, admins)).toEqual([]);
    await restore(id);
    expect(await search({ q: 'quince' }, admins)).toEqual(['Quince juice']);
    await remove(id);
  });

  it('knows a category by its new name alone', async () => {
    const { id } = await createCategory({ name: 'Cutlery' });
    await createProduct(id, { name: 'Fork' });
    expect(await search({ q: 'cutlery' })).toEqual(['Fork']);
    await send('PATCH /categories/{categoryId}', { id, body: { name: 'Besteck' } });
    expect(await search({ q: 'cutlery' })).toEqual([]);
    expect(await search({ q: 'besteck' })).toEqual(['Fork']);
  });

  it('shows a reader no draft with the token of an admin', async () => {
    for (const at of [1, 2, 3]) await createProduct(stock.drinks, { name: `Secret ${at}`, status: 'draft' });
    const query = { q: 'secret', sort: 'name', limit: '1' };
    const { body } = await send(admins, { query });
    const { nextToken } = body as { nextToken: string };
    expect((await send(readers, { query: { ...query, nextToken }, groups: ['user'] })).body.items).toEqual([]);
    expect((await send(admins, { query: { ...query, nextToken } })).body.items).toHaveLength(1);
  });
});
