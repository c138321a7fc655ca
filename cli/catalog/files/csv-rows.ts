/** The rows of a CSV file, one by one (RFC 4180, with any of our delimiters, and with any line ends). */
import { CsvError, parse } from 'csv-parse';
import { Readable, pipeline } from 'node:stream';
import { Failure } from '../../../deployment/failure';
import { Rejection } from '../rejection';
import { csvSyntax, fromCell, isBlank, type Delimiter } from './cells';
import type { CatalogFile } from './file-name';
import { countLineEnds, readText } from './file-text';
import { nameOf, readHeader, type Header, type Table } from './header';
import { annotations, type Row } from './row';

// Far more than the API takes in a request, and little enough to hold where a quote is not closed.
const longestRow = 2 ** 20;

/** Throws `Failure` for a file without the header, or with a quote that is not closed. */
export async function* readCsvRows(file: CatalogFile, table: Table): AsyncGenerator<Row> {
  const header = await readHeader(file, table);
  const firstLines: number[] = [];
  let nextLine = 1;
  const parser = parse({
    ...csvSyntax(header.delimiter),
    max_record_size: longestRow,
    raw: true,
    // Its own count of lines takes a line break inside quotes for two where it is CR LF.
    on_record: (record, { raw = '' }) => {
      firstLines.push(nextLine);
      nextLine += countLines(raw);
      return record;
    },
  });
  // An error of the file destroys the parser, and comes out there.
  pipeline(Readable.from(readText(file.path)), parser, () => undefined);
  const records: AsyncIterable<RawRecord> = parser;
  const toRow = newRowReader(header, table);
  let isFirst = true;
  try {
    for await (const { record, raw } of records) {
      const line = firstLines.shift() ?? nextLine;
      // As spreadsheets leave them at the end.
      if (record.every(isBlank)) continue;
      if (!isFirst) yield toRow({ record, raw }, line);
      isFirst = false;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure(
      `${file.path}: the row that begins in line ${nextLine} is too long, or does not end: close the quotes in it.`,
    );
  }
}

interface RawRecord {
  record: string[];
  /** Its text in the file; of a CR LF at the end, the CR alone. */
  raw: string;
}

const countLines = (raw: string) => countLineEnds(raw) + (/[\r\n]$/.test(raw) ? 0 : 1);

const wellFormed = (delimiter: Delimiter) => {
  const cell = `(?:"[^"]*(?:""[^"]*)*"|[^"${delimiter}]*)`;
  return new RegExp(`^${cell}(?:${delimiter}${cell})*[\\r\\n]*$`);
};

function newRowReader({ delimiter, names, width, columns }: Header, table: Table) {
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
      const said = fromCell(cells[index] ?? '');
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
