/** One row of a file that is imported. */

export interface Row {
  /** Where it begins; the first line is 1. */
  line: number;
  /** What stands there, by column or field, for the file of rejected rows. Empty where that cannot be told. */
  original: Readonly<Record<string, unknown>>;
  /** The record that it holds, not checked yet. */
  record?: unknown;
  /** Why it holds none. */
  problem?: string;
}

/** What a file of rejected rows has besides: whoever corrects it may leave them in. */
export const annotations = ['line', 'reason'];
