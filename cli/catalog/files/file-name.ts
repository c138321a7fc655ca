/** What a file's name says of its content: products or categories, as CSV or JSON. */
import path from 'node:path';
import { Failure } from '../../../deployment/failure';

export const kinds = ['products', 'categories'] as const;
export type Kind = (typeof kinds)[number];
type Format = 'csv' | 'json';

export interface CatalogFile {
  path: string;
  kind: Kind;
  format: Format;
}

/** The kind is the one that the name begins with, unless it is given. Throws `Failure` for a name that does not say enough. */
export function catalogFile(file: string, kind?: Kind): CatalogFile {
  const name = path.basename(file).toLowerCase();
  const format = (['csv', 'json'] as const).find((extension) => name.endsWith(`.${extension}`));
  if (!format) throw new Failure(`${file} is neither .csv nor .json: give it one of these endings.`);
  const named = kind ?? kinds.find((candidate) => name.startsWith(candidate));
  if (!named) {
    throw new Failure(`Does ${file} hold products or categories? Begin its name with one of them, or say --kind.`);
  }
  return { path: file, kind: named, format };
}

/** Where the rejected rows of an import go: `products.csv` has its in `products.rejected.csv`. */
export function rejectedFile({ path: file, format }: CatalogFile): string {
  return `${file.slice(0, -format.length)}rejected.${format}`;
}
