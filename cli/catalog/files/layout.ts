/** The text of a file around and between its records, one record a line (in CSV, text with line breaks takes several). */
import { toLine, type Delimiter } from './cells';
import type { CatalogFile } from './file-name';

export interface Layout<Item> {
  begin: string;
  write: (item: Item) => string;
  between: string;
  end: string;
}

/** Spreadsheets take a file for UTF-8 where it begins with this, and for something older where it does not. */
const byteOrderMark = '\ufeff';

export const csvLayout = (names: readonly string[], delimiter: Delimiter, bom: boolean): Layout<readonly string[]> => ({
  begin: `${bom ? byteOrderMark : ''}${toLine(names, delimiter)}`,
  write: (cells) => toLine(cells, delimiter),
  between: '',
  end: '',
});

export const jsonLayout: Layout<object> = { begin: '[\n', write: JSON.stringify, between: ',\n', end: '\n]\n' };

/** `bom` says whether a CSV file begins with a byte order mark, as it does unless this is false. */
export function layoutOf<Item extends object>(
  { format, delimiter = ',', bom = true }: Pick<CatalogFile, 'format' | 'delimiter'> & { bom?: boolean },
  columns: readonly string[],
  toCells: (item: Item, delimiter: Delimiter) => string[],
): Layout<Item> {
  if (format === 'json') return jsonLayout;
  const { write, ...around } = csvLayout(columns, delimiter, bom);
  return { ...around, write: (item) => write(toCells(item, delimiter)) };
}
