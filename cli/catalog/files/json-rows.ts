/** The rows of a JSON text: the objects of one array, in any layout. */
import * as z from 'zod/mini';
import { Failure } from '../../../deployment/failure';
import type { Place } from '../rejection';
import type { CatalogFile } from './file-name';
import { annotations, type Row } from './row';
import { records, tables } from './tables';

/** Throws `Failure` for a text that is not one array. */
export function* jsonRows(
  text: string,
  { path, kind, ignoreUnknown }: Pick<CatalogFile, 'path' | 'kind' | 'ignoreUnknown'>,
): Generator<Row> {
  for (const { line, inLine, text: element } of placed(elementsOf(text, path))) {
    const row = toRow(element, tables[kind].key);
    if (ignoreUnknown && row.record) row.record = pick(row.record, Object.keys(records[kind].shape));
    yield { line, ...(inLine !== undefined && { inLine }), ...row };
  }
}

interface Element extends Place {
  text: string;
}

/** Counted are those that share their line, as all do where a program has written the file. */
function* placed(elements: Iterable<Element>): Generator<Element> {
  let previous: Element | undefined;
  for (const element of elements) {
    const isShared = previous?.line === element.line;
    if (previous && isShared) previous.inLine ??= 1;
    if (previous) yield previous;
    previous = { ...element, inLine: isShared ? (previous?.inLine ?? 1) + 1 : undefined };
  }
  if (previous) yield previous;
}

/** What stands between the commas of the array, JSON or not: a record that cannot be read does not hide the next one. */
function* elementsOf(text: string, file: string): Generator<Element> {
  const opening = /^\s*\[/.exec(text)?.[0];
  if (opening === undefined) throw new Failure(`${file} must be a JSON array of records: it does not begin with [.`);
  // Strings, because they may hold everything else that counts here.
  const tokens = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[[\]{},\n]/g;
  tokens.lastIndex = opening.length;
  let depth = 1;
  let line = 1 + lineBreaks(opening);
  let start = { line, index: opening.length };
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (depth === 1 && (token === ',' || token === ']')) {
      const [, blanks = '', element = ''] = /^(\s*)([^]*)$/.exec(text.slice(start.index, index)) ?? [];
      // A comma after the last record is let pass.
      if (token === ',' || element !== '') yield { line: start.line + lineBreaks(blanks), text: element };
      start = { line, index: index + 1 };
      if (token === ',') continue;
      if (text.slice(index + 1).trim() === '') return;
      throw new Failure(`${file} must be one JSON array of records: more follows after its end in line ${line}.`);
    }
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    line += lineBreaks(token);
  }
  const after = start.line + lineBreaks(/^\s*/.exec(text.slice(start.index))?.[0] ?? '');
  throw new Failure(`${file} is not JSON: what begins in line ${after} does not end.`);
}

const lineBreaks = (text: string) => text.split('\n').length - 1;

/** What a file of rejected rows has besides. */
const ownNames = [...annotations, 'record'];

const object = z.record(z.string(), z.unknown());

function toRow(text: string, key: string): Omit<Row, 'line'> & { record?: Readonly<Record<string, unknown>> } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { original: text, problem: 'is not JSON' };
  }
  const { data: fields } = object.safeParse(value);
  if (!fields) return { original: value, problem: 'is not an object' };
  const record = Object.fromEntries(Object.entries(fields).filter(([name]) => !ownNames.includes(name)));
  const found = record[key];
  return { key: typeof found === 'string' ? found : undefined, original: record, record };
}

const pick = (record: Readonly<Record<string, unknown>>, known: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => known.includes(name)));
