/** Exports products by SKU or categories by slug, in whatever order the API lists them: the same catalogue is the same file. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
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
  const target = await targetOf(file.path);
  const folder = await mkdtemp(`${target}.`).catch((error: unknown) => {
    throw fileFailure(file.path, 'written', error);
  });
  try {
    const whole = path.join(folder, unfinished);
    const text =
      file.kind === 'products'
        ? fileText(exportedProducts(routes, progress), layoutOf(file, productColumns, toProductCells), folder)
        : fileText(exportedCategories(routes, progress), layoutOf(file, categoryColumns, toCategoryCells), folder);
    await pipeline(text, createWriteStream(whole), { signal });
    const old = await stat(target).catch(() => undefined);
    if (old) await chmod(whole, old.mode & permissions);
    await rename(whole, target);
  } catch (error) {
    // Newer versions of Node put what ended with it beside it.
    signal.throwIfAborted();
    throw fileFailure(file.path, 'written', error);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A link stays one. */
const targetOf = (file: string) => realpath(file).catch(() => file);

/** The folders of other exports to this file: one that was killed has left its folder, and one that is under way has one too. */
export async function foldersOfOthers(file: string): Promise<string[]> {
  const { dir, base } = path.parse(await targetOf(file));
  const names = await namesIn(dir || '.');
  const folders = names
    .filter((name) => name.startsWith(`${base}.`) && random.test(name))
    .map((name) => path.join(dir, name));
  const contents = await Promise.all(folders.map(namesIn));
  return folders.filter((_, index) => contents[index]?.includes(unfinished));
}

/** None where it is no folder, or one that may not be looked into. */
const namesIn = (folder: string) => readdir(folder).catch((): string[] => []);

const unfinished = 'unfinished';

/** What `mkdtemp` puts behind the name. */
const random = /\.[A-Za-z0-9]{6}$/;

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
