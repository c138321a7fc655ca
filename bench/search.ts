/** Search: how long the search function takes to start and to answer, and what memory it holds, by the number of products. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Question } from '../src/search/question';
import { bundleFunction } from './bundle';
import { makeModels } from './models';
import { isTrial, rounds, type Bar, type Section } from './section';
import { startStock } from './stock';

const sizes = isTrial ? [1_000, 2_000] : [1_000, 10_000, 100_000];
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

export async function search(): Promise<Section> {
  const made = Date.now();
  const models = await makeModels();
  const { file } = await bundleFunction('search-products');
  const input = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-bench-')), 'questions.json');
  writeFileSync(input, JSON.stringify(questions));
  const measured: { size: number; figures: Figures }[] = [];
  for (const size of sizes) {
    const stock = await startStock(models, size);
    try {
      // All products are as old as their models: until then, their creations would be read as news.
      await sleep(Math.max(0, made + 32_000 - Date.now()));
      const env = { ...process.env, ...models.environment, DYNAMODB_ENDPOINT: stock.endpoint };
      const args = ['--expose-gc', path.join(__dirname, 'process', 'search.js'), file, input, String(times)];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 240_000 });
      measured.push({ size, figures: figures.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')) });
    } finally {
      await stock.stop();
    }
  }
  return { title: 'Search', text, rows: [header, ...measured.map(row)], bars: measured.flatMap(barsOf) };
}

const text = `The deployed bundle of \`search-products\` in a process of its own, asked by ${questions.length} questions ${times} times: words that all products
have, some, one or none, with filters and orders, and orders without words. Products as for [Growth](#growth), all of much the same name, which is
hard on a search. **Cold** is the first answer since the process began, most of it the engine's reading; **held** is memory after a
collection, **peak** the most that the process had. A search costs 2 read units, and one or so for each product that is shown; a
start costs 125 for each thousand products of 1 kB, by DynamoDB's rule for an index.`;

const header = ['Products', 'cold', 'warm, p50', 'warm, p99', 'longest question, p50', 'held', 'peak'];

const quantile = (values: number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;

const warm = ({ took }: Figures) => took.flat();
const longest = ({ took }: Figures) => Math.max(...took.map((values) => quantile(values, 0.5)));

const row = ({ size, figures: found }: { size: number; figures: Figures }): string[] => [
  size.toLocaleString('en'),
  `${(found.cold / 1000).toFixed(2)} s`,
  ...[quantile(warm(found), 0.5), quantile(warm(found), 0.99), longest(found)].map((value) => `${value.toFixed(1)} ms`),
  ...[found.held, found.peak].map((value) => `${Math.round(value)} MB`),
];

function barsOf({ size, figures: found }: { size: number; figures: Figures }): Bar[] {
  if (size === 10_000) {
    return [{ what: 'search, cold, 10,000 products, s', bar: 1.5, stretch: 1, measured: found.cold / 1000 }];
  }
  if (size !== 100_000) return [];
  return [
    { what: 'search, cold, 100,000 products, s', bar: 3, stretch: 1.5, measured: found.cold / 1000 },
    { what: 'search, warm p50, 100,000 products, ms', bar: 30, stretch: 15, measured: quantile(warm(found), 0.5) },
    { what: 'search, warm p99, 100,000 products, ms', bar: 80, stretch: 40, measured: quantile(warm(found), 0.99) },
    { what: 'search, memory held, 100,000 products, MB', bar: 250, stretch: 150, measured: found.held },
  ];
}
