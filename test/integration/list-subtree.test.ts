/** `descendants=true`: the products of a category and of all that is below it. */
import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, send } from '../support/catalog';
import { sampled } from '../support/depth';
import { productPages } from '../support/pages';
import { putCategories } from '../support/put-categories';
import { expectInvalid, expectProblem } from '../support/problems';
import { productsIn, type Category, type Product } from '../support/representations';
import '../support/search-function';
import { searchNaively } from '../support/search-oracle';

const tree = { shoes: '', running: '', trail: '', boots: '', hats: '' };
const all: Product[] = [];

/** Has the list of each category end after so few products, as it does at a megabyte of large ones. */
const look: { at: number | undefined } = { at: undefined };
documents.middlewareStack.add(
  (next) => (args) => {
    const { input } = args;
    const isList = 'IndexName' in input && 'Limit' in input && look.at !== undefined;
    return next(isList ? { ...args, input: { ...input, Limit: look.at } } : args);
  },
  { step: 'initialize' },
);
afterEach(() => {
  look.at = undefined;
});

/** By id, of the categories as they are made. */
const categories = new Map<string, Category>();

async function make(name: string, parentId?: string): Promise<string> {
  const category = await createCategory({ name, parentId });
  categories.set(category.id, category);
  return category.id;
}

beforeAll(async () => {
  tree.shoes = await make('Shoes');
  tree.running = await make('Running', tree.shoes);
  tree.trail = await make('Trail', tree.running);
  tree.boots = await make('Boots', tree.shoes);
  tree.hats = await make('Hats');
  const old = [tree.shoes, tree.shoes, tree.hats, tree.hats];
  const places = [
    ...old,
    tree.trail,
    tree.hats,
    tree.shoes,
    tree.trail,
    tree.boots,
    tree.running,
    tree.trail,
    tree.boots,
  ];
  for (const [number, place] of places.entries()) {
    all.unshift(await createProduct(place, { status: number % 4 === 2 ? 'draft' : 'active' }));
  }
});

const below = (ids: string[], status?: string) =>
  all.filter((product) => ids.includes(product.categoryId) && (status === undefined || product.status === status));

describe.each([
  ['GET /products', {}, 'active'],
  ['GET /admin/products', {}, undefined],
  ['GET /admin/products', { status: 'draft' }, 'draft'],
] as const)('%s with descendants, of %j', (route, query, status) => {
  const pages = (categoryId: string, more: Record<string, string> = {}) =>
    productPages(route, { ...query, categoryId, descendants: 'true', ...more });

  it.each(sampled([1, 2, 3, 5, 100]))(
    'returns every product of the subtree once, newest first, in pages of %d',
    async (limit) => {
      const whole = [tree.shoes, tree.running, tree.trail, tree.boots];
      const found = await pages(tree.shoes, { limit: String(limit) });
      expect(found.flat()).toEqual(below(whole, status));
      expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      expect((await pages(tree.running, { limit: String(limit) })).flat()).toEqual(
        below([tree.running, tree.trail], status),
      );
    },
  );

  it('returns every product of the subtree once where the lists of its categories end early', async () => {
    look.at = 2;
    const whole = below([tree.shoes, tree.running, tree.trail, tree.boots], status);
    expect((await pages(tree.shoes, { limit: '100' })).flat()).toEqual(whole);
  });

  it('returns those of a category alone that has none below it, and none for one that is not there', async () => {
    expect((await pages(tree.hats)).flat()).toEqual(below([tree.hats], status));
    expect((await pages('01ARZ3NDEKTSV4RRFFQ69G5FAV')).flat()).toEqual([]);
  });

  it.each<Record<string, string>>([
    { sort: '-createdAt' },
    { sort: 'price', limit: '2' },
    { q: 'product', limit: '3' },
    { q: 'running product', sort: '-sku', limit: '1' },
  ])('finds of the subtree what a naive search finds, with %j', async (search) => {
    for (const categoryId of [tree.shoes, tree.running, tree.hats]) {
      const asked = { sort: 'relevance', ...search, categoryId, descendants: 'true', status } as const;
      const found = (await pages(categoryId, search)).flat();
      expect(found.map(({ id }) => id)).toEqual(searchNaively(all, categories, asked));
    }
  });

  it('finds a product by SKU and slug in the subtree alone', async () => {
    for (const { sku, slug, categoryId } of below([tree.trail, tree.hats], status)) {
      const found = categoryId === tree.trail ? 1 : 0;
      expect((await pages(tree.shoes, { sku })).flat()).toHaveLength(found);
      expect((await pages(tree.shoes, { slug })).flat()).toHaveLength(found);
    }
  });
});

it('follows a category that is moved', async () => {
  const { id } = await createCategory();
  await send('PATCH /categories/{categoryId}', { id: tree.running, body: { parentId: id } });
  const list = async (categoryId: string) =>
    productsIn(await send('GET /products', { query: { categoryId, descendants: 'true' } })).items;
  expect(await list(id)).toEqual(below([tree.running, tree.trail], 'active'));
  expect(await list(tree.shoes)).toEqual(below([tree.shoes, tree.boots], 'active'));
  const search = async (categoryId: string) =>
    (await productPages('GET /products', { categoryId, descendants: 'true', sort: 'name' })).flat();
  expect(await search(id)).toHaveLength(below([tree.running, tree.trail], 'active').length);
  expect(await search(tree.shoes)).toHaveLength(below([tree.shoes, tree.boots], 'active').length);
});

it('has a product that has moved within the subtree, and none that has left it', async () => {
  const [within, out] = below([tree.boots], 'active');
  const find = async () => {
    const query = { categoryId: tree.shoes, descendants: 'true', q: 'product', sort: 'name' };
    return (await productPages('GET /products', query)).flat().map(({ id }) => id);
  };
  expect(await find()).toEqual(expect.arrayContaining([within?.id, out?.id]));
  const move = (id = '', categoryId = '') => send('PATCH /products/{productId}', { id, body: { categoryId } });
  await move(within?.id, tree.shoes);
  await move(out?.id, tree.hats);
  const found = await find();
  expect(found).toContain(within?.id);
  expect(found).not.toContain(out?.id);
});

it('returns 400 for descendants without a category, and of what is deleted', async () => {
  for (const route of ['GET /products', 'GET /admin/products']) {
    expectInvalid(await send(route, { query: { descendants: 'true' } }), 'query', '/descendants');
    expectInvalid(await send(route, { query: { descendants: 'yes', categoryId: tree.hats } }), 'query', '/descendants');
  }
  for (const categoryId of [tree.hats, undefined]) {
    const query = { descendants: 'true', deleted: 'true', ...(categoryId && { categoryId }) };
    const answer = await send('GET /admin/products', { query });
    expectInvalid(answer, 'query', '/descendants');
    // A category would not help.
    expect(answer.body).toMatchObject({ errors: [{ detail: 'goes without deleted' }] });
  }
});

it('returns 422 where there are more than 200 categories in the subtree', async () => {
  const { id } = await createCategory();
  const query = { categoryId: id, descendants: 'true' };
  await putCategories(199, id);
  expect((await send('GET /products', { query })).status).toBe(200);
  await createCategory({ parentId: id });
  expectProblem(await send('GET /products', { query }), 422, 'too_many_categories', { mostCategories: 200 });
  // As it is told to do then.
  expect((await send('GET /products', { query: { ...query, sort: '-createdAt' } })).status).toBe(200);
});
