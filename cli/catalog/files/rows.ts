/** The rows of a file, as its name says what they are. */
import { categoryColumns } from './category-record';
import { readCsvRows } from './csv-rows';
import { fileFailure } from './file-failure';
import type { CatalogFile } from './file-name';
import { readJsonRows } from './json-rows';
import { fromProductCells, productColumns } from './product-record';
import type { Row } from './row';

/** Throws `Failure` for a file that cannot be read to its end. */
export async function* readRows({ path, kind, format }: CatalogFile): AsyncGenerator<Row> {
  try {
    if (format === 'json') yield* readJsonRows(path);
    else if (kind === 'products') yield* readCsvRows(path, productColumns, fromProductCells);
    else yield* readCsvRows(path, categoryColumns, (cells) => cells);
  } catch (error) {
    throw fileFailure(path, 'read', error);
  }
}

/** How many rows there are. Whoever counts first has seen that the file can be read to its end. */
export async function countRows(file: CatalogFile): Promise<number> {
  const rows = readRows(file);
  let count = 0;
  while (!(await rows.next()).done) count += 1;
  return count;
}
