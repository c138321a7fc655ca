/** Brings many products to what rows say: in one request, and in others as long as rows are left to be done. */
import * as z from 'zod/mini';
import { Failure } from '../../../deployment/failure';
import { NoAnswer, reasonOf, understand } from './answer';
import type { Catalogue } from './catalogue';
import { doneSince } from './done-before';
import { backoff } from './gate';
import type { ProductOutcome } from './outcome';
import { readResult, rowResult, type BulkRow, type Said } from './row-result';

interface Options {
  /** Nothing is written; the outcomes are what they would have been. */
  dryRun: boolean;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

const mostTries = 8;

/**
 * Outcomes by position; once the signal is aborted, not of those that were to be sent again. Where the database was busy, or no row
 * was done, all requests wait, eight times at most. Throws `Failure` where the API takes no rows at all.
 */
export async function sendBulk(
  catalogue: Catalogue,
  rows: readonly BulkRow[],
  { dryRun, signal }: Options,
): Promise<Map<number, ProductOutcome>> {
  const outcomes = new Map<number, ProductOutcome>();
  const began = Date.now();
  const inDoubt = new Set<BulkRow>();
  let open = rows;
  for (let tries = 1; open.length > 0 && !(signal.aborted && open !== rows);) {
    const said = await ask(catalogue, open, dryRun);
    const left = tries < mostTries ? said.filter(({ again }) => again !== undefined) : [];
    for (const { row, again, isRepeated } of said) if (isRepeated || again === 'later') inDoubt.add(row);
    for (const one of said) {
      if (left.includes(one)) continue;
      const { row, outcome, unchanged } = one;
      const done = unchanged !== undefined && inDoubt.has(row) && !dryRun;
      outcomes.set(row.position, (done && (await doneSince(catalogue, unchanged, began))) || outcome);
    }
    const waits = left.length === open.length || left.some(({ again }) => again === 'later');
    if (waits) catalogue.hold(backoff(tries));
    if (waits) tries += 1;
    open = left.map(({ row }) => row);
  }
  return outcomes;
}

async function ask(catalogue: Catalogue, rows: readonly BulkRow[], dryRun: boolean): Promise<Said[]> {
  const rejectAll = (reason: string) => rows.map((row) => ({ row, outcome: { action: 'rejected', reason } as const }));
  const path = '/admin/products/bulk';
  const body = { dryRun, rows: rows.map(({ fields }) => fields) };
  let answer;
  try {
    answer = await catalogue.POST(path, { body });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return rejectAll(error.message);
  }
  const { status } = answer.response;
  if (status === 404) throw new Failure(`The API has no POST ${path} (404): deploy this version first.`);
  if (status !== 200) return rejectAll(reasonOf(status, answer.error));
  const schema = z.object({ results: z.array(rowResult).check(z.length(rows.length)) });
  const { results } = understand(answer, 'POST', schema);
  const isRepeated = catalogue.wasSentBefore(answer.response);
  return rows.flatMap((row, position) => {
    const result = results[position];
    return result ? [{ row, isRepeated, ...readResult(result, row, rows) }] : [];
  });
}
