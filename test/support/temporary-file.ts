/** Files that a test writes, in a folder of their own. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'catalog-files-'));
}

/** The path of a new file. */
export function writeNew(name: string, content: string | Buffer): string {
  const file = path.join(newFolder(), name);
  writeFileSync(file, content);
  return file;
}
