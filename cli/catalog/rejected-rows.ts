/** The file of rejected rows, each with its line and the reason, to be corrected and imported again. */
import { open, rm, type FileHandle } from 'node:fs/promises';
import * as z from 'zod/mini';
import { categoryColumns } from './files/category-record';
import type { Cells } from './files/cells';
import { rejectedFile, type CatalogFile } from './files/file-name';
import type { Rejected } from './import';
import { csvLayout, jsonLayout, type Layout } from './files/layout';
import { productColumns } from './files/product-record';
import { annotations } from './files/row';

export interface RejectedRows {
  add: (row: Rejected) => Promise<void>;
  /** The file, if there is anything in it. */
  end: () => Promise<string | undefined>;
}

/** Takes away the file that an earlier import has left. */
export async function newRejectedRows(source: CatalogFile): Promise<RejectedRows> {
  const path = rejectedFile(source);
  const { begin, write, between, end }: Layout<Annotated> = source.format === 'json' ? jsonLayout : inCells(source);
  await rm(path, { force: true });
  let file: FileHandle | undefined;
  return {
    add: async ({ line, reason, original }) => {
      const before = file ? between : begin;
      file ??= await open(path, 'w');
      await file.write(`${before}${write({ line, reason, ...original })}`);
    },
    end: async () => {
      await file?.write(end);
      await file?.close();
      return file && path;
    },
  };
}

interface Annotated extends Readonly<Record<string, unknown>> {
  line: number;
  reason: string;
}

const inCells = ({ kind }: CatalogFile) =>
  csvLayout([...annotations, ...(kind === 'products' ? productColumns : categoryColumns)], toCells);

/** Everything that a CSV file has is text. */
const toCells = ({ line, ...row }: Annotated): Cells => z.parse(cells, { ...row, line: String(line) });
const cells = z.record(z.string(), z.optional(z.string()));
