/** Packages the service as `sls deploy` would, and looks into what comes out. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { projectRoot } from '../../local/service';

/** Runs `sls package`, which needs no network and no account. Answers the folder with template and zips. */
export function packageService(options: string[] = []): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-package-'));
  const serverless = path.join(projectRoot, 'node_modules', 'serverless', 'bin', 'serverless.js');
  execFileSync(process.execPath, [serverless, 'package', '--package', directory, ...options], {
    cwd: projectRoot,
    env: { ...process.env, BUNDLE_FOLDER: path.relative(projectRoot, path.join(directory, 'bundles')) },
    stdio: 'pipe',
    timeout: 120_000,
  });
  return directory;
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
