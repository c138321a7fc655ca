/** Takes a snapshot of the products, for the starts of the search function until the next one. */
import { log } from '../log';
import { readAll, type Records } from './index-store';
import { areKept, writeSnapshot } from './snapshot';

/** So many a start reads from the table: docs/benchmarks.md has the times of 10,000 and of 100,000. */
const mostFromTable = 20_000;

/** Reads all products and keeps them, where they are more than a start reads from the table. Throws where that fails. */
export async function takeSnapshot(fromTable = mostFromTable): Promise<void> {
  if (!areKept()) return;
  const asOf = Date.now();
  const parts: Records[] = [];
  await readAll((records) => parts.push(records));
  const products = parts.reduce((sum, part) => sum + part.products.length, 0);
  const isNeeded = products > fromTable;
  if (isNeeded) await writeSnapshot({ asOf, parts });
  log.info('search snapshot', { products, milliseconds: Date.now() - asOf, taken: isNeeded });
}
