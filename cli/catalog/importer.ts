/** What the rows of a file are to the catalogue: records to be found by SKU or slug, and brought to what the row says. */
import type { Change, Outcome } from './api/outcome';
import type { Row } from './files/row';
import type { Place } from './rejection';

interface Entry<Fields extends object = object> {
  /** What its record is found by. */
  key: string;
  /** The slug that it is to have beside its key, or the one that a new record would get from its name. */
  slug?: string | undefined;
  slugFromName?: string | undefined;
  /** Which version the row is based on, where it says so and that is to be checked. */
  version?: number | undefined;
  /** What is sent. */
  fields: Fields;
}

/** Place and position are the row's. */
export type EntryInFile<Fields extends object = object> = Entry<Fields> & Place & Pick<ReadFrom, 'position'>;

export interface ReadFrom extends Place, Pick<Row, 'key' | 'original'> {
  /** Which row of the file it is, from 0: in JSON, a line can have several. */
  position: number;
}

export interface Readable<Fields extends object = object> extends ReadFrom {
  entry: Entry<Fields>;
  /** It comes after all others: its name may give a slug that one of them names. */
  isLate?: boolean;
  /** It is begun when all rows before it are done. */
  waits?: boolean;
}

interface Unreadable extends ReadFrom {
  reason: string;
}

/** A row with the entry that it holds, or what is wrong with it. */
export type ReadRow<Fields extends object = object> = Readable<Fields> | Unreadable;

export interface Importer<Fields extends object = object> {
  /** Throws `Rejection` for a record that the API would refuse. */
  read: (record: unknown) => Entry<Fields>;
  /** Puts the rows of a file in an order in which they can be done; without this it is that of the file. */
  arrange?(rows: AsyncIterable<ReadRow<Fields>>): AsyncIterable<ReadRow<Fields>>;
  /** How many rows go together. */
  mostRows: number;
  /** What has become of them, by position. Without an outcome is what was not done when the signal was aborted. */
  apply(entries: EntryInFile<Fields>[], signal: AbortSignal): Promise<Map<number, Outcome>>;
  /** What was done, or would be, field by field. */
  describe(change: Change, entry: Entry<Fields>): string[];
}

export interface ImporterOptions {
  /** Nothing is written; the outcomes are what they would have been. */
  dryRun: boolean;
  /** The versions in the file are not looked at. */
  ignoreVersion?: boolean;
}
