/** The text of a file around and between its records, one record a line (in CSV, text with line breaks takes several). */
import { stringify } from 'csv-stringify/sync';
import { toCell, type Cells } from './cells';

export interface Layout<Item> {
  begin: string;
  write: (item: Item) => string;
  between: string;
  end: string;
}

export function csvLayout<Item>(columns: string[], toCells: (item: Item) => Cells): Layout<Item> {
  return {
    begin: stringify([columns]),
    write: (item) => {
      const cells = toCells(item);
      return stringify([columns.map((column) => toCell(cells[column]))]);
    },
    between: '',
    end: '',
  };
}

export const jsonLayout: Layout<object> = { begin: '[\n', write: JSON.stringify, between: ',\n', end: '\n]\n' };
