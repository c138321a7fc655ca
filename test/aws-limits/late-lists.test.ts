/** Lists and their pages where indexes lag: what is there throughout is there once, and nothing ends without saying so. */
import { randomUUID } from 'node:crypto';
import { inFlight } from '../support/in-flight';
import { idsOf, readDuring, startLateCatalogue, statuses, type LateCatalogue } from '../support/late-catalogue';
import type { Product } from '../support/representations';

let late: LateCatalogue;

beforeAll(async () => {
  late = await startLateCatalogue();
});
afterAll(() => late.limits.stop());

describe('lists while products come, change and go', () => {
  const stock = {
    throughout: new Array<Product>(),
    changing: new Array<Product>(),
    others: new Array<Product>(),
    shoes: '',
    hats: '',
  };

  beforeAll(async () => {
    stock.shoes = (await late.createCategory({ slug: 'shoes' })).id;
    stock.hats = (await late.createCategory({ slug: 'hats' })).id;
    const all = await late.createProducts(stock.shoes, 60);
    const every = (fourth: number) => all.filter((_, index) => index % 4 === fourth);
    stock.others = every(0);
    stock.changing = every(1);
    stock.throughout = [...every(2), ...every(3)];
    await late.limits.settled();
  });

  /** Renames what stays as it is, changes the status of some, moves and deletes others, and creates new ones. */
  async function change() {
    const renamed = () => ({ name: `Renamed ${randomUUID()}` });
    const changeStatus = async (id: string) => {
      for (const status of statuses) await late.patch(id, { status });
    };
    await Promise.all([
      inFlight(idsOf(stock.throughout), 1, (id) => late.patch(id, renamed())),
      inFlight(idsOf(stock.changing), 1, changeStatus),
      inFlight(idsOf(stock.others).slice(0, 5), 1, (id) => late.patch(id, { categoryId: stock.hats })),
      inFlight(idsOf(stock.others).slice(5, 10), 1, late.remove),
      inFlight([...Array(20).keys()], 1, () => late.createProducts(stock.shoes, 1)),
    ]);
  }

  it.each([
    ['GET /admin/products', {}, statuses],
    ['GET /admin/products', { status: 'draft' }, ['draft']],
    ['GET /products', {}, ['active']],
  ] as const)(
    '%s %j has what is there throughout, once, and whatever it shows in order',
    async (route, query, shown) => {
      const there = [...stock.throughout, ...(shown === statuses ? stock.changing : [])];
      const expected = idsOf(there.filter(({ status }) => (shown as readonly string[]).includes(status)));
      const inShoes = { ...query, categoryId: stock.shoes, limit: '7' };
      const readings = await readDuring(change, async () => (await late.productPages(route, inShoes)).flat());
      for (const reading of readings.map(idsOf)) {
        expect(reading).toEqual([...new Set(reading)].sort().reverse());
        expect(reading).toEqual(expect.arrayContaining(expected));
      }
    },
  );
});

describe('a nextToken', () => {
  it.each([
    ['GET /admin/products', statuses],
    ['GET /products', ['active']],
  ] as const)('of %s stays good whatever is written after it', async (route, shown) => {
    const { id: categoryId } = await late.createCategory();
    const products = (await late.createProducts(categoryId, 24)).filter(({ status }) =>
      (shown as readonly string[]).includes(status),
    );
    await late.limits.settled();
    const page = (nextToken?: string) =>
      late.send(route, { query: { categoryId, limit: '4', ...(nextToken === undefined ? {} : { nextToken }) } });
    const { items, nextToken } = (await page()).body as { items: Product[]; nextToken: string };
    expect(items).toEqual(products.slice(0, 4));

    // The last one shown goes, new ones come, and what follows changes: none of it arrives in order.
    const [last, ...following] = products.slice(3);
    await late.remove(String(last?.id));
    await late.createProducts(categoryId, 3);
    const renamed = await Promise.all(
      following.map(({ id }, number) => late.patch(id, { name: `Following ${number}` })),
    );
    const readOn = async () => {
      const rest: Product[] = [];
      for (let token: string | undefined = nextToken; token !== undefined;) {
        const answer = (await page(token)).body as { items: Product[]; nextToken?: string };
        rest.push(...answer.items);
        token = answer.nextToken;
      }
      return rest;
    };
    expect(idsOf(await readOn())).toEqual(idsOf(following));
    await late.limits.settled();
    expect(await readOn()).toEqual(renamed.map(({ body }) => body as Product));
  });
});

it('lists have everything that was acknowledged, as soon as the lag is over', async () => {
  const { id: categoryId } = await late.createCategory({ slug: 'socks' });
  const created = await late.createProducts(categoryId, 30);
  const [kept, gone] = [created.slice(0, 20), created.slice(20)];
  await Promise.all(gone.map(({ id }) => late.remove(id)));
  const letGo = late.holdIndexes();
  const drafts = await Promise.all(kept.slice(0, 5).map(({ id }) => late.patch(id, { status: 'draft' })));
  expect(drafts.map(({ status }) => status)).toEqual(Array(5).fill(200));
  const list = async (query = {}) =>
    (await late.productPages('GET /admin/products', { ...query, categoryId, limit: '7' })).flat();
  expect(await list({ status: 'draft' })).not.toEqual(drafts.map(({ body }) => body as Product));
  letGo();
  await late.limits.settled();
  const all = await list();
  expect(idsOf(all)).toEqual(idsOf(kept));
  for (const status of statuses) {
    expect(await list({ status })).toEqual(all.filter((product) => product.status === status));
  }
  expect((await late.categoryPages({ limit: '1' })).flat().map(({ slug }) => slug)).toContain('socks');
});
