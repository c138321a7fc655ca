/** A million products: whether reads and bulk stay as fast as they are while the catalogue grows ten-thousandfold; their export, and their search. */
import { printError } from '../deployment/terminal';
import { bulkWriter, measureBulk } from './bulk-growth';
import { exporters, timeExport } from './export';
import { measureReads } from './growth';
import type { Models } from './models';
import { readers } from './reads';
import { functionMemory, questions, startSearchProcesses, times } from './search-process';
import { header, row } from './search-rows';
import { isTrial, type Part } from './section';
import { withStores, type Store } from './stores';

const sizes = isTrial ? [100, 1_000] : [100, 10_000, 1_000_000];
const functions = [...new Set([...readers, ...exporters, bulkWriter])];

/** A search comes before bulk, whose writes it would read as news. */
export const million = (): Promise<Part[]> =>
  withStores(sizes, functions, async (stores, models) => [
    await announced('Reads', () => measureReads(stores, models)),
    await announced('Exports', () => measureExports(stores.slice(1))),
    await announced('Searches', () => measureSearch(stores.slice(-1), models)),
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

async function measureSearch(stores: Store[], models: Models): Promise<Part> {
  const processes = await startSearchProcesses();
  try {
    const rows: string[][] = [];
    for (const { stock, size } of stores) {
      rows.push(...(await processes.measure(models, stock, size, [undefined, functionMemory])).map(row));
    }
    return { text: searchText, rows: [header, ...rows] };
  } finally {
    await processes.stop();
  }
}

const searchText = `The search function, as [further up](#search): the ${questions.length} questions ${times} times. Of more than 200,000 products its log says once that they are too many, and it
answers. With ${functionMemory} MB, as it is deployed, Node has the limits that Lambda gives it; without, it takes what it wants. Lambda ends what takes more
memory in all (**peak**) than it is given, and a start that takes longer than 30 s.`;
