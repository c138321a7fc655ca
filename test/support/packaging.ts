/** Packages the service as `sls deploy` would, and looks into what comes out. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { copyService } from '../../local/stack/service-copy';

const run = promisify(execFile);

/** Runs `sls package`, which needs no network and no account. Answers the folder with template and zips, in a temporary one. */
export async function packageService(options: readonly string[]): Promise<string> {
  const directory = copyToPackage();
  const framework = path.join(directory, 'node_modules', 'serverless', 'bin', 'serverless.js');
  await run(process.execPath, [framework, 'package', ...options], { cwd: directory, timeout: 120_000 });
  return path.join(directory, '.serverless');
}

/**
 * What several `sls package` make, each under the name of its options. Answers their folders by these names. One process makes
 * them all: to load the framework takes longer than what it does then.
 */
export async function packageEach(options: Readonly<Record<string, readonly string[]>>) {
  const directory = copyToPackage();
  const folderOf = (name: string) => path.join(directory, 'packages', name);
  const runs = Object.entries(options).map(([name, given]) => JSON.stringify([...given, '--package', folderOf(name)]));
  const script = path.join(__dirname, 'package-each.js');
  await run(process.execPath, [script, ...runs], { cwd: directory, timeout: 120_000 });
  return Object.fromEntries(Object.keys(options).map((name) => [name, folderOf(name)]));
}

/** As an earlier package leaves one in the project's folder (test/infrastructure/page.test.ts). */
function leaveOlderPage(directory: string): void {
  const page = path.join(directory, '.console', 'page');
  mkdirSync(path.join(page, 'assets'), { recursive: true });
  for (const file of ['index.html.br', 'assets/old.js.br']) writeFileSync(path.join(page, file), 'of an older build');
}

function copyToPackage(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-package-'));
  copyService(directory);
  leaveOlderPage(directory);
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
