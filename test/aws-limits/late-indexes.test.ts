/** Lists, pages and exports where indexes lag by up to two seconds, every entry by its own time, as they may on AWS. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startAwsLimits, type AwsLimits } from '../../bench/aws-limits/proxy';
import { exportCatalog } from '../../cli/catalog/export';
import { catalogFile } from '../../cli/catalog/files/file-name';
import { startProgress } from '../../cli/catalog/progress';
import type * as Catalog from '../support/catalog';
import { call } from '../support/events';
import { inFlight } from '../support/in-flight';
import type * as Pages from '../support/pages';
import type { Category, Product } from '../support/representations';
import { sendToHandlers } from '../support/send-to-handlers';
import { newFolder } from '../support/temporary-file';

const statuses = ['active', 'draft', 'archived'] as const;
const atATime = 8;

let limits: AwsLimits;
let api: typeof Catalog;
let lists: typeof Pages;
let shoes: Category;

beforeAll(async () => {
  const { TEST_UNLIMITED_DATABASE: engine = '' } = process.env;
  limits = await startAwsLimits({ engine, indexLag: 2_000, latency: { transaction: [2, 4], other: [0, 1] } });
  // The handlers read it once, as they are loaded.
  process.env['DYNAMODB_ENDPOINT'] = limits.endpoint;
  api = await import('../support/catalog');
  lists = await import('../support/pages');
  shoes = await api.createCategory({ slug: 'shoes' });
});
afterAll(() => limits.stop());

/** Creates so many products, of each status in turn, and answers them newest first. */
async function createProducts(categoryId: string, count: number): Promise<Product[]> {
  const numbers = [...Array(count).keys()];
  const created = await inFlight(numbers, atATime, (number) =>
    api.createProduct(categoryId, { status: statuses[number % 3] }),
  );
  return created.sort((a, b) => (a.id < b.id ? 1 : -1));
}

const patch = (id: string, body: object) => api.send('PATCH /products/{productId}', { id, body });
const remove = (id: string) => api.send('DELETE /products/{productId}', { id });
const idsOf = (products: { id: string }[]) => products.map(({ id }) => id);

/** Reads a list while products come, change and go, until `enough`; answers what each reading found. */
async function readDuring(change: () => Promise<unknown>, read: () => Promise<Product[]>): Promise<Product[][]> {
  const readings: Product[][] = [];
  const state = { over: false };
  const changing = change().finally(() => {
    state.over = true;
  });
  while (!state.over) readings.push(await read());
  await changing;
  return readings;
}

