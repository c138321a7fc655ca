/** The tree of categories: what it takes to read it whole, and to list the products of a branch, by the number of categories. */
import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { fakeEvent } from '../test/support/events';
import { bundleFunction } from './bundle';
import { startImported, type WriteItems } from './imported';
import { runAsLambda } from './lambda-process';
import { copyOf, makeModels, type Models } from './models';
import { isTrial, rounds, type Bar, type Part } from './section';

const sizes = isTrial ? [100, 1_000] : [100, 1_000, 5_000];
/** As many children has each, and so many categories has a branch whose products are listed. */
const children = 8;
const branch = [9, 73, 200];
const times = rounds(3);

const figures = z.tuple([z.object({ cpu: z.number(), p50: z.number() })]);
type Measured = z.infer<typeof figures>[0] & { engine: number };

interface Row {
  what: string;
  size: number;
  measured: Measured;
}

export async function tree(): Promise<Part[]> {
  const models = await makeModels();
  const rows: Row[] = [];
  for (const size of sizes) {
    rows.push({
      what: 'tree',
      size,
      measured: await measure(models, branched(size), { route: 'GET /categories/tree' }),
    });
  }
  for (const size of isTrial ? branch.slice(0, 1) : branch) {
    const query = { descendants: 'true', limit: '25' };
    rows.push({
      what: 'page of 25',
      size,
      measured: await measure(models, branched(size), { route: 'GET /products', query }),
    });
  }
  return [{ text, rows: [header, ...rows.map(show)], bars: rows.flatMap(barsOf) }];
}

const text = `\`GET /categories/tree\`, and the first page of \`GET /products?categoryId=…&descendants=true\` for the category that all others are
below. Each has ${children} others below it and a product of each status, and eight of its 64 counts have been written. **CPU** is of the
function's own process, **engine** that of the embedded database, which has the other core: on AWS that is DynamoDB's. A tree
costs a read unit for each category, a page two queries for each and a unit for each product.`;

const header = ['Answer', 'Categories', 'CPU', 'p50', 'engine, CPU'];

const show = ({ what, size, measured: { cpu, p50, engine } }: Row): string[] => [
  ...[what, size.toLocaleString('en')],
  ...[cpu, p50, engine].map((value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`),
];

const barsOf = ({ what, size, measured: { cpu } }: Row): Bar[] =>
  what === 'tree' && size === 5_000
    ? [{ what: 'tree of 5,000 categories, CPU in seconds', bar: 2, stretch: 1, measured: cpu / 1000 }]
    : [];

/** Ids of categories, each with its parent. */
type Branches = { id: string; parent: string | undefined }[];

function branched(size: number): Branches {
  const oldest = Date.now() - size;
  const ids = Array.from({ length: size }, (_, number) => ulid(oldest + number));
  return ids.map((id, number) => ({ id, parent: number === 0 ? undefined : ids[Math.floor((number - 1) / children)] }));
}

async function measure(
  models: Models,
  categories: Branches,
  { route, query }: { route: string; query?: Record<string, string> },
): Promise<Measured> {
  const database = await startImported(models, (write) => {
    writeCategories(models, categories, write);
  });
  try {
    const name = query ? 'list-products' : 'get-category-tree';
    const subject = { name, bare: '', bundle: await bundleFunction(name), events: () => [] };
    // The engine alone may take longer for thousands of queries than a function has.
    const BENCH_TIMEOUT = '60000';
    const environment = { ...models.environment, DYNAMODB_ENDPOINT: database.endpoint, BENCH_TIMEOUT };
    const catalogue = { environment, categories: [], products: [], stop: () => database.stop() };
    const event = fakeEvent({
      routeKey: route,
      ...(query && { query: { ...query, categoryId: categories[0]?.id ?? '' } }),
    });
    const events = [[event, event], Array(times).fill(event)];
    const node = { version: process.versions.node, command: process.execPath };
    const before = database.engineCpu();
    const [measured] = figures.parse(await runAsLambda('warm-calls', node, subject, catalogue, events, [1, 1]));
    return { ...measured, engine: (database.engineCpu() - before) / (times + 2) };
  } finally {
    await database.stop();
  }
}

const perFile = 500;

function writeCategories({ categoryId, category, products }: Models, all: Branches, write: WriteItems): void {
  const wanted = category.filter((item) => !/HISTORY#|CATEGORY_SLUG#/.test(item));
  for (let first = 0; first < all.length; first += perFile) {
    const items = all.slice(first, first + perFile).flatMap(({ id, parent }, at) => {
      const number = String(first + at).padStart(5, '0');
      const own = wanted.map((item) => placed(item.replaceAll(categoryId, id), number, parent));
      const having = products.map((model) =>
        copyOf(model, { id: ulid(), sku: `${model.sku}-${number}` }).replaceAll(categoryId, id),
      );
      return [...own, ...having];
    });
    write(String(first), items);
  }
}

const item = z.object({ Item: z.looseObject({ sk: z.object({ S: z.string() }) }) });

/** The item of a category with the place in the tree, and a count as it may be: what goes need not go where it came. */
function placed(line: string, number: string, parent: string | undefined): string {
  const { Item } = item.parse(JSON.parse(line));
  const slug = { S: `category-${number}` };
  const share = /^COUNT#0([0-7])$/.exec(Item.sk.S)?.[1];
  if (share !== undefined) return JSON.stringify({ Item: { ...Item, ...counted(Number(share)) } });
  if (Item.sk.S !== 'CATEGORY') return JSON.stringify({ Item });
  const place = {
    gsi2pk: { S: `BELOW#${parent ?? 'none'}` },
    ...(parent !== undefined && { parentId: { S: parent } }),
  };
  return JSON.stringify({ Item: { ...Item, slug, gsi1sk: slug, gsi2sk: slug, ...place } });
}

/** Three products together, one of them active. */
function counted(share: number) {
  const products = share === 0 ? 3 : share % 2 === 1 ? 4 : -4;
  const active = share === 7 ? 0 : share === 0 ? 1 : share % 2 === 1 ? 2 : -2;
  return { products: { N: String(share === 7 ? 0 : products) }, active: { N: String(active) }, writes: { N: '9' } };
}
