/** What a file's name, or whoever gives it, says of its content: products or categories, as CSV or JSON. */
import path from 'node:path';
import { Failure } from '../../../deployment/failure';
import type { Delimiter } from './cells';

export const kinds = ['products', 'categories'] as const;
type Kind = (typeof kinds)[number];
export const formats = ['csv', 'json'] as const;
type Format = (typeof formats)[number];

export interface FileOptions {
  /** In place of what the name says. */
  kind?: Kind | undefined;
  format?: Format | undefined;
  /** Of a CSV file; without it, a header row says it itself, and a new file has commas. */
  delimiter?: Delimiter | undefined;
  /** Columns and fields that nobody knows are passed over. */
  ignoreUnknown?: boolean | undefined;
}

export interface CatalogFile extends FileOptions {
  path: string;
  kind: Kind;
  format: Format;
  /** By `stateOf`, where the file must stay as it is. */
  state?: string | undefined;
}

/** The kind is the one that the name begins with, unless it is given. Throws `Failure` for a name that does not say enough. */
export function catalogFile(file: string, options: FileOptions = {}): CatalogFile {
  const name = path.basename(file).toLowerCase();
  const format = options.format ?? formats.find((extension) => name.endsWith(`.${extension}`));
  if (!format)
    throw new Failure(`${file} is neither .csv nor .json: save it as one of them, or say by --format which it is.`);
  const kind = options.kind ?? kinds.find((candidate) => name.startsWith(candidate));
  if (!kind) {
    throw new Failure(`Does ${file} hold products or categories? Begin its name with one of them, or say --kind.`);
  }
  return { ...options, path: file, kind, format };
}

/**
 * Where the rejected rows of an import may go: `products.csv` has its in `products.rejected.csv`, where there is such a file in
 * `products.rejected-2.csv`, and so on; those of a file of rejected rows go beside it.
 */
export function* rejectedFiles({ path: file }: CatalogFile): Generator<string> {
  const { dir, name, ext } = path.parse(file);
  const base = path.join(dir, name.replace(/\.rejected(?:-\d+)?$/, ''));
  yield `${base}.rejected${ext}`;
  for (let number = 2; ; number += 1) yield `${base}.rejected-${number}${ext}`;
}
