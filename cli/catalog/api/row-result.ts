/** What a bulk request says of a row, in the words of the file that the row comes from. */
import * as z from 'zod/mini';
import type { Schemas } from '../../../deployment/routes';
import { describePlace, fieldName, goneSince, lacking, noSuchCategory, staleVersion, type Place } from '../rejection';
import { refusalOf } from './answer';
import { fieldChange, type ProductOutcome } from './outcome';

export interface BulkRow extends Place {
  position: number;
  fields: Schemas['ProductRow'];
}

/** What a request has said of a row, and whether sending the row again may come to something else. */
export interface Said {
  row: BulkRow;
  outcome: ProductOutcome;
  again?: 'later' | 'at once' | undefined;
  /** Of the product, where the row leaves it as it is. */
  unchanged?: string | undefined;
  /** Whether a request before this one may have done it. */
  isRepeated?: boolean;
}

export const rowResult = z.discriminatedUnion('action', [
  z.object({
    action: z.enum(['created', 'changed', 'unchanged']),
    id: z.optional(z.string()),
    changes: z.array(fieldChange),
  }),
  z.object({
    action: z.literal('rejected'),
    problem: z.looseObject({
      status: z.number(),
      code: z.string(),
      /** What is wrong, as the row has it. */
      value: z.optional(z.string()),
      /** The position of the other row that is about the same. */
      row: z.optional(z.int()),
      /** The version that the product has by now. */
      currentVersion: z.optional(z.int()),
      errors: z.optional(z.array(z.looseObject({ pointer: z.string(), detail: z.string() }))),
    }),
  }),
]);

/** `rows` are those of the request. */
export function readResult(
  result: z.infer<typeof rowResult>,
  { fields: { version } }: BulkRow,
  rows: readonly BulkRow[],
): Omit<Said, 'row'> {
  if (result.action !== 'rejected') {
    const { action, id, changes } = result;
    return { outcome: { action, changes }, unchanged: action === 'unchanged' ? id : undefined };
  }
  const { code, status, value = '', row, currentVersion } = result.problem;
  const errors = result.problem.errors?.map((error) => ({
    ...error,
    pointer: error.pointer.replace(/^\/rows\/\d+/, ''),
  }));
  const rejected = (reason: string) => ({ action: 'rejected', reason }) as const;
  if (code === 'category_not_found') return { outcome: rejected(noSuchCategory(value)) };
  if (code === 'stale_version') return { outcome: rejected(staleVersion(version, currentVersion)) };
  // Without a version it would have been created.
  if (code === 'not_found') return { outcome: rejected(goneSince('product', version)) };
  const missing =
    errors?.filter(({ detail }) => detail === 'is required').map(({ pointer }) => fieldName(pointer)) ?? [];
  // An existing product has all of them, so this row would create one.
  if (missing.length > 0) return { outcome: rejected(lacking('product', missing)) };
  const other = row === undefined ? undefined : rows[row];
  // Of rows that name one SKU or slug, no two come here: this one wants what the other gives up, or takes without naming it.
  if (code === 'repeated_row' && other) {
    const reason = `slug: ${describePlace(other)} takes it or gives it up; import this row again after that`;
    return { outcome: { ...rejected(reason), conflict: 'row' } };
  }
  const outcome = rejected(notDone[code] ?? refusalOf('product', status, { ...result.problem, errors }));
  if (code === 'slug_taken') return { outcome: { ...outcome, conflict: 'product' } };
  return { outcome, again: again[code] };
}

const again: Readonly<Record<string, Said['again']>> = { busy: 'later', row_not_done: 'at once' };

/** What is said of rows that were sent again and again, and not done in the end. */
const notDone: Readonly<Record<string, string>> = {
  busy: 'the service was busy each time, and whether this was done is not known: import this row again',
  row_not_done: 'there was no room for it each time: import this row again',
};
