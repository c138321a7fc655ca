/** What has come to pass so far of the transactions that meet the limits of AWS. */
import type { Charge } from './partition-limits';

export interface Counts {
  transactions: number;
  /** Transactions that were cancelled because they met others. */
  conflicts: number;
  /** Transactions that were cancelled because a partition key took no more. */
  throttles: number;
  /** Write units that transactions have asked for, the cancelled ones included. */
  tableUnits: number;
  indexUnits: number;
}

export const newCounts = (): Counts => ({ transactions: 0, conflicts: 0, throttles: 0, tableUnits: 0, indexUnits: 0 });

/** One more transaction, with what each of its writes asks for. */
export function countTransaction(counts: Counts, writes: { tableCharge: Charge; indexCharges: Charge[] }[]): void {
  const sum = (charges: Charge[]) => charges.reduce((total, { units }) => total + units, 0);
  counts.transactions += 1;
  counts.tableUnits += sum(writes.map(({ tableCharge }) => tableCharge));
  counts.indexUnits += sum(writes.flatMap(({ indexCharges }) => indexCharges));
}
