/** Bulk on a table that takes less than is sent to it: what becomes of the rows, and how often they are tried. */
import * as z from 'zod/mini';
import { freePort } from '../local/processes/ports';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import { startAwsLimits } from './aws-limits/proxy';
import { productFields } from './catalogue';
import { createCategories } from './contended-creates';
import { startDatabase } from './database';
import { startEnvironments } from './lambda-environments';
import { isTrial, type Part } from './section';

/** Write units that a partition key takes in a second. */
const limits = [1000, 500, 250];
const rowsPerRequest = 100;
const inFlight = 4;
const products = isTrial ? 400 : 4_000;

export async function throttledBulk(): Promise<Part[]> {
  const rows: string[][] = [];
  for (const writeUnits of limits) rows.push(await measure(writeUnits));
  return [{ text, rows: [header, ...rows] }];
}

const text = `${products.toLocaleString('en')} new products of one category by \`POST /admin/products/bulk\`, ${rowsPerRequest} a request and ${inFlight} requests under way, behind
\`bench/aws-limits\` with fewer write units for a partition key than AWS gives it. Each new product takes one of the list of its status. Whoever
sends them does what the import does: sends again what was answered with \`busy\`, alone or as a whole request, after the time in
\`Retry-After\`.`;

const header = [
  ...['units/s of a partition key', 'products/s', 'of the limit', 'requests', 'answered 503'],
  ...['rows busy', 'transactions for twenty', 'throttled'],
];

const answer = z.object({
  results: z.array(z.object({ action: z.string(), problem: z.optional(z.object({ code: z.string() })) })),
});

async function measure(writeUnits: number): Promise<string[]> {
  const database = await startDatabase(await freePort());
  const limited = await startAwsLimits({ engine: database.endpoint, writeUnits });
  try {
    Object.assign(process.env, database.environment, { LOG_LEVEL: 'SILENT', DYNAMODB_ENDPOINT: limited.endpoint });
    const handlers = await startEnvironments('bulk-write-products', inFlight);
    const [category = ''] = await createCategories(1);
    const rows = Array.from({ length: products }, (_, number) => productFields(`THROTTLED-${number}`, category));
    const [before, started] = [limited.counts(), performance.now()];
    const told = await writeAll(handlers, rows);
    const seconds = (performance.now() - started) / 1000;
    const after = limited.counts();
    const transactions = after.transactions - before.transactions;
    return [
      ...[String(writeUnits), (products / seconds).toFixed(0), (products / seconds / writeUnits).toFixed(2)],
      ...[told.requests, told.unavailable, told.busy].map(String),
      ...[((transactions * 20) / products).toFixed(2), String(after.throttles - before.throttles)],
    ];
  } finally {
    await limited.stop();
    await database.stop();
  }
}

/** Has every row written, by whichever handler is free; answers what they were told on the way. */
async function writeAll(handlers: Endpoint[], rows: object[]) {
  const told = { requests: 0, unavailable: 0, busy: 0 };
  const left = [...rows];
  const send = async (handler: Endpoint) => {
    for (let batch = left.splice(0, rowsPerRequest); batch.length > 0; batch = left.splice(0, rowsPerRequest)) {
      const reply = await call(handler, { routeKey: 'POST /admin/products/bulk', body: { rows: batch } });
      told.requests += 1;
      if (reply.status === 503) {
        told.unavailable += 1;
        left.push(...batch);
        await new Promise((resolve) => setTimeout(resolve, Number(reply.headers['retry-after']) * 1000));
      } else {
        const { results } = answer.parse(reply.body);
        const busy = batch.filter((_, position) => results[position]?.problem?.code === 'busy');
        told.busy += busy.length;
        left.push(...busy);
      }
    }
  };
  await Promise.all(handlers.map(send));
  return told;
}
