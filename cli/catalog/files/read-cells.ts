/** A row with several faults names them all: who corrects it would find one after the other otherwise. */
import * as z from 'zod/mini';
import { readRecord, Rejection } from '../rejection';
import type { Cells } from './cells';

/**
 * The record in a row, not checked yet: texts, and what the readers make of other cells. Throws `Rejection` where one of these
 * cannot be read, with what the schema has against the rest.
 */
export function readCells(
  texts: Cells,
  schema: z.ZodMiniObject,
  readers: Readonly<Record<string, () => unknown>>,
): Record<string, unknown> {
  const record: Record<string, unknown> = { ...texts };
  const faults = new Map<string, string>();
  const attempt = (field: string, read: () => unknown) => {
    try {
      record[field] = read();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      faults.set(field, error.message);
    }
  };
  for (const [field, read] of Object.entries(readers)) attempt(field, read);
  if (faults.size === 0) return record;
  const rest = z.omit(schema, Object.fromEntries([...faults.keys()].map((field) => [field, true as const])));
  attempt('', () => readRecord(rest, record));
  throw new Rejection([...faults.values()].join('; '));
}
