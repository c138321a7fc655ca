/** The rows of a file that a browser is given, as `npm run catalog -- import` reads them: loaded when somebody imports. */
import { CsvError, parse } from 'csv-parse/sync';
import { csvSyntax, isBlank } from '../../cli/catalog/files/cells';
import { countLineEnds, decoderFor, notUtf8, requireText } from '../../cli/catalog/files/encoding';
import { headerIn, saysSeparator, type Header, type Remedies, type Table } from '../../cli/catalog/files/header';
import { jsonRows } from '../../cli/catalog/files/json-rows';
import { rejectedLayout } from '../../cli/catalog/files/rejected-layout';
import type { Row } from '../../cli/catalog/files/row';
import { countLines, endless, longestRow, newRowReader, type RawRecord } from '../../cli/catalog/files/row-reader';
import { tables } from '../../cli/catalog/files/tables';
import type { Rejected } from '../../cli/catalog/import';

/** Of what a file holds. */
export type Kind = keyof typeof tables;

/** Throws an error whose sentence is for whoever has chosen the file. JSON is what its name says is JSON. */
export function readRows(name: string, bytes: Uint8Array, kind: Kind) {
  const text = decode(name, bytes);
  const isJson = /\.json$/i.test(name);
  const header = isJson ? undefined : headerIn(text.slice(0, longestHead), { path: name }, tables[kind], remedies);
  const rows = header ? csvRows(name, text, header, tables[kind]) : jsonRows(text, { path: name, kind });
  const { begin, write, between, end } = rejectedLayout(header);
  return {
    rows: [...rows],
    /** To be corrected, and chosen again. */
    rejectedFile: (rejected: readonly Rejected[]) => `${begin}${rejected.map(write).join(between)}${end}`,
  };
}

export type ReadFile = ReturnType<typeof readRows>;

const longestHead = 16_384;

const remedies: Remedies = {
  unknown: 'take the others out of the file',
  doubt: 'separate its cells by commas, semicolons or tabs alone',
};

function decode(name: string, bytes: Uint8Array): string {
  const text = decodeWith(decoderFor(bytes, name), bytes);
  if (text === undefined)
    throw notUtf8(name, 1 + countLineEnds(new TextDecoder().decode(bytes).split('\uFFFD')[0] ?? ''));
  requireText(text, name);
  return text;
}

/** Undefined where the bytes are not of that encoding. */
function decodeWith(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function* csvRows(name: string, text: string, header: Header, table: Table): Generator<Row> {
  const toRow = newRowReader(header, table);
  let line = 1;
  let isFirst = true;
  for (const record of recordsIn(name, text, header)) {
    if (!record.record.every(isBlank) && !(isFirst && saysSeparator(record.raw))) {
      if (!isFirst) yield toRow(record, line);
      isFirst = false;
    }
    line += countLines(record.raw);
  }
}

const isRawRecord = (value: unknown): value is RawRecord =>
  typeof value === 'object' && value !== null && 'record' in value && 'raw' in value;

function recordsIn(name: string, text: string, { delimiter }: Header): RawRecord[] {
  try {
    // With `raw`, which its types do not follow, it answers each record beside its text.
    const records: unknown[] = parse(text, { ...csvSyntax(delimiter), max_record_size: longestRow, raw: true });
    if (!records.every(isRawRecord)) throw new TypeError('There is a record without its text');
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw endless(name, Number(error['lines'] ?? 1));
  }
}
