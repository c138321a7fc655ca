/** The rows of a CSV file of products, as `npm run catalog -- import` reads it: loaded when somebody imports. */
import { CsvError, parse } from 'csv-parse/sync';
import { csvSyntax, isBlank } from '../../cli/catalog/files/cells';
import { categoryNames } from '../../cli/catalog/files/category-names';
import { countLineEnds, decoderFor, notUtf8, requireText } from '../../cli/catalog/files/encoding';
import { headerIn, type Header } from '../../cli/catalog/files/header';
import { productTable, readProduct } from '../../cli/catalog/files/product-record';
import { inCells } from '../../cli/catalog/files/rejected-layout';
import type { Row } from '../../cli/catalog/files/row';
import { countLines, endless, longestRow, newRowReader, type RawRecord } from '../../cli/catalog/files/row-reader';
import { describeChanges } from '../../cli/catalog/changes';
import { newReader } from '../../cli/catalog/read-rows';
import { describeErrors, noSuchCategory, staleVersion } from '../../cli/catalog/rejection';
import type { Category, Schemas } from '../api/client';

export interface FileRow {
  line: number;
  sku: string;
  original: unknown;
  /** What is sent; undefined where the file itself has something wrong. */
  fields?: Schemas['ProductRow'];
  reason?: string;
}

/** Throws an error whose sentence is for whoever has chosen the file. */
export function readProducts(name: string, bytes: Uint8Array, categories: readonly Category[]) {
  const text = decode(name, bytes);
  const header = headerIn(text.slice(0, longestHead), { path: name }, productTable);
  const { slugOf, show } = categoryNames(categories);
  const readRow = newReader((value) => readProduct(value, slugOf));
  const read = [...rowsIn(name, text, header)].map(readRow);
  // A row whose slug may come from its name goes after the one that names that slug.
  const late = (row: (typeof read)[number]) => 'entry' in row && row.isLate === true;
  const rows = [...read.filter((row) => !late(row)), ...read.filter(late)].map((row): FileRow => {
    const { line, key = '', original } = row;
    return 'entry' in row
      ? { line, sku: row.entry.key, original, fields: row.entry.fields }
      : { line, sku: key, original, reason: row.reason };
  });
  return { rows, describe: (row: FileRow, result: Schemas['RowResult']) => describe(row, result, show), rejectedFile };

  function rejectedFile(rejected: readonly (FileRow & { reason: string })[]): string {
    const { begin, write, end } = inCells(header);
    return `${begin}${rejected.map(write).join('')}${end}`;
  }
}

export type ProductsFile = ReturnType<typeof readProducts>;

const longestHead = 16_384;

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

function* rowsIn(name: string, text: string, header: Header): Generator<Row> {
  const toRow = newRowReader(header, productTable);
  let line = 1;
  let isFirst = true;
  for (const record of recordsIn(name, text, header)) {
    if (!record.record.every(isBlank)) {
      if (!isFirst) yield toRow(record, line);
      isFirst = false;
    }
    line += countLines(record.raw);
  }
}

function recordsIn(name: string, text: string, { delimiter }: Header): RawRecord[] {
  try {
    const options = { ...csvSyntax(delimiter), max_record_size: longestRow, raw: true };
    return parse(text, options) as unknown as RawRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw endless(name, Number(error['lines'] ?? 1));
  }
}

/** What has become of a row, or would: old and new values, or what is wrong, by the names of columns. */
function describe(
  { fields }: FileRow,
  { action, changes = [], problem }: Schemas['RowResult'],
  category: (id: unknown) => string,
): string {
  if (action === 'changed') return describeChanges(changes, { fields: { ...fields }, category }).join('; ');
  if (action !== 'rejected' || !problem) return '';
  const { code, detail, value = '', currentVersion, errors } = problem;
  if (code === 'category_not_found') return noSuchCategory(value);
  if (code === 'stale_version') return staleVersion(fields?.version, currentVersion);
  const inRow = errors?.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/rows\/\d+/, '') })) ?? [];
  return describeErrors(inRow) || detail;
}
