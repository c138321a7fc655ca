/**
 * Reads the records in the rows of a file. Two rows for one record, or for one slug, are refused, because it would be
 * chance which of them came last.
 */
import type { Row } from './files/row';
import type { Importer, ReadRow } from './importer';
import { describePlace, Rejection } from './rejection';

export async function* readEntries(
  rows: AsyncIterable<Row> | Iterable<Row>,
  read: Importer['read'],
): AsyncGenerator<ReadRow> {
  const readRow = newReader(read);
  let position = 0;
  for await (const row of rows) {
    yield readRow(row, position);
    position += 1;
  }
}

/** Reads row by row; which slugs and keys earlier rows have taken is known. */
function newReader(read: Importer['read']): (row: Row, position: number) => ReadRow {
  const keys = new Map<string, string>();
  const slugs = new Map<string, string>();
  const fromNames = new Map<string, string>();
  const refuse = (place: string | undefined, why: (place: string) => string) => {
    if (place !== undefined) throw new Rejection(why(place));
  };
  return ({ record, problem, ...row }, position) => {
    const place = describePlace(row);
    try {
      if (problem !== undefined) throw new Rejection(problem);
      const entry = read(record);
      const { slug, slugFromName } = entry;
      refuse(keys.get(entry.key), (earlier) => `${entry.key} is in ${earlier} as well`);
      if (slug !== undefined) {
        refuse(slugs.get(slug), (earlier) => `the slug "${slug}" is in ${earlier} as well`);
        refuse(
          fromNames.get(slug),
          (earlier) => `the slug "${slug}" may come from the name in ${earlier}: say a slug there`,
        );
        slugs.set(slug, place);
      }
      keys.set(entry.key, place);
      if (slugFromName !== undefined) fromNames.set(slugFromName, place);
      // A row whose slug comes from its name waits: an earlier row that names this slug has to get it, and this one may
      // as well take another.
      return { position, ...row, entry, isLate: slugFromName !== undefined && slugs.has(slugFromName) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { position, ...row, reason: error.message };
    }
  };
}
