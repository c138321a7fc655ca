/** The file of rejected rows, each with its line and the reason, to be corrected and imported again. */
import { open, type FileHandle } from 'node:fs/promises';
import * as z from 'zod/mini';
import { fileFailure } from './files/file-failure';
import { rejectedFiles, type CatalogFile } from './files/file-name';
import type { Header } from './files/header';
import { rejectedLayout, type RejectedRow } from './files/rejected-layout';

interface OwnFile {
  handle: FileHandle;
  path: string;
}

export interface RejectedRows {
  /** Throws a `Failure` where the file cannot be written. */
  add: (row: RejectedRow) => Promise<void>;
  /** The file, if there is anything in it, and all that was added. Throws as `add`. */
  end: () => Promise<string | undefined>;
}

/** A new file, in which everything stands as it did in the one that is imported. CSV has its header row. */
export function newRejectedRows(source: CatalogFile, header?: Header): RejectedRows {
  const { begin, write, between, end } = rejectedLayout(header);
  let file: OwnFile | undefined;
  let isWhole = true;
  const append = async ({ handle, path }: OwnFile, text: string) => {
    try {
      // Unlike `write`, which ends without an error where the disk has room for a part alone.
      await handle.appendFile(text);
    } catch (error) {
      isWhole = false;
      throw fileFailure(path, 'written', error);
    }
  };
  return {
    add: async (row) => {
      const before = file ? between : begin;
      file ??= await openNew(source);
      await append(file, `${before}${write(row)}`);
    },
    end: async () => {
      if (!file) return undefined;
      try {
        if (isWhole) await append(file, end);
      } finally {
        await file.handle.close();
      }
      return isWhole ? file.path : undefined;
    },
  };
}

/** The first that is not there yet. */
async function openNew(source: CatalogFile) {
  for (const path of rejectedFiles(source)) {
    try {
      return { handle: await open(path, 'wx'), path };
    } catch (error) {
      if (!isTaken.safeParse(error).success) throw fileFailure(path, 'written', error);
    }
  }
  throw new Error('There is no end of names');
}

const isTaken = z.object({ code: z.literal('EEXIST') });
