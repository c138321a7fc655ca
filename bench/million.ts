/** `npm run bench:million`: growth to a million products, in reads and bulk, and their export; its section of docs/benchmarks.md. Filling takes minutes. */
import { loadavg } from 'node:os';
import { markdownTable } from '../test/support/markdown-table';
import { bulkWriter, measureBulk } from './bulk-growth';
import { exporters, timeExport } from './export';
import { measureReads } from './growth';
import { readers } from './reads';
import { barTable, machine, millionTitle, reportOwn } from './report';
import { isTrial } from './section';
import { withStores, type Store } from './stores';

const sizes = isTrial ? [100, 1_000] : [100, 10_000, 1_000_000];

export async function main(): Promise<void> {
  const load = loadavg()[0] ?? NaN;
  const functions = [...new Set([...readers, ...exporters, bulkWriter])];
  const parts = await withStores(sizes, functions, async (stores, models) => {
    const reads = await measureReads(stores, models);
    const exports = await measureExports(stores.slice(1));
    const bulk = await measureBulk(stores, models.categoryId);
    return [
      ...[machine(), loadText(load), barTable([reads, bulk].flatMap(({ bars = [] }) => bars))],
      ...[reads.text, markdownTable(reads.rows), bulk.text, markdownTable(bulk.rows)],
      ...[exportText, markdownTable(exports)],
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
