/** The rows of a CSV file, one by one (RFC 4180, with any of our delimiters, and with any line ends). */
import { CsvError, parse } from 'csv-parse';
import { Readable, pipeline } from 'node:stream';
import { csvSyntax, isBlank } from './cells';
import type { CatalogFile } from './file-name';
import { readHead, readText } from './file-text';
import { headerIn, saysSeparator, type Remedies, type Table } from './header';
import type { Row } from './row';
import { countLines, endless, longestRow, newRowReader, type RawRecord } from './row-reader';

const options: Remedies = {
  unknown: '--ignore-unknown passes over the others',
  doubt: 'say --delimiter comma, semicolon or tab',
};

/** Throws `Failure` for a file without one, or with one that leaves anything open. */
export const readHeader = async (file: CatalogFile, table: Table) =>
  headerIn(await readHead(file), file, table, options);

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
  pipeline(Readable.from(readText(file)), parser, () => undefined);
  const records: AsyncIterable<RawRecord> = parser;
  const toRow = newRowReader(header, table);
  let isFirst = true;
  try {
    for await (const { record, raw } of records) {
      const line = firstLines.shift() ?? nextLine;
      // As spreadsheets leave them at the end.
      if (record.every(isBlank) || (isFirst && saysSeparator(raw))) continue;
      if (!isFirst) yield toRow({ record, raw }, line);
      isFirst = false;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw endless(file.path, nextLine);
  }
}
