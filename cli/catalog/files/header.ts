/** The first row of a CSV file: what separates its cells, and which columns it has. */
import { CsvError, parse } from 'csv-parse/sync';
import { Failure } from '../../../deployment/failure';
import { csvSyntax, delimiters, isBlank, type Cells, type Delimiter } from './cells';
import type { CatalogFile } from './file-name';
import { annotations } from './row';

/** The columns that files of one kind can have, and how a row of them is read. */
export interface Table {
  /** The column by which records are found: no row can do without. */
  key: string;
  columns: readonly string[];
  /** Those that a record can be without. */
  clearable: readonly string[];
  /** What is wrong with these columns together. */
  refusal?: (columns: readonly string[]) => string | undefined;
  /** The record, not checked yet. Throws `Rejection` for a cell that cannot be read. */
  fromCells: (cells: Cells, delimiter: Delimiter) => Readonly<Record<string, unknown>>;
}

export interface Header {
  delimiter: Delimiter;
  /** As they stand, without the empty ones at the end. */
  names: string[];
  /** With those. */
  width: number;
  /** Which of ours each is; undefined for one that is passed over. */
  columns: (string | undefined)[];
}

const namesOf: Readonly<Record<Delimiter, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
export const nameOf = (delimiter: Delimiter): string => namesOf[delimiter];

/** What can be done about columns that nobody knows, and about a row that may be separated by one thing or another. */
export interface Remedies {
  unknown: string;
  doubt: string;
}

/** What Excel takes for what separates cells, where a line of its own before the header row says so: `sep=;`. */
const separatorLine = /^"?sep=([^\r\n])"?[,;\t]*(?:\r\n|\n|\r|$)/i;
export const saysSeparator = (raw: string): boolean => separatorLine.test(raw);

function separatorIn(head: string, file: string): Delimiter | undefined {
  const sign = separatorLine.exec(head)?.[1];
  if (sign === undefined) return undefined;
  const delimiter = delimiters.find((candidate) => candidate === sign);
  if (!delimiter)
    throw new Failure(`${file} says that ${sign} separates its cells: save it with commas, semicolons or tabs.`);
  return delimiter;
}

/** `head` is the beginning of the file. Throws `Failure` for a file without one, or with one that leaves anything open. */
export function headerIn(
  head: string,
  { path, delimiter, ignoreUnknown }: Pick<CatalogFile, 'path' | 'delimiter' | 'ignoreUnknown'>,
  table: Table,
  remedies: Remedies,
): Header {
  const separator = delimiter ?? separatorIn(head, path);
  const rows = head.replace(separatorLine, '');
  const candidates = (separator ? [separator] : delimiters).map((candidate) => readNames(rows, candidate, table, path));
  const header = mostFitting(candidates, path, remedies.doubt);
  const named = header.columns.filter((column) => column !== undefined);
  const unknown = header.names.filter((name, index) => !isBlank(name) && header.columns[index] === undefined);
  const twice = named.filter((column, index) => named.indexOf(column) !== index);
  const separated = `separated by ${nameOf(header.delimiter)}`;
  const known = `Known are ${[...table.columns].join(', ')}`;
  if (!named.includes(table.key)) {
    throw new Failure(`${path} must have a column ${table.key} in its first row (${separated}). ${known}.`);
  }
  if (unknown.length > 0 && !ignoreUnknown) {
    throw new Failure(`${path} has columns that nobody knows: ${unknown.join(', ')}. ${known}; ${remedies.unknown}.`);
  }
  if (twice.length > 0) throw new Failure(`${path} has two columns for one thing: ${twice.join(', ')}.`);
  const refusal = table.refusal?.(named);
  if (refusal !== undefined) throw new Failure(`${path}: ${refusal}.`);
  return header;
}

function readNames(head: string, delimiter: Delimiter, { columns }: Table, file: string): Header {
  const known = new Map([...columns, ...annotations].map((column) => [fold(column), column]));
  const names = firstRow(head, delimiter, file);
  if (!names) throw new Failure(`${file} is empty: its first row must name columns, such as ${columns.join(', ')}.`);
  const width = names.length;
  while (isBlank(names.at(-1) ?? 'x')) names.pop();
  return { delimiter, names, width, columns: names.map((name) => known.get(fold(name))) };
}

/** Case and blanks do not matter, nor do the marks that nobody sees. */
const fold = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase();

function firstRow(head: string, delimiter: Delimiter, file: string): string[] | undefined {
  const options = { ...csvSyntax(delimiter), to: 1 };
  try {
    const rows: string[][] = parse(head, { ...options, skip_records_with_empty_values: true });
    return rows[0];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure(`${file} must name its columns in its first row: it does not end, close the quotes in it.`);
  }
}

/** The one that finds most of our columns. */
function mostFitting(candidates: Header[], file: string, remedy: string): Header {
  const score = ({ columns }: Header) => columns.filter((column) => column !== undefined).length;
  const best = Math.max(...candidates.map(score));
  const [first, ...others] = candidates.filter((candidate) => score(candidate) === best);
  const doubt = best > 0 && others.some(({ names }) => names[0] !== first?.names[0]);
  if (!first || doubt) {
    throw new Failure(`${file} may be separated by one thing or another: ${remedy}.`);
  }
  return first;
}
