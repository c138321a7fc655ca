/** A row with several faults names them all: who corrects it would find one after the other otherwise. */
import type * as z from 'zod/mini';
import { readRecord, Rejection } from '../rejection';
import type { Cells } from './cells';

/**
 * The record in a row, not checked yet: texts, and what the readers make of other cells. Throws `Rejection` where one of these
 * cannot be read, with what the schema has against the rest.
 */
export function readCells(
  texts: Cells,
  schema: z.ZodMiniType,
  readers: Readonly<Record<string, () => unknown>>,
): Record<string, unknown> {
  const faults: string[] = [];
  const attempt = (read: () => unknown) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const record: Record<string, unknown> = { ...texts };
  for (const [field, read] of Object.entries(readers)) record[field] = attempt(read);
  if (faults.length === 0) return record;
  attempt(() => readRecord(schema, record));
  throw new Rejection(faults.join('; '));
}
