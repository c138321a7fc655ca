/** `npm run bench:million`: growth to a million products, in reads and bulk, their export, and their search; its section of docs/benchmarks.md. Filling takes minutes. */
import { loadavg } from 'node:os';
import { markdownTable } from '../test/support/markdown-table';
import { bulkWriter, measureBulk } from './bulk-growth';
import { exporters, timeExport } from './export';
import { measureReads } from './growth';
import type { Models } from './models';
import { readers } from './reads';
import { barTable, machine, millionTitle, reportOwn } from './report';
import { header, questions, row, startSearchProcesses, times } from './search-process';
import { isTrial } from './section';
import { withStores, type Store } from './stores';

const sizes = isTrial ? [100, 1_000] : [100, 10_000, 1_000_000];

export async function main(): Promise<void> {
  const load = loadavg()[0] ?? NaN;
  const functions = [...new Set([...readers, ...exporters, bulkWriter])];
  const parts = await withStores(sizes, functions, async (stores, models) => {
    const reads = await measureReads(stores, models);
    const exports = await measureExports(stores.slice(1));
    const searches = await measureSearch(stores, models);
    const bulk = await measureBulk(stores, models.categoryId);
    return [
      ...[machine(), loadText(load), barTable([reads, bulk].flatMap(({ bars = [] }) => bars))],
      ...[reads.text, markdownTable(reads.rows), bulk.text, markdownTable(bulk.rows)],
      ...[exportText, markdownTable(exports)],
      ...[searchText, markdownTable(searches)],
    ];
  });
  await reportOwn(millionTitle, parts);
}

const loadText = (load: number) =>
  `Written by \`npm run bench:million\`. The load average was ${load.toFixed(1)} as it began.`;

const exportText =
  'An export of all products by `npm run catalog -- export`, from the same functions without HTTP in between:';

async function measureExports(stores: Store[]): Promise<string[][]> {
  const rows: string[][] = [];
  for (const store of stores) {
    const seconds = await timeExport(store);
    const perProduct = (1000 * seconds) / store.size;
    rows.push([store.size.toLocaleString('en'), `${seconds.toFixed(1)} s`, `${perProduct.toFixed(3)} ms`]);
  }
  return [['products', 'export', 'each'], ...rows];
}

/** What serverless.yml gives the search function, and enough for the largest store. */
const functionMemory = 1_769;

/** Before bulk, whose writes a search would read as news. */
async function measureSearch(stores: Store[], models: Models): Promise<string[][]> {
  const processes = await startSearchProcesses();
  try {
    const largest = stores.slice(-1);
    const rows: string[][] = [];
    for (const { stock, size } of largest) {
      rows.push(...(await processes.measure(models, stock, size, [undefined, functionMemory])).map(row));
    }
    return [header, ...rows];
  } finally {
    await processes.stop();
  }
}

const searchText = `The search function, as [further up](#search): the ${questions.length} questions ${times} times. It says of so many products that they are too many for it
(more than 200,000), once, and answers. With ${functionMemory} MB, as it is deployed, Node has the limits that Lambda gives it; without, it takes what it wants.
Lambda ends a start after 30 s, so what takes longer than that there gives no answer at all.`;
