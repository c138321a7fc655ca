/** Bulk: how many new products a second the bulk route takes, by rows in a request and requests under way. */
import * as z from 'zod/mini';
import { freePort } from '../local/processes/ports';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import { startAwsLimits, type AwsLimits } from './aws-limits/proxy';
import { productFields } from './catalogue';
import { median } from './quantiles';
import { createCategories } from './contended-creates';
import { startDatabase } from './database';
import { startEnvironments } from './lambda-environments';
import { isTrial, rounds, type Part } from './section';

const ways = [10, 25, 50, 100].flatMap((rows) => [1, 4, 8].map((inFlight) => ({ rows, inFlight })));
const categoryCount = 50;
const products = isTrial ? 100 : 600;

/** What so many rows a request and so many requests at once came to. */
interface Measured {
  perSecond: number;
  transactions: number;
  units: number;
  rejected: number;
}

export async function bulk(): Promise<Part[]> {
  const database = await startDatabase(await freePort());
  const limits = await startAwsLimits({ engine: database.endpoint });
  try {
    Object.assign(process.env, database.environment, { LOG_LEVEL: 'SILENT' });
    const alone = await startEnvironments('bulk-write-products', 8);
    const categories = await createCategories(categoryCount);
    Object.assign(process.env, { DYNAMODB_ENDPOINT: limits.endpoint });
    const limited = await startEnvironments('bulk-write-products', 8);
    const rows: string[][] = [];
    for (const { rows: size, inFlight } of ways) {
      const inOne = categories.slice(0, 1);
      const engine = await measure(alone.slice(0, inFlight), size, inOne, limits);
      const one = await measure(limited.slice(0, inFlight), size, inOne, limits);
      const many = await measure(limited.slice(0, inFlight), size, categories, limits);
      rows.push([
        ...[String(size), String(inFlight), ...[engine, one, many].map(({ perSecond }) => perSecond.toFixed(0))],
        ...[(one.perSecond / many.perSecond).toFixed(2), one.transactions.toFixed(2), one.units.toFixed(1)],
        String(one.rejected + many.rejected),
      ]);
    }
    return [{ text, rows: [header, ...rows] }];
  } finally {
    await limits.stop();
    await database.stop();
  }
}

const text = `New products a second by \`POST /admin/products/bulk\`, ${products} of them in each of ${rounds(3)} rounds, every request under
way in an environment of its own: on the embedded database alone, and behind \`bench/aws-limits\` in one category and in fifty. There,
**transactions** are those for twenty products of one category, cancelled ones included, and the units those in the table for
one product. A row that is rejected would be one with \`busy\`, since all of them are new.`;

const header = [
  ...['rows', 'in flight', 'products/s, engine alone', 'one category', 'fifty', 'one / fifty'],
  ...['transactions for twenty', 'write units per product', 'rows rejected'],
];

const numbers = (function* () {
  for (let number = 1; ; number += 1) yield number;
})();

async function measure(handlers: Endpoint[], size: number, categories: string[], limits: AwsLimits): Promise<Measured> {
  const runs: Measured[] = [];
  for (let round = 0; round < rounds(3); round += 1) {
    const [before, started] = [limits.counts(), performance.now()];
    const rejected = await write(handlers, size, categories);
    const seconds = (performance.now() - started) / 1000;
    const after = limits.counts();
    const each = (figure: 'transactions' | 'tableUnits') => (after[figure] - before[figure]) / (products - rejected);
    runs.push({
      ...{ perSecond: (products - rejected) / seconds, rejected },
      ...{ transactions: each('transactions') * 20, units: each('tableUnits') },
    });
  }
  const middle = (figure: keyof Measured) => median(runs.map((run) => run[figure]));
  return {
    ...{ perSecond: middle('perSecond'), transactions: middle('transactions'), units: middle('units') },
    rejected: runs.reduce((sum, run) => sum + run.rejected, 0),
  };
}

const answer = z.object({ results: z.array(z.object({ action: z.string() })) });

/** Writes them by whichever handler is free, and answers how many rows were rejected. */
async function write(handlers: Endpoint[], size: number, categories: string[]): Promise<number> {
  const requests = Array.from({ length: products / size }, () => size).values();
  let rejected = 0;
  const send = async (handler: Endpoint) => {
    for (const rowCount of requests) {
      const rows = Array.from({ length: rowCount }, (_, position) =>
        productFields(`BULK-${numbers.next().value}`, categories[position % categories.length] ?? ''),
      );
      const { results } = answer.parse(
        (await call(handler, { routeKey: 'POST /admin/products/bulk', body: { rows } })).body,
      );
      rejected += results.filter(({ action }) => action === 'rejected').length;
    }
  };
  await Promise.all(handlers.map(send));
  return rejected;
}
