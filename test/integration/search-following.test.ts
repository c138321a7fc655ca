/** How the search index follows the table: what was written before a question is known to its answer, whatever goes wrong or happens between its reads. */
import { LiveIndex } from '../../src/search/live-index';
import { createCategory, createProduct, send } from '../support/catalog';
import { at } from '../support/clock';
import { newGate } from '../support/gate';
import { reads } from '../support/reads';
import { remove } from '../support/restorations';
import type { Product } from '../support/representations';
import '../support/search-function';

let categoryId: string;

beforeAll(async () => {
  categoryId = (await createCategory({ name: 'Vases' })).id;
});
afterEach(() => {
  reads.before = undefined;
  reads.after = undefined;
});

const create = (name: string): Promise<Product> => createProduct(categoryId, { name });
const find = async (index: LiveIndex, q: string) =>
  (await index.current()).search({ q, sort: 'name', limit: 10 }).hits.map(({ id }) => id);
const failing = () => Promise.reject(new Error('The table fails'));

it('an index knows what was written before it is asked, even while what was written before that is being read, however often', async () => {
  const index = new LiveIndex();
  await index.current();
  for (const name of ['Beaker', 'Goblet', 'Tumbler']) {
    const [read, told] = [newGate(), newGate()];
    reads.after = ({ input }) => {
      if (input['IndexName'] !== 'all-changes') return undefined;
      read.open();
      return told.passed;
    };
    const early = find(index, name);
    await read.passed;
    reads.after = undefined;
    const { id } = await create(name);
    const late = find(index, name);
    told.open();
    await early;
    expect(await late).toEqual([id]);
  }
});

it('a question that waits for an earlier one is answered where that fails', async () => {
  const index = new LiveIndex();
  await index.current();
  const { id } = await create('Flagon');
  const [read, told] = [newGate(), newGate()];
  reads.after = async ({ input }) => {
    if (input['IndexName'] !== 'all-changes') return;
    read.open();
    await told.passed;
    await failing();
  };
  const early = find(index, 'flagon');
  await read.passed;
  reads.after = undefined;
  const late = find(index, 'flagon');
  told.open();
  await expect(early).rejects.toThrow('The table fails');
  expect(await late).toEqual([id]);
});

it('an index that cannot read what has changed knows it when it can', async () => {
  const index = new LiveIndex();
  await index.current();
  const { id } = await create('Carafe');
  reads.before = (read) => (read.command === 'BatchGetItemCommand' ? failing() : undefined);
  await expect(index.current()).rejects.toThrow('The table fails');
  reads.before = undefined;
  expect(await find(index, 'carafe')).toEqual([id]);
});

it('an index that cannot be built is built for the next question', async () => {
  const { id } = await create('Decanter');
  const index = new LiveIndex();
  reads.before = failing;
  await expect(index.current()).rejects.toThrow('The table fails');
  reads.before = undefined;
  expect(await find(index, 'decanter')).toEqual([id]);
});

it('GET /products says that its index is as old as the question, however long it takes to read what has changed', async () => {
  const asked = new Date().toISOString();
  const { body } = await at(asked, () => {
    reads.before = ({ input }) => {
      if (input['IndexName'] === 'all-changes') jest.setSystemTime(Date.now() + 20);
    };
    return send('GET /products', { query: { sort: 'name' } });
  });
  expect(body).toMatchObject({ indexedAt: asked });
});

it('GET /products goes on to what may be shown where all of a page has been hidden since it was found', async () => {
  const jugs = [await create('Jug 1'), await create('Jug 2'), await create('Jug 3')];
  const search = () => send('GET /products', { query: { q: 'jug', sort: 'name', limit: '2' } });
  expect((await search()).body).toMatchObject({ items: jugs.slice(0, 2), nextToken: expect.any(String) });
  reads.before = async ({ command }) => {
    if (command !== 'BatchGetItemCommand') return;
    reads.before = undefined;
    for (const { id } of jugs.slice(0, 2)) {
      await send('PATCH /products/{productId}', { id, body: { status: 'archived' } });
    }
  };
  expect((await search()).body).toEqual({ items: jugs.slice(2), indexedAt: expect.any(String) });
  expect(reads.before).toBeUndefined();
});

it.each([
  ['a category', { categoryId: () => categoryId }, async () => ({ categoryId: (await createCategory()).id })],
  ['a SKU', { sku: () => 'EWER-1' }, () => Promise.resolve({ sku: 'EWER-2' })],
  ['a slug', { slug: () => 'ewer' }, () => Promise.resolve({ slug: 'ewer-2' })],
])(
  'GET /products leaves out what has no longer %s that is asked for, since it was found',
  async (_, filters, change) => {
    const { id } = await createProduct(categoryId, { name: 'Ewer', sku: 'EWER-1', slug: 'ewer' });
    const filter = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, value()]));
    const search = async () => (await send('GET /products', { query: { q: 'ewer', ...filter } })).body.items;
    expect(await search()).toMatchObject([{ id }]);
    reads.before = async ({ command }) => {
      if (command !== 'BatchGetItemCommand') return;
      reads.before = undefined;
      await send('PATCH /products/{productId}', { id, body: await change() });
    };
    expect(await search()).toEqual([]);
    expect(reads.before).toBeUndefined();
    await remove(id);
  },
);
