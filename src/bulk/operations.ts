/** What can be done with many products at once. `author` is the caller's `sub`. */
import { runRows } from './batch';
import type { RowResult } from './ledger';
import { planDeletion, planProduct } from './plan';
import { deletionRow, productRow, readRow } from './rows';

interface BulkRequest {
  /** Not looked at yet. */
  rows: unknown[];
  dryRun: boolean;
}

/** Makes products what rows say: creates them, changes them, or leaves them as they are. As `runRows`. */
export function writeProducts({ rows, dryRun }: BulkRequest, author: string): Promise<RowResult[]> {
  const read = rows.map((row) => readRow(productRow, row));
  return runRows(read, planProduct, { author, dryRun });
}

/** Deletes the products that rows name. As `runRows`. */
export function deleteProducts({ rows, dryRun }: BulkRequest, author: string): Promise<RowResult[]> {
  const read = rows.map((row) => readRow(deletionRow, row));
  return runRows(read, planDeletion, { author, dryRun });
}
