/** Takes a snapshot of the products, for the starts of the search function until the next one. */
import { log } from '../log';
import { readAll } from './index-store';
import { areKept, SnapshotWriter } from './snapshot';

/**
 * Up to so many products, the search function starts fast enough without a snapshot: docs/benchmarks.md has the times
 * for 10,000 and 100,000.
 */
const mostFromTable = 20_000;

/** Reads all products and keeps them, where they are more than a start reads from the table. Throws where that fails. */
export async function takeSnapshot(fromTable = mostFromTable): Promise<void> {
  if (!areKept()) return;
  const asOf = Date.now();
  const snapshot = new SnapshotWriter(asOf);
  let products = 0;
  await readAll((records) => {
    snapshot.add(records);
    products += records.products.length;
  });
  const isNeeded = products > fromTable;
  if (isNeeded) await snapshot.write();
  log.info('search snapshot', { products, milliseconds: Date.now() - asOf, taken: isNeeded });
}