describe('lists while products come, change and go', () => {
  const stock = {
    throughout: new Array<Product>(),
    changing: new Array<Product>(),
    others: new Array<Product>(),
    hats: '',
  };

  beforeAll(async () => {
    stock.hats = (await api.createCategory({ slug: 'hats' })).id;
    const all = await createProducts(shoes.id, 60);
    const every = (fourth: number) => all.filter((_, index) => index % 4 === fourth);
    stock.others = every(0);
    stock.changing = every(1);
    stock.throughout = [...every(2), ...every(3)];
    await limits.settled();
  });

  /** Renames what stays as it is, changes the status of some, moves and deletes others, and creates new ones. */
  async function change() {
    const renamed = () => ({ name: `Renamed ${randomUUID()}` });
    const changeStatus = async (id: string) => {
      for (const status of statuses) await patch(id, { status });
    };
    await Promise.all([
      inFlight(idsOf(stock.throughout), 1, (id) => patch(id, renamed())),
      inFlight(idsOf(stock.changing), 1, changeStatus),
      inFlight(idsOf(stock.others).slice(0, 5), 1, (id) => patch(id, { categoryId: stock.hats })),
      inFlight(idsOf(stock.others).slice(5, 10), 1, remove),
      inFlight([...Array(20).keys()], 1, () => createProducts(shoes.id, 1)),
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
      const inShoes = { ...query, categoryId: shoes.id, limit: '7' };
      const readings = await readDuring(change, async () => (await lists.productPages(route, inShoes)).flat());
      expect(readings.length).toBeGreaterThan(1);
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
    const { id: categoryId } = await api.createCategory();
    const products = (await createProducts(categoryId, 24)).filter(({ status }) =>
      (shown as readonly string[]).includes(status),
    );
    await limits.settled();
    const page = (nextToken?: string) =>
      api.send(route, { query: { categoryId, limit: '4', ...(nextToken === undefined ? {} : { nextToken }) } });
    const { items, nextToken } = (await page()).body as { items: Product[]; nextToken: string };
    expect(items).toEqual(products.slice(0, 4));

    // The last one shown goes, new ones come, and what follows changes: none of it arrives in order.
    const [last, ...following] = products.slice(3);
    await remove(String(last?.id));
    await createProducts(categoryId, 3);
    const renamed = await Promise.all(following.map(({ id }, number) => patch(id, { name: `Following ${number}` })));
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
    await limits.settled();
    expect(await readOn()).toEqual(renamed.map(({ body }) => body as Product));
  });
});

it('lists have everything that was acknowledged, as soon as the lag is over', async () => {
  const { id: categoryId } = await api.createCategory({ slug: 'socks' });
  const created = await createProducts(categoryId, 30);
  const [kept, gone] = [created.slice(0, 20), created.slice(20)];
  await Promise.all(gone.map(({ id }) => remove(id)));
  const drafts = await Promise.all(kept.slice(0, 5).map(({ id }) => patch(id, { status: 'draft' })));
  expect(drafts.map(({ status }) => status)).toEqual(Array(5).fill(200));
  const list = async (query = {}) =>
    (await lists.productPages('GET /admin/products', { ...query, categoryId, limit: '7' })).flat();
  expect(await list({ status: 'draft' })).not.toEqual(drafts.map(({ body }) => body as Product));
  await limits.settled();
  const all = await list();
  expect(idsOf(all)).toEqual(idsOf(kept));
  for (const status of statuses) {
    expect(await list({ status })).toEqual(all.filter((product) => product.status === status));
  }
  expect((await lists.categoryPages({ limit: '1' })).flat().map(({ slug }) => slug)).toContain('socks');
});

describe('an export', () => {
  /** As the command line does, but from the handlers themselves. */
  async function exportTo(name: string): Promise<string[]> {
    const send = sendToHandlers((request) => call(api.handlerOf(request.routeKey), request));
    const file = path.join(newFolder(), name);
    const progress = startProgress();
    try {
      await exportCatalog(catalogFile(file), send, progress, new AbortController().signal);
    } finally {
      progress.end();
    }
    return readFileSync(file, 'utf8').trim().split('\n').slice(1);
  }
  const skusIn = (lines: string[]) => lines.map((line) => line.split(',')[0]);

  it('has what is there throughout, once, while others come and go, in categories of their own', async () => {
    const throughout = await createProducts(shoes.id, 20);
    await limits.settled();
    const exports: string[][] = [];
    const state = { over: false };
    const changing = inFlight([...Array(12).keys()], 2, async () => {
      const { id } = await api.createCategory();
      const [product] = await createProducts(id, 1);
      await remove(String(product?.id));
      await createProducts(id, 2);
    }).finally(() => {
      state.over = true;
    });
    while (!state.over) exports.push(await exportTo('products.csv'));
    await changing;
    expect(exports.length).toBeGreaterThan(1);
    for (const lines of exports) {
      const skus = skusIn(lines);
      expect(new Set(skus).size).toBe(skus.length);
      expect(skus).toEqual(expect.arrayContaining(throughout.map(({ sku }) => sku)));
    }
  });

  it('has the whole catalogue once the lag is over', async () => {
    const { expectSoundTable } = await import('../support/table-contents');
    await limits.settled();
    const { products, categories } = await expectSoundTable();
    expect(skusIn(await exportTo('products.csv')).sort()).toEqual(products.map(({ sku }) => sku).sort());
    expect(skusIn(await exportTo('categories.csv')).sort()).toEqual(categories.map(({ slug }) => slug).sort());
  });
});
