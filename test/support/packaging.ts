/** Packages the service as `sls deploy` would, and looks into what comes out. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { copyService } from '../../local/stack/service-copy';

/** Runs `sls package`, which needs no network and no account. Answers the folder with template and zips, in a temporary one. */
export async function packageService(options: readonly string[]): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-package-'));
  copyService(directory);
  const serverless = path.join(directory, 'node_modules', 'serverless', 'bin', 'serverless.js');
  await promisify(execFile)(process.execPath, [serverless, 'package', ...options], {
    cwd: directory,
    timeout: 120_000,
  });
  return path.join(directory, '.serverless');
}

export interface PackagedFunction {
  name: string;
  /** Every file in the zip, by its path there. */
  files: Record<string, Uint8Array>;
}

export function packagedFunctions(directory: string): PackagedFunction[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.zip'))
    .map((file) => ({ name: path.parse(file).name, files: unzipSync(readFileSync(path.join(directory, file))) }));
}
