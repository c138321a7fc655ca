/** A million products: whether reads and bulk stay as fast as they are while the catalogue grows ten-thousandfold, and their export. */
import { printError } from '../deployment/terminal';
import { bulkWriter, measureBulk } from './bulk-growth';
import { exporters, timeExport } from './export';
import { measureReads } from './growth';
import { readers } from './reads';
import { isTrial, type Part } from './section';
import { withStores, type Store } from './stores';

const sizes = isTrial ? [100, 1_000] : [100, 10_000, 1_000_000];
const functions = [...new Set([...readers, ...exporters, bulkWriter])];

export const million = (): Promise<Part[]> =>
  withStores(sizes, functions, async (stores, models) => [
    await announced('Reads', () => measureReads(stores, models)),
    await announced('Exports', () => measureExports(stores.slice(1))),
    await announced('Bulk', () => measureBulk(stores, models.categoryId)),
  ]);

/** It takes minutes: whoever waits is told what is under way. */
function announced<Result>(what: string, measure: () => Promise<Result>): Promise<Result> {
  printError(`${what} …`);
  return measure();
}

const exportText =
  'An export of all products by `npm run catalog -- export`, from the same functions without HTTP in between:';

async function measureExports(stores: Store[]): Promise<Part> {
  const rows: string[][] = [];
  for (const store of stores) {
    const seconds = await timeExport(store);
    const perProduct = (1000 * seconds) / store.size;
    rows.push([store.size.toLocaleString('en'), `${seconds.toFixed(1)} s`, `${perProduct.toFixed(3)} ms`]);
  }
  return { text: exportText, rows: [['products', 'export', 'each'], ...rows] };
}
