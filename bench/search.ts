/** Search: how long the search function takes to start and to answer, and what memory it holds, by the number of products. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { imagesBucket, startImageStore } from '../local/s3/image-store';
import type { Question } from '../src/search/question';
import { bundleFunction } from './bundle';
import { makeModels } from './models';
import { isTrial, rounds, type Bar, type Section } from './section';
import { startStock } from './stock';

const sizes = isTrial ? [1_000, 21_000] : [1_000, 10_000, 100_000, 200_000];
/** Above this many, a snapshot is kept: see src/search/take-snapshot.ts. */
const mostFromTable = 20_000;
const times = rounds(20);

const questions: Question[] = [
  { q: 'red', sort: 'relevance', limit: 25 },
  { q: 're', sort: '-price', status: 'active', limit: 25 },
  { q: 'red shoe', sort: 'name', limit: 25 },
  { q: '0000042', sort: 'relevance', limit: 25 },
  { q: 'sku-000001', sort: 'updatedAt', limit: 100 },
  { q: 'nothing', sort: 'relevance', limit: 25 },
  { sort: '-createdAt', limit: 25 },
  { sort: 'name', status: 'active', limit: 100 },
];

const figures = z.object({ cold: z.number(), took: z.array(z.array(z.number())), held: z.number(), peak: z.number() });
type Figures = z.infer<typeof figures>;

interface Measured {
  size: number;
  /** What the first answer began with. */
  start: 'table' | 'snapshot';
  figures: Figures;
}

export async function search(): Promise<Section> {
  const made = Date.now();
  const models = await makeModels();
  const searcher = await bundleFunction('search-products');
  const snapshots = await startSnapshots();
  const input = path.join(snapshots.directory, 'questions.json');
  writeFileSync(input, JSON.stringify(questions));
  const measured: Measured[] = [];
  for (const size of sizes) {
    const stock = await startStock(models, size);
    const run = async (args: string[], more = {}): Promise<string> => {
      const env = { ...process.env, ...models.environment, DYNAMODB_ENDPOINT: stock.endpoint, ...more };
      return (await promisify(execFile)(process.execPath, args, { env, timeout: 240_000 })).stdout;
    };
    const measure = async (start: Measured['start'], more = {}) => {
      const program = path.join(__dirname, 'process', 'search.js');
      const printed = await run(['--expose-gc', program, searcher.file, input, String(times)], more);
      const found = figures.parse(JSON.parse(printed.trimEnd().split('\n').at(-1) ?? ''));
      measured.push({ size, start, figures: found });
    };
    try {
      // All products are as old as their models: until then, their creations would be read as news.
      await sleep(Math.max(0, made + 32_000 - Date.now()));
      await measure('table');
      if (size > mostFromTable) {
        await run(['-e', `require(${JSON.stringify(snapshots.taker)}).handler()`], snapshots.environment);
        await measure('snapshot', snapshots.environment);
      }
    } finally {
      await stock.stop();
    }
  }
  await snapshots.stop();
  return { title: 'Search', text, rows: [header, ...measured.map(row)], bars: measured.flatMap(barsOf) };
}

/** The local S3, with what reaches it, and the function that keeps snapshots there. */
async function startSnapshots() {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
  const store = await startImageStore({ directory, port: 0, origins: [], onCreated: () => Promise.resolve() });
  const { accessKeyId, secretAccessKey, sessionToken } = store.credentials;
  return {
    directory,
    taker: (await bundleFunction('take-search-snapshot')).file,
    environment: {
      ...{ SEARCH_SNAPSHOTS: imagesBucket, AWS_ENDPOINT_URL_S3: store.url },
      ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
    },
    stop: async () => {
      await store.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

const text = `The deployed bundle of \`search-products\` in a process of its own, asked by ${questions.length} questions ${times} times: words that all products
have, some, one or none, with filters and orders, and orders without words. Products as for [Growth](#growth), all of much the same name, which is
hard on a search. **Cold** is the first answer since the process began; from the table, most of it is the engine's reading, and a stage has
a snapshot of more than 20,000; **held** is memory after a
collection, **peak** the most that the process had. A search costs 2 read units, and one or so for each product that is shown; a
start costs 125 for each thousand products of 1 kB, by DynamoDB's rule for an index.`;

const header = ['Products', 'start from', 'cold', 'warm, p50', 'warm, p99', 'longest question, p50', 'held', 'peak'];

const quantile = (values: number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;

const warm = ({ took }: Figures) => took.flat();
const longest = ({ took }: Figures) => Math.max(...took.map((values) => quantile(values, 0.5)));

const row = ({ size, start, figures: found }: Measured): string[] => [
  size.toLocaleString('en'),
  `the ${start}`,
  `${(found.cold / 1000).toFixed(2)} s`,
  ...[quantile(warm(found), 0.5), quantile(warm(found), 0.99), longest(found)].map((value) => `${value.toFixed(1)} ms`),
  ...[found.held, found.peak].map((value) => `${Math.round(value)} MB`),
];

function barsOf({ size, start, figures: found }: Measured): Bar[] {
  if (size === 10_000) {
    return [{ what: 'search, cold, 10,000 products, s', bar: 1.5, stretch: 1, measured: found.cold / 1000 }];
  }
  if (size !== 100_000 || start !== 'snapshot') return [];
  return [
    { what: 'search, cold, 100,000 products, s', bar: 3, stretch: 1.5, measured: found.cold / 1000 },
    { what: 'search, warm p50, 100,000 products, ms', bar: 30, stretch: 15, measured: quantile(warm(found), 0.5) },
    { what: 'search, warm p99, 100,000 products, ms', bar: 80, stretch: 40, measured: quantile(warm(found), 0.99) },
    { what: 'search, memory held, 100,000 products, MB', bar: 250, stretch: 150, measured: found.held },
  ];
}
