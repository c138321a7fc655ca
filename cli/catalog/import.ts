/** Imports rows: each on its own, a bounded number at a time. */
import type { ReadEntry } from './entries';
import { Rejection } from './rejection';
import type { Row } from './files/row';
import type { Change } from './api/upsert';

export type Result = Imported | Rejected;

interface Imported extends Change {
  line: number;
  key: string;
}

export interface Rejected extends Pick<Row, 'line' | 'original'> {
  action: 'rejected';
  reason: string;
}

interface Options {
  /** How many rows may be under way at once. */
  concurrency: number;
  /** Once aborted, no further row is begun. */
  signal: AbortSignal;
}

/**
 * Results come as rows are done. What was begun comes to its end; then throws what would befall every other row, such as the
 * `Failure` of a user who is not an admin.
 */
export async function* importRows(
  rows: AsyncIterable<Row>,
  readEntry: ReadEntry,
  { concurrency, signal }: Options,
): AsyncGenerator<Result> {
  const importRow = newImport(readEntry);
  const underWay = new Set<Promise<void>>();
  const results: Result[] = [];
  const failures: unknown[] = [];
  for await (const row of rows) {
    if (signal.aborted || failures.length > 0) break;
    const task: Promise<void> = importRow(row)
      .then((result) => results.push(result))
      .catch((error: unknown) => failures.push(error))
      .then(() => void underWay.delete(task));
    underWay.add(task);
    if (underWay.size >= concurrency) await Promise.race(underWay);
    yield* results.splice(0);
  }
  await Promise.all(underWay);
  yield* results;
  if (failures.length > 0) throw failures[0];
}

/** Never two rows for one record: which of them came last would be chance. */
function newImport(readEntry: ReadEntry): (row: Row) => Promise<Result> {
  const lines = new Map<string, number>();
  return async ({ line, original, record, problem }) => {
    try {
      if (problem !== undefined) throw new Rejection(problem);
      const { key, apply } = readEntry(record);
      const earlier = lines.get(key);
      if (earlier !== undefined) throw new Rejection(`${key} is in line ${earlier} as well`);
      lines.set(key, line);
      return { line, key, ...(await apply()) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { line, original, action: 'rejected', reason: error.message };
    }
  };
}
