/** Imports rows in batches, a bounded number at a time, with a result for each row in the order of the file. */
import type { Outcome } from './api/outcome';
import { inOrder } from './in-order';
import type { Entry, Importer } from './importers';
import { Rejection } from './rejection';
import type { Row } from './files/row';

export type Result = Imported | Rejected;

interface Imported {
  line: number;
  key: string;
  action: 'created' | 'changed' | 'unchanged';
  /** What was changed, as `Importer.describe` says it. */
  fields: string[];
  /** Whether the row has said which version it is based on. */
  isChecked: boolean;
}

export interface Rejected extends ReadFrom {
  action: 'rejected';
  reason: string;
}

type ReadFrom = Pick<Row, 'line' | 'key' | 'original'>;

interface Options {
  /** How many requests may be under way at once. */
  concurrency: number;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

/** With the entry that it holds, or what is wrong with it. */
type ReadRow = ReadFrom & ({ entry: Entry; waits: boolean } | { reason: string });

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
  const underWay = new Set<Promise<unknown>>();
  for await (const batch of batchesOf(rows, importer)) {
    yield () => {
      // An earlier row is to have the slug that it names, and not one that may as well take another.
      const waits = batch.some((row) => 'entry' in row && row.waits);
      const before = waits ? Promise.allSettled(underWay) : Promise.resolve();
      const run = before.then(() => importBatch(batch, importer, signal));
      underWay.add(run);
      return run.finally(() => underWay.delete(run));
    };
  }
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
  const keys = new Map<string, number>();
  const slugs = new Map<string, number>();
  const fromNames = new Map<string, number>();
  const refuse = (line: number | undefined, why: (line: number) => string) => {
    if (line !== undefined) throw new Rejection(why(line));
  };
  return ({ line, key, original, record, problem }) => {
    try {
      if (problem !== undefined) throw new Rejection(problem);
      const entry = read(record);
      const { slug, slugFromName } = entry;
      refuse(keys.get(entry.key), (earlier) => `${entry.key} is in line ${earlier} as well`);
      if (slug !== undefined) {
        refuse(slugs.get(slug), (earlier) => `the slug "${slug}" is in line ${earlier} as well`);
        refuse(
          fromNames.get(slug),
          (earlier) => `the slug "${slug}" may come from the name in line ${earlier}: say a slug there`,
        );
        slugs.set(slug, line);
      }
      keys.set(entry.key, line);
      if (slugFromName !== undefined) fromNames.set(slugFromName, line);
      return { line, key, original, entry, waits: slugFromName !== undefined && slugs.has(slugFromName) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { line, key, original, reason: error.message };
    }
  };
}

async function importBatch(batch: ReadRow[], importer: Importer, signal: AbortSignal): Promise<Result[]> {
  const entries = batch.flatMap((row) => ('entry' in row ? { line: row.line, ...row.entry } : []));
  const outcomes = entries.length === 0 ? new Map<number, Outcome>() : await importer.apply(entries, signal);
  return batch.flatMap((row) => {
    const { line, key, original } = row;
    if (!('entry' in row)) return { line, key, original, action: 'rejected', reason: row.reason } as const;
    const outcome = outcomes.get(line);
    if (!outcome) return [];
    if (outcome.action === 'rejected') return { line, key, original, ...outcome };
    const fields = outcome.action === 'changed' ? importer.describe(outcome.changes, row.entry) : [];
    return { line, key: row.entry.key, action: outcome.action, fields, isChecked: row.entry.version !== undefined };
  });
}
