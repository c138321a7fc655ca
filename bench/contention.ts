/** Contention: how many products a second many writers create, in one category and in fifty, within the limits of AWS. */
import { freePort } from '../local/processes/ports';
import { startAwsLimits, type AwsLimits } from './aws-limits/proxy';
import { productFields } from './catalogue';
import { contend, createCategories, type Contended } from './contended-creates';
import { startDatabase } from './database';
import { isTrial, rounds, type Bar, type Part } from './section';

const writerCounts = [1, 4, 8, 16, 32, 64];
const categoryCount = 50;
/** So many creates in a round, but no more than these of each writer. */
const creates = isTrial ? { together: 64, each: 1 } : { together: 240, each: 20 };

/** What so many writers came to in so many categories. */
interface Measured extends Contended {
  writers: number;
  categories: number;
}

export async function contention(): Promise<Part[]> {
  const database = await startDatabase(await freePort());
  const limits = await startAwsLimits({ engine: database.endpoint });
  try {
    Object.assign(process.env, database.environment, { DYNAMODB_ENDPOINT: limits.endpoint, LOG_LEVEL: 'SILENT' });
    const categories = await createCategories(categoryCount);
    const results: Measured[] = [];
    for (const writers of writerCounts) results.push(...(await measure(writers, categories, limits)));
    return [{ text, rows: [header, ...results.map(row)], bars: bars(results) }];
  } finally {
    await limits.stop();
    await database.stop();
  }
}

const text = `Products created by the deployed \`create-product\`, every writer an environment of its own, on the embedded database behind
\`bench/aws-limits\`, which does what DynamoDB does on AWS: transactions that meet on an item are cancelled, a partition key takes 1,000
write units a second, and calls take milliseconds. A **try** is a transaction; those that were cancelled are in the units, too. One
category and fifty are measured in turn, in ${rounds(3)} rounds. All of it shares one machine: from some hundred creates a second on,
that is what the writers wait for. A category has 64 counts ([decision 0014](decisions/0014-counts.md)), so that as
many writers soon have one each.`;

const skus = (function* () {
  for (let number = 1; ; number += 1) yield `SKU-${number}`;
})();

/** In the first category, and in all of them in turn. */
async function measure(writers: number, categories: string[], limits: AwsLimits): Promise<Measured[]> {
  const places = [categories.slice(0, 1), categories];
  const kinds = places.map((ids) => (number: number) => {
    const body = productFields(skus.next().value, ids[number % ids.length] ?? '');
    return { routeKey: 'POST /products', body };
  });
  const how = { name: 'create-product', writers, creates: Math.min(creates.together, creates.each * writers) };
  const contended = await contend(how, kinds, limits);
  return contended.map((one, place) => ({ ...one, writers, categories: places[place]?.length ?? 0 }));
}

const header = [
  ...['writers', 'categories', 'creates/s', 'p50', 'p99'],
  ...['tries per create', 'write units per create, table', 'write units per create, indexes', '503s'],
];

function row({ writers, categories, perSecond, percentile, perCreate, unavailable }: Measured): string[] {
  return [
    ...[String(writers), String(categories), perSecond.toFixed(0)],
    ...[`${percentile(50).toFixed(0)} ms`, `${percentile(99).toFixed(0)} ms`],
    ...[perCreate.transactions.toFixed(2), perCreate.tableUnits.toFixed(1), perCreate.indexUnits.toFixed(1)],
    String(unavailable),
  ];
}

function bars(results: Measured[]): Bar[] {
  const find = (writers: number, categories: number) => {
    const found = results.find((result) => result.writers === writers && result.categories === categories);
    if (!found) throw new Error(`Nothing is known of ${writers} writers in ${categories} categories`);
    return found;
  };
  const [one, many, most] = [find(16, 1), find(16, categoryCount), find(64, 1)];
  return [
    {
      ...{ what: 'tries per create, 16 writers in one category', bar: 1.1, stretch: 1.02 },
      measured: one.perCreate.transactions,
    },
    {
      ...{ what: 'creates per second, 16 writers, one category / 50', bar: 0.7, stretch: 0.95, atLeast: true },
      measured: one.perSecond / many.perSecond,
    },
    { what: '503s, 64 writers in one category', bar: 0, measured: most.unavailable },
    {
      ...{ what: 'p99 in seconds, 64 writers in one category', bar: 1.5, stretch: 0.5 },
      measured: most.percentile(99) / 1000,
    },
  ];
}
