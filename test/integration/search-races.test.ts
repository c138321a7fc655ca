/** Searches while products come, change, hide and go: nothing is shown that may not be, and what stays is there once. */
import { createCategory, createProduct, send } from '../support/catalog';
import { inFlight } from '../support/in-flight';
import { remove, restore } from '../support/restorations';
import type { Product } from '../support/representations';
import '../support/search-function';

const stock = { category: '', within: '', elsewhere: '', staying: new Array<Product>(), moving: new Array<Product>() };

beforeAll(async () => {
  stock.category = (await createCategory({ name: 'Mugs' })).id;
  stock.within = (await createCategory({ name: 'Large mugs', parentId: stock.category })).id;
  stock.elsewhere = (await createCategory({ name: 'Plates' })).id;
  const make = (number: number) =>
    createProduct(number % 3 === 0 ? stock.within : stock.category, {
      name: `Mug ${number % 7}`,
      price: { amount: number % 5, currency: 'EUR' },
    });
  const all = await inFlight([...Array(48).keys()], 8, make);
  stock.staying = all.filter((_, at) => at % 2 === 0);
  stock.moving = all.filter((_, at) => at % 2 === 1);
});

const idsOf = (products: { id: string }[]) => products.map(({ id }) => id);
const patch = (id: string, body: object) => send('PATCH /products/{productId}', { id, body });

/** All pages, as a reader sees them. */
async function search(query: Record<string, string>): Promise<Product[]> {
  const found: Product[] = [];
  for (let token = {}; ;) {
    const { status, body } = await send('GET /products', { groups: ['user'], query: { ...query, ...token } });
    expect(status).toBe(200);
    const { items, nextToken } = body as { items: Product[]; nextToken?: string };
    found.push(...items);
    if (nextToken === undefined) return found;
    token = { nextToken };
  }
}

async function change(): Promise<void> {
  await inFlight(stock.moving, 4, async ({ id }) => {
    await patch(id, { price: { amount: Math.floor(Math.random() * 5) }, name: 'Mug 9' });
    await patch(id, { categoryId: stock.elsewhere });
    await patch(id, { status: 'draft', categoryId: stock.within });
    await remove(id);
    await restore(id);
    await patch(id, { status: 'active', name: 'Mug 1' });
    await patch(id, { status: 'archived' });
  });
}

const queries = (): Record<string, string>[] => [
  { q: 'mug' },
  { q: 'mugs mug', sort: 'price' },
  { sort: '-name' },
  { q: 'mug', sort: '-updatedAt' },
  { categoryId: stock.category, descendants: 'true', sort: 'price' },
];

it('shows nothing hidden or deleted while products change, and what does not change once', async () => {
  const state = { over: false };
  const changing = change().finally(() => (state.over = true));
  await inFlight(queries(), queries().length, async (query) => {
    do {
      const found = await search({ ...query, limit: '7' });
      expect(found.filter(({ status }) => status !== 'active')).toEqual([]);
      const isElsewhere = ({ categoryId }: Product) =>
        query['categoryId'] !== undefined && categoryId === stock.elsewhere;
      expect(found.filter(isElsewhere)).toEqual([]);
      const ids = idsOf(found);
      const staying = new Set(idsOf(stock.staying));
      expect(ids.filter((id) => staying.has(id)).sort()).toEqual([...staying].sort());
    } while (!state.over);
  });
  await changing;
  for (const query of queries()) expect(idsOf(await search(query)).sort()).toEqual(idsOf(stock.staying).sort());
});

it('finds each product as soon as its creation has been answered, whoever else creates', async () => {
  await inFlight([...Array(30).keys()], 6, async (number) => {
    const { id } = await createProduct(stock.category, { name: `Jug number-${number}-` });
    expect(idsOf(await search({ q: `jug number-${number}-` }))).toEqual([id]);
  });
});
