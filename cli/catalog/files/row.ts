/** One row of a file that is imported. */
import type { Place } from '../rejection';

export interface Row extends Place {
  /** The SKU or slug in it, as it stands, if it can be told. */
  key?: string | undefined;
  /** What stands there, for the file of rejected rows: the cells of CSV, a value of JSON, or the text that is none. */
  original: unknown;
  /** The record that it holds, not checked yet. */
  record?: Readonly<Record<string, unknown>>;
  /** Why it holds none. */
  problem?: string;
}

/** What a file of rejected rows has besides: whoever corrects it may leave them in. */
export const annotations = ['line', 'reason'];
