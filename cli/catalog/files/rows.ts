/** The rows of a file, as its name says what they are. */
import { readCsvRows, readHeader } from './csv-rows';
import { fileFailure } from './file-failure';
import type { CatalogFile } from './file-name';
import type { Header } from './header';
import { readText } from './file-text';
import { jsonRows } from './json-rows';
import type { Row } from './row';
import { tables } from './tables';

/** Throws `Failure` for a file that cannot be read to its end. */
export async function* readRows(file: CatalogFile): AsyncGenerator<Row> {
  const { path, kind, format } = file;
  try {
    if (format === 'csv') yield* readCsvRows(file, tables[kind]);
    else yield* readJsonRows(file);
  } catch (error) {
    throw fileFailure(path, 'read', error);
  }
}

/** Memory holds the whole file, which may have 500 MB. */
async function* readJsonRows(file: CatalogFile): AsyncGenerator<Row> {
  let text = '';
  for await (const piece of readText(file)) text += piece;
  yield* jsonRows(text, file);
}

export interface Survey {
  rows: number;
  /** How many of them name a version. */
  versions: number;
}

/** Whoever surveys a file first has seen that it can be read to its end. Throws as `readRows`. */
export async function surveyRows(file: CatalogFile): Promise<Survey> {
  const survey: Survey = { rows: 0, versions: 0 };
  for await (const { record } of readRows(file)) {
    survey.rows += 1;
    if (record?.['version'] !== undefined) survey.versions += 1;
  }
  return survey;
}

/** The header row of a CSV file; a JSON file has none. Throws as `readRows`. */
export async function headerOf(file: CatalogFile): Promise<Header | undefined> {
  try {
    return file.format === 'csv' ? await readHeader(file, tables[file.kind]) : undefined;
  } catch (error) {
    throw fileFailure(file.path, 'read', error);
  }
}
