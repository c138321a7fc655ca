/** Histories in pages: nothing twice and nothing left out, whatever is written in between. */
import { createCategory, createProduct, send } from '../support/catalog';
import { sampled } from '../support/depth';
import { categoryHistory, historyPage, historyPages, productHistory } from '../support/history-pages';
import { expectSoundTable } from '../support/table-contents';

const newCategory = async () => (await createCategory()).id;
const newProduct = async () => (await createProduct(await newCategory())).id;

/** The versions from one down to the other. */
const countdown = (from: number, to = 1) => Array.from({ length: from - to + 1 }, (_, index) => from - index);

afterAll(expectSoundTable);

describe.each([
  [productHistory, 'PATCH /products/{productId}', newProduct],
  [categoryHistory, 'PATCH /categories/{categoryId}', newCategory],
])('%s', (routeKey, patch, create) => {
  const seed = { id: '' };

  async function write(id: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      expect((await send(patch, { id, body: { description: `${Math.random()}` } })).status).toBe(200);
    }
  }

  const versions = async (query: Record<string, string>) => {
    const { items, nextToken } = await historyPage(routeKey, seed.id, query);
    return { versions: items.map(({ version }) => version), nextToken };
  };

  /** A record of twelve versions, more than one digit counts. */
  beforeAll(async () => {
    seed.id = await create();
    await write(seed.id, 11);
  });

  it.each(sampled([1, 2, 3, 12, 5, 11, 13]))('tells every version once in pages of %d, newest first', async (limit) => {
    const pages = await historyPages(routeKey, seed.id, { limit: `${limit}` });
    expect(pages.flat().map(({ version }) => version)).toEqual(countdown(12));
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    expect(pages.at(-1)).toHaveLength(12 % limit || limit);
  });

  it.each([1, 4])('tells every version once in pages of %d while others are written', async (limit) => {
    const id = await create();
    await write(id, 8);
    const pages = await historyPages(routeKey, id, { limit: `${limit}` }, () => write(id));
    expect(pages.flat().map(({ version }) => version)).toEqual(countdown(9));
  });

  it('answers 25 where no limit is given', async () => {
    const id = await create();
    await write(id, 25);
    const pages = await historyPages(routeKey, id);
    expect(pages.map((page) => page.map(({ version }) => version))).toEqual([countdown(26, 2), [1]]);
  });

  it.each([
    ['9999999999', { versions: [12, 11], nextToken: '11' }],
    ['13', { versions: [12, 11], nextToken: '11' }],
    ['12', { versions: [11, 10], nextToken: '10' }],
    ['3', { versions: [2, 1] }],
    ['2', { versions: [1] }],
    ['1', { versions: [] }],
  ])('continues below the version that is the token %s', async (nextToken, page) => {
    expect(await versions({ limit: '2', nextToken })).toEqual(page);
  });
});

it(`${productHistory} tells every version once while the product goes and comes back`, async () => {
  const id = await newProduct();
  const goAndComeBack = async () => {
    expect((await send('DELETE /products/{productId}', { id })).status).toBe(204);
    expect((await send('POST /admin/products/{productId}/restore', { id })).status).toBe(200);
  };
  await goAndComeBack();
  await goAndComeBack();
  const pages = await historyPages(productHistory, id, { limit: '2' }, goAndComeBack);
  const actions = ['restored', 'deleted', 'restored', 'deleted', 'created'];
  expect(pages.flat().map(({ action }) => action)).toEqual(actions);
});
