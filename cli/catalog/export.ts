/** Exports products by SKU or categories by slug, in whatever order the API lists them: the same catalogue is the same file. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Routes } from '../../deployment/routes';
import { exportedCategories, exportedProducts, type Keyed } from './exported-records';
import { categoryColumns, toCategoryCells } from './files/category-record';
import { fileFailure, refuseOtherThanFile } from './files/file-failure';
import type { CatalogFile } from './files/file-name';
import { layoutOf, type Layout } from './files/layout';
import { productColumns, toProductCells } from './files/product-table';
import type { Progress } from './progress';
import { sortLines } from './files/sorted-lines';

export interface ExportFile extends CatalogFile {
  /** Whether a CSV file begins with a byte order mark, as it does unless this is false. */
  bom?: boolean;
}

/** The file gets its name once it is complete. Throws an `AbortError` when the signal is aborted before. */
export async function exportCatalog(
  file: ExportFile,
  routes: Routes,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await refuseOtherThanFile(file.path, 'written');
  // A link stays one.
  const target = await realpath(file.path).catch(() => file.path);
  const folder = await mkdtemp(`${target}.`).catch((error: unknown) => {
    throw fileFailure(file.path, 'written', error);
  });
  try {
    const unfinished = path.join(folder, 'unfinished');
    const text =
      file.kind === 'products'
        ? fileText(exportedProducts(routes, progress), layoutOf(file, productColumns, toProductCells), folder)
        : fileText(exportedCategories(routes, progress), layoutOf(file, categoryColumns, toCategoryCells), folder);
    await pipeline(text, createWriteStream(unfinished), { signal });
    const old = await stat(target).catch(() => undefined);
    if (old) await chmod(unfinished, old.mode & permissions);
    await rename(unfinished, target);
  } catch (error) {
    throw fileFailure(file.path, 'written', error);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Of the mode of a file; the rest of it says what kind of file it is. */
const permissions = 0o777;

async function* fileText<Item>(
  records: AsyncIterable<Keyed<Item>>,
  { begin, write, between, end }: Layout<Item>,
  folder: string,
): AsyncGenerator<string> {
  yield begin;
  let before = '';
  // No SKU and no slug has a character that sorts before the blank.
  for await (const line of sortLines(toLines(records, write), folder)) {
    yield `${before}${String(JSON.parse(line.slice(line.indexOf(' '))))}`;
    before = between;
  }
  yield end;
}

async function* toLines<Item>(records: AsyncIterable<Keyed<Item>>, write: (item: Item) => string) {
  for await (const [key, item] of records) yield `${key} ${JSON.stringify(write(item))}`;
}
