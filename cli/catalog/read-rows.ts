/** The records in the rows of a file: never two rows for one record, or for one slug, as which of them came last would be chance. */
import type { Row } from './files/row';
import type { Importer, ReadRow } from './importer';
import { Rejection } from './rejection';

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
  const keys = new Map<string, number>();
  const slugs = new Map<string, number>();
  const fromNames = new Map<string, number>();
  const refuse = (line: number | undefined, why: (line: number) => string) => {
    if (line !== undefined) throw new Rejection(why(line));
  };
  return ({ line, key, original, record, problem }, position) => {
    try {
      if (problem !== undefined) throw new Rejection(problem);
      const entry = read(record);
      const { slug, slugFromName } = entry;
      refuse(keys.get(entry.key), (earlier) => `${entry.key} is in line ${earlier} as well`);
      if (slug !== undefined) {
        refuse(slugs.get(slug), (earlier) => `the slug "${slug}" is in line ${earlier} as well`);
        refuse(
          fromNames.get(slug),
          (earlier) => `the slug "${slug}" may come from the name in line ${earlier}: say a slug there`,
        );
        slugs.set(slug, line);
      }
      keys.set(entry.key, line);
      if (slugFromName !== undefined) fromNames.set(slugFromName, line);
      // An earlier row is to have the slug that it names, and not one that may as well take another.
      return { position, line, key, original, entry, isLate: slugFromName !== undefined && slugs.has(slugFromName) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { position, line, key, original, reason: error.message };
    }
  };
}
