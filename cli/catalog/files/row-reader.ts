/** One row of a CSV file: from its cells to the record that they hold. */
import { Failure } from '../../../deployment/failure';
import { Rejection } from '../rejection';
import { fromCell, isBlank, isFailedFormula, type Delimiter } from './cells';
import { countLineEnds } from './encoding';
import { nameOf, type Header, type Table } from './header';
import { annotations, type Row } from './row';

/** In characters: far more than the API takes in a request, and little enough to hold where a quote is not closed. */
export const longestRow = 2 ** 20;

export const endless = (file: string, line: number) =>
  new Failure(`${file}: the row that begins in line ${line} is too long, or does not end: close the quotes in it.`);

export interface RawRecord {
  record: string[];
  /** Its text in the file; of a CR LF at the end, the CR alone. */
  raw: string;
}

export const countLines = (raw: string) => countLineEnds(raw) + (/[\r\n]$/.test(raw) ? 0 : 1);

const failedFormula = (column: string, cell: string) =>
  `${column}: ${cell} is what a spreadsheet has put there: correct its formula, or write '${cell} if it is meant`;

const wellFormed = (delimiter: Delimiter) => {
  const cell = `(?:"[^"]*(?:""[^"]*)*"|[^"${delimiter}]*)`;
  return new RegExp(`^${cell}(?:${delimiter}${cell})*[\\r\\n]*$`);
};

/** What a record of the file holds, or why it cannot be read. */
export function newRowReader({ delimiter, names, width, columns }: Header, table: Table) {
  const syntax = wellFormed(delimiter);
  const keyIndex = columns.indexOf(table.key);

  function recordOf(cells: string[]): Readonly<Record<string, unknown>> {
    const counts = `has ${cells.length} cells instead of ${names.length}`;
    if (cells.length < names.length) {
      throw new Rejection(`${counts}: quote cells with line breaks in them, and write empty ones at the end, too`);
    }
    if (cells.length > width) throw new Rejection(`${counts}: quote cells with ${nameOf(delimiter)} in them`);
    const stray = cells.findIndex((cell, index) => !isBlank(cell) && isBlank(names[index] ?? ''));
    if (stray >= 0) throw new Rejection(`has "${cells[stray]}" in column ${stray + 1}, which has no name`);
    const texts: Record<string, string> = {};
    const cleared: Record<string, null> = {};
    for (const [index, column] of columns.entries()) {
      if (column === undefined || annotations.includes(column)) continue;
      const cell = cells[index] ?? '';
      if (isFailedFormula(cell)) throw new Rejection(failedFormula(column, cell.trim()));
      const said = fromCell(cell);
      if (said === null && !table.clearable.includes(column)) throw new Rejection(`${column}: cannot be cleared`);
      if (said === null) cleared[column] = said;
      else if (said !== undefined) texts[column] = said;
    }
    return { ...table.fromCells(texts, delimiter), ...cleared };
  }

  return ({ record: cells, raw }: RawRecord, line: number): Row => {
    const lines = countLines(raw);
    const where = lines > 1 ? ` (it goes to line ${line + lines - 1})` : '';
    const original = cells.filter((_, index) => !annotations.includes(columns[index] ?? ''));
    const key = cells[keyIndex]?.trim() || undefined;
    try {
      if (!syntax.test(raw)) {
        throw new Rejection(
          `a cell with a quote must be quoted, and the quote in it doubled: see whether it is read well`,
        );
      }
      return { line, key, original, record: recordOf(cells) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { line, key, original, problem: `${error.message}${where}` };
    }
  };
}
