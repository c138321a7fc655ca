/** Brings many products to what rows say: in one request, and in others as long as rows are left to be done. */
import * as z from 'zod/mini';
import type { Schemas } from '../../../deployment/routes';
import { Failure } from '../../../deployment/failure';
import { describePlace, fieldName, goneSince, lacking, noSuchCategory, staleVersion, type Place } from '../rejection';
import { NoAnswer, reasonOf, understand } from './answer';
import type { Catalogue } from './catalogue';
import { backoff } from './gate';
import type { ProductOutcome } from './outcome';

interface BulkRow extends Place {
  position: number;
  fields: Schemas['ProductRow'];
}

interface Options {
  /** Nothing is written; the outcomes are what they would have been. */
  dryRun: boolean;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

/** What a request has said of a row, and whether sending the row again may come to something else. */
interface Said {
  row: BulkRow;
  outcome: ProductOutcome;
  again?: 'later' | 'at once' | undefined;
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
  let open = rows;
  for (let tries = 1; open.length > 0 && !(signal.aborted && open !== rows);) {
    const said = await ask(catalogue, open, dryRun);
    const left = tries < mostTries ? said.filter(({ again }) => again !== undefined) : [];
    for (const one of said) if (!left.includes(one)) outcomes.set(one.row.position, one.outcome);
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
  return rows.flatMap((row, position) => {
    const result = results[position];
    return result ? [{ row, ...read(result, row, rows) }] : [];
  });
}

const rowResult = z.discriminatedUnion('action', [
  z.object({
    action: z.enum(['created', 'changed', 'unchanged']),
    changes: z.array(
      z.object({ pointer: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
    ),
  }),
  z.object({
    action: z.literal('rejected'),
    problem: z.looseObject({
      status: z.number(),
      code: z.string(),
      /** What is wrong, as the row has it. */
      value: z.optional(z.string()),
      /** The position of the earlier row that is about the same. */
      row: z.optional(z.int()),
      /** The version that the product has by now. */
      currentVersion: z.optional(z.int()),
      errors: z.optional(z.array(z.looseObject({ pointer: z.string(), detail: z.string() }))),
    }),
  }),
]);

function read(
  result: z.infer<typeof rowResult>,
  { fields: { version } }: BulkRow,
  rows: readonly BulkRow[],
): Omit<Said, 'row'> {
  if (result.action !== 'rejected') return { outcome: { action: result.action, changes: result.changes } };
  const { code, status, value = '', row, currentVersion, errors } = result.problem;
  const rejected = (reason: string) => ({ action: 'rejected', reason }) as const;
  if (code === 'category_not_found') return { outcome: rejected(noSuchCategory(value)) };
  if (code === 'stale_version') return { outcome: rejected(staleVersion(version, currentVersion)) };
  // Without a version it would have been created.
  if (code === 'not_found') return { outcome: rejected(goneSince('product', version)) };
  const missing = errors?.filter(({ detail }) => detail === 'is required') ?? [];
  // A product that is there has all of them.
  if (missing.length > 0)
    return {
      outcome: rejected(
        lacking(
          'product',
          missing.map(({ pointer }) => fieldName(pointer.replace(/^\/rows\/\d+/, ''))),
        ),
      ),
    };
  const earlier = row === undefined ? undefined : rows[row];
  // Of rows that name one SKU or slug, no two come here: this one wants what the other gives up, or takes without naming it.
  if (code === 'repeated_row' && earlier) {
    const reason = `slug: ${describePlace(earlier)} takes it or gives it up; import this row again after that`;
    return { outcome: { ...rejected(reason), conflict: 'row' } };
  }
  const inRow = errors?.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/rows\/\d+/, '') }));
  const outcome = rejected(reasonOf(status, { ...result.problem, errors: inRow }));
  if (code === 'slug_taken') return { outcome: { ...outcome, conflict: 'product' } };
  return { outcome, again: again[code] };
}

const again: Readonly<Record<string, Said['again']>> = { busy: 'later', row_not_done: 'at once' };
