/** Imports rows in batches, a bounded number at a time, and those that have to wait for others after them. */
import type { Refusal } from './api/outcome';
import type { Row } from './files/row';
import { inOrder } from './in-order';
import type { Importer, Readable, ReadFrom, ReadRow } from './importer';
import { readEntries } from './read-rows';
import type { Place } from './rejection';

export type Result = Imported | Rejected;

interface Imported extends Place {
  position: number;
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

interface Options {
  /** How many requests may be under way at once. */
  concurrency: number;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

/**
 * Rows, by position, that were refused for a reason that other rows may remove. The rows themselves are read again,
 * because a file may be longer than memory.
 */
type Held = Map<number, Refusal>;

/**
 * A result for each row, not always in the order of the file, which `open` reads from its beginning. What was begun comes to
 * its end; then throws what would befall every other row, such as the `Failure` of a user who is not an admin. A row of which an
 * interruption left open what would have become of it has no result.
 */
export async function* importRows(
  open: () => AsyncIterable<Row> | Iterable<Row>,
  importer: Importer,
  { concurrency, signal }: Options,
): AsyncGenerator<Result> {
  const held: Held = new Map();
  const rows = () => readEntries(open(), importer.read);
  async function* pass(isMeant: (row: ReadRow) => boolean): AsyncGenerator<Result> {
    const meant = only(rows(), isMeant);
    const arranged = importer.arrange?.(meant) ?? meant;
    for await (const results of inOrder(tasks(arranged, importer, held, signal), { concurrency, signal }))
      yield* results;
  }
  let late = 0;
  yield* pass((row) => {
    if (isLate(row)) late += 1;
    return !isLate(row);
  });
  for (;;) {
    const again = new Set([...held].filter(([, { mayPass }]) => mayPass?.()).map(([position]) => position));
    if (again.size === 0) break;
    yield* pass(({ position }) => again.has(position));
    if (signal.aborted) return;
  }
  if (late > 0) yield* pass(isLate);
  if (held.size === 0 || signal.aborted) return;
  for await (const { position, line, inLine, key, original } of rows()) {
    const refusal = held.get(position);
    if (refusal) yield { position, line, inLine, key, original, action: 'rejected', reason: refusal.reason };
  }
}

const isLate = (row: ReadRow) => 'entry' in row && row.isLate === true;

async function* only(rows: AsyncIterable<ReadRow>, isMeant: (row: ReadRow) => boolean): AsyncGenerator<ReadRow> {
  for await (const row of rows) if (isMeant(row)) yield row;
}

async function* tasks(rows: AsyncIterable<ReadRow>, importer: Importer, held: Held, signal: AbortSignal) {
  const underWay = new Set<Promise<unknown>>();
  for await (const batch of batchesOf(rows, importer)) {
    yield () => {
      const waits = batch.some((row) => 'entry' in row && row.waits);
      const before = waits ? Promise.allSettled(underWay) : Promise.resolve();
      const run = before.then(() => importBatch(batch, importer, held, signal));
      underWay.add(run);
      return run.finally(() => underWay.delete(run));
    };
  }
}

/**
 * A request has 1 MiB. What is left here is enough for all that it holds beside its rows, and for what they have more
 * than in the file.
 */
const mostBytes = 1024 * 1024 - 8 * 1024;

const bytesOf = new TextEncoder();

/** As many rows as go into one request; those that go into none are held as long as their neighbours. */
async function* batchesOf(rows: AsyncIterable<ReadRow>, { mostRows }: Importer): AsyncGenerator<ReadRow[]> {
  let batch: ReadRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const more = 1 + bytesOf.encode(JSON.stringify('entry' in row ? row.entry.fields : row.original)).length;
    if (batch.length === mostRows || (batch.length > 0 && bytes + more > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

async function importBatch(batch: ReadRow[], importer: Importer, held: Held, signal: AbortSignal): Promise<Result[]> {
  const readable = batch.filter((row): row is Readable => 'entry' in row);
  const entries = readable.map(({ position, line, inLine, entry }) => ({ position, line, inLine, ...entry }));
  const outcomes = entries.length === 0 ? new Map<number, never>() : await importer.apply(entries, signal);
  return batch.flatMap((row): Result[] => {
    const { position, key, original } = row;
    const from = { position, line: row.line, inLine: row.inLine };
    held.delete(position);
    if (!('entry' in row)) return [{ ...from, key, original, action: 'rejected', reason: row.reason }];
    const outcome = outcomes.get(position);
    if (!outcome) return [];
    if (outcome.action !== 'rejected') {
      const { key, version } = row.entry;
      const { action } = outcome;
      const fields = importer.describe(outcome, row.entry);
      return [{ ...from, key, action, fields, isChecked: version !== undefined }];
    }
    if (!outcome.mayPass) return [{ ...from, key, original, action: 'rejected', reason: outcome.reason }];
    held.set(position, outcome);
    return [];
  });
}
