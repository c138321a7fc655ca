/** Freshness of a search: how long after a write has been answered a search first knows of it, with prompt and with late indexes. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { freePort } from '../local/processes/ports';
import type { Endpoint } from '../src/http/endpoint';
import type { Question } from '../src/search/question';
import { call } from '../test/support/events';
import { listenForSearches } from '../test/support/function-socket';
import { inFlight } from '../test/support/in-flight';
import { between } from './aws-limits/latency';
import { startAwsLimits } from './aws-limits/proxy';
import { createCategories } from './contended-creates';
import { startDatabase } from './database';
import { productFields } from './catalogue';
import { loadAnew, startEnvironments } from './lambda-environments';
import { quantile } from './quantiles';
import { rounds, type Part } from './section';

const products = rounds(100);
/** A few writers, so that their searches meet, and hundreds of seconds of lag are waited for side by side. */
const writers = 4;

/** By how many milliseconds the indexes lag at most. */
const databases = [
  { what: 'the local one', indexLag: undefined },
  { what: 'with indexes up to 2 s late', indexLag: between(0, 2_000) },
] as const;

export async function freshness(): Promise<Part[]> {
  const rows: string[][] = [];
  for (const database of databases) rows.push(...(await measure(database)));
  return [{ text, rows: [header, ...rows] }];
}

const text = `From the answer to a write until the answer to the first search that knows of it: searches one after the other, by the deployed bundles of
\`list-products\` and \`search-products\`, without HTTP in between; ${products} products, of ${writers} writers at once. The second database is \`bench/aws-limits\`,
whose calls take as long as on AWS, and whose indexes get each entry after a time of its own, of up to 2 s: by how much they lag on AWS, it does
not promise. What is hidden or deleted is shown by no search after the answer, however late the indexes are
(\`test/aws-limits/late-search.test.ts\`).`;

const header = ['database', 'write', 'searches until then, p50', 'p50', 'p99'];

const searchFunction = z.object({
  handler: z.custom<(question: Question) => Promise<unknown>>((value) => typeof value === 'function'),
});

async function only(name: string): Promise<Endpoint> {
  const [handler] = await startEnvironments(name, 1);
  if (!handler) throw new Error(`There is no ${name}`);
  return handler;
}

const created = z.object({ id: z.string() });
const found = z.object({ items: z.array(z.object({ id: z.string() })) });

async function measure({ what, indexLag }: (typeof databases)[number]): Promise<string[][]> {
  const database = await startDatabase(await freePort());
  const limits = indexLag === undefined ? undefined : await startAwsLimits({ engine: database.endpoint, indexLag });
  Object.assign(process.env, database.environment, {
    DYNAMODB_ENDPOINT: limits?.endpoint ?? database.endpoint,
    FUNCTION_SOCKET: path.join(tmpdir(), `catalog-${randomUUID().slice(0, 18)}`),
    LOG_LEVEL: 'SILENT',
  });
  const [searcher] = await loadAnew('search-products', 1);
  const stop = await listenForSearches(searchFunction.parse(searcher).handler);
  try {
    const [create, update, list] = [
      await only('create-product'),
      await only('update-product'),
      await only('list-products'),
    ];
    const [categoryId = ''] = await createCategories(1);
    const search = async (q: string) =>
      found.parse((await call(list, { routeKey: 'GET /products', query: { q } })).body).items.map(({ id }) => id);
    // Builds the index.
    await search('nothing');
    const until = async (word: string, id: string): Promise<Wait> => {
      const answered = performance.now();
      for (let searches = 1; ; searches += 1) {
        if ((await search(word)).includes(id)) return { searches, milliseconds: performance.now() - answered };
      }
    };
    const waits = await inFlight([...Array(products).keys()], writers, async (number) => {
      const [first, second] = [`fresh-${number}-a`, `fresh-${number}-b`];
      const body = { ...productFields(`FRESH-${number}`, categoryId), name: first };
      const { id } = created.parse((await call(create, { routeKey: 'POST /products', body })).body);
      const creation = await until(first, id);
      await call(update, { routeKey: 'PATCH /products/{productId}', path: { productId: id }, body: { name: second } });
      return { creation, change: await until(second, id) };
    });
    const [creations, changes] = [waits.map(({ creation }) => creation), waits.map(({ change }) => change)];
    return [row(what, 'a new product', creations), row(what, 'another name', changes)];
  } finally {
    stop();
    await limits?.stop();
    await database.stop();
  }
}

interface Wait {
  searches: number;
  milliseconds: number;
}

function row(database: string, write: string, waits: Wait[]): string[] {
  const searches = waits.map((wait) => wait.searches);
  const milliseconds = waits.map((wait) => wait.milliseconds);
  const times = [0.5, 0.99].map((part) => `${quantile(milliseconds, part).toFixed(0)} ms`);
  return [database, write, String(quantile(searches, 0.5)), ...times];
}
