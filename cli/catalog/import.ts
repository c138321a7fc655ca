/** Imports rows in batches, a bounded number at a time, with a result for each row in the order of the file. */
import type { Outcome } from './api/outcome';
import { inOrder } from './in-order';
import type { Entry, Importer } from './importers';
import { Rejection } from './rejection';
import type { Row } from './files/row';

export type Result = Imported | Rejected;

interface Imported extends Extract<Outcome, { fields: string[] }> {
  line: number;
  key: string;
}

export interface Rejected extends Pick<Row, 'line' | 'original'> {
  action: 'rejected';
  reason: string;
}

interface Options {
  /** How many requests may be under way at once. */
  concurrency: number;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

/** With the entry that it holds, or what is wrong with it. */
type ReadRow = Pick<Row, 'line' | 'original'> & ({ entry: Entry } | { reason: string });

/**
 * What was begun comes to its end; then throws what would befall every other row, such as the `Failure` of a user who is not an
 * admin. A row of which an interruption left open what would have become of it has no result.
 */
export async function* importRows(
  rows: AsyncIterable<Row>,
  importer: Importer,
  options: Options,
): AsyncGenerator<Result> {
  for await (const results of inOrder(tasks(rows, importer, options.signal), options)) yield* results;
}

async function* tasks(rows: AsyncIterable<Row>, importer: Importer, signal: AbortSignal) {
  for await (const batch of batchesOf(rows, importer)) yield () => importBatch(batch, importer, signal);
}

/** What a request of 1 MiB holds beside its rows takes less than what is left. */
const mostBytes = 1024 * 1024 - 1024;

/** As many rows as go into one request; those that go into none are held as long as their neighbours. */
async function* batchesOf(rows: AsyncIterable<Row>, { read, mostRows }: Importer): AsyncGenerator<ReadRow[]> {
  const readRow = newReader(read);
  let batch: ReadRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const held = readRow(row);
    const more = 1 + Buffer.byteLength(JSON.stringify('entry' in held ? held.entry.fields : row.original));
    if (batch.length === mostRows || (batch.length > 0 && bytes + more > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(held);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

/** Never two rows for one record, or for one slug: which of them came last would be chance. */
function newReader(read: Importer['read']): (row: Row) => ReadRow {
  const lines = new Map<string, number>();
  return ({ line, original, record, problem }) => {
    try {
      if (problem !== undefined) throw new Rejection(problem);
      const entry = read(record);
      const names = [entry.key, ...(entry.slug === undefined ? [] : [`the slug "${entry.slug}"`])];
      for (const name of names) {
        const earlier = lines.get(name);
        if (earlier !== undefined) throw new Rejection(`${name} is in line ${earlier} as well`);
      }
      for (const name of names) lines.set(name, line);
      return { line, original, entry };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { line, original, reason: error.message };
    }
  };
}

async function importBatch(batch: ReadRow[], importer: Importer, signal: AbortSignal): Promise<Result[]> {
  const entries = batch.flatMap((row) => ('entry' in row ? { line: row.line, ...row.entry } : []));
  const outcomes = entries.length === 0 ? new Map<number, Outcome>() : await importer.apply(entries, signal);
  return batch.flatMap((row) => {
    const { line, original } = row;
    if (!('entry' in row)) return { line, original, action: 'rejected', reason: row.reason } as const;
    const outcome = outcomes.get(line);
    if (!outcome) return [];
    return outcome.action === 'rejected' ? { line, original, ...outcome } : { line, key: row.entry.key, ...outcome };
  });
}
