/** The rows of a CSV file (RFC 4180, in UTF-8, with any line ends), one by one. */
import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { Failure } from '../../../deployment/failure';
import { fromCell, type Cells } from './cells';
import { Rejection } from '../rejection';
import { annotations, type Row } from './row';

// Far more than the API takes in a request, and little enough to hold where a quote is not closed.
const longestRow = 2 ** 20;

/** Throws `Failure` for a file without the header, or with a quote that is not closed. */
export async function* readCsvRows(
  file: string,
  columns: string[],
  fromCells: (cells: Cells) => unknown,
): AsyncGenerator<Row> {
  const firstLines: number[] = [];
  let nextLine = 1;
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    // Rows that are not as they should be come out, too, so that the following ones do.
    relax_column_count: true,
    relax_quotes: true,
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
  pipeline(createReadStream(file), parser, () => undefined);
  const records: AsyncIterable<RawRecord> = parser;
  let header: string[] | undefined;
  try {
    for await (const { record, raw } of records) {
      const line = firstLines.shift() ?? nextLine;
      // As spreadsheets leave them at the end.
      if (record.every((cell) => cell === '')) continue;
      if (header) yield toRow({ record, raw }, line, header, fromCells);
      else header = checkHeader(record, columns, file);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure(
      `${file}: the row that begins in line ${nextLine} is too long, or does not end: close the quotes in it.`,
    );
  }
  if (!header) throw new Failure(`${file} is empty: its first line must name the columns ${columns.join(', ')}.`);
}

interface RawRecord {
  record: string[];
  /** Its text in the file; of a CR LF at the end, the CR alone. */
  raw: string;
}

const countLines = (raw: string) => raw.split('\n').length - (raw.endsWith('\n') ? 1 : 0);

function checkHeader(header: string[], columns: string[], file: string): string[] {
  const wrong = [
    ['missing', columns.filter((column) => !header.includes(column))],
    ['unknown', header.filter((column) => ![...columns, ...annotations].includes(column))],
    ['there twice', header.filter((column, index) => header.indexOf(column) !== index)],
  ] as const;
  const found = wrong.flatMap(([what, names]) => (names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]));
  if (found.length === 0) return header;
  throw new Failure(
    `${file} must name these columns in its first line, separated by commas: ${columns.join(', ')} (${found.join('; ')}).`,
  );
}

const wellFormed = /^(?:"[^"]*(?:""[^"]*)*"|[^",]*)(?:,(?:"[^"]*(?:""[^"]*)*"|[^",]*))*\r?\n?$/;

function toRow({ record, raw }: RawRecord, line: number, header: string[], fromCells: (cells: Cells) => unknown): Row {
  const lines = countLines(raw);
  const where = lines > 1 ? ` (it goes to line ${line + lines - 1})` : '';
  if (!wellFormed.test(raw)) {
    const problem = `a cell with a quote must be quoted, and the quote in it doubled${where}`;
    return { line, original: {}, problem };
  }
  if (record.length !== header.length) {
    const problem = `has ${record.length} cells instead of ${header.length}: quote cells with commas or line breaks${where}`;
    return { line, original: {}, problem };
  }
  const named = header.map((column, index) => [column, fromCell(record[index] ?? '')] as const);
  const original = Object.fromEntries(named.filter(([column]) => !annotations.includes(column)));
  try {
    return { line, original, record: fromCells(original) };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { line, original, problem: error.message };
  }
}
