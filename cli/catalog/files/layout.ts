/** The text of a file around and between its records, one record a line (in CSV, text with line breaks takes several). */
import { toLine, type Delimiter } from './cells';

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
