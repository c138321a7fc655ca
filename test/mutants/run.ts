/**
 * `npm run mutants`: puts small faults into a copy of the project, one at a time, and runs the test file that must fail of each.
 * Arguments name the files that are wanted, or the beginnings of their names. Ends with 1 where fewer than 97 of 100 are found.
 */
import { transform } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { faults as allFaults, type Fault } from './faults';

const leastFound = 0.97;
/** In milliseconds; a fault that makes a test run for ever is found by that. */
const longestRun = 120_000;

/** The project as it stands, with what is not committed yet, and the same packages. */
function copyProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'catalog-mutants-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: projectRoot, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    copyFileSync(path.join(projectRoot, file), path.join(copy, file));
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(copy, 'node_modules'));
  // Some tests ask git which files there are.
  execFileSync('git', ['init', '-q'], { cwd: copy });
  execFileSync('git', ['add', '-A'], { cwd: copy });
  return copy;
}

/** Whether all of these pass. */
function pass(copy: string, tests: string[]): boolean {
  const projects = new Set(tests.map((test) => test.split('/')[1] ?? ''));
  const args = [...tests, '--selectProjects', ...projects, '--silent', '--runInBand'];
  const jest = path.join('node_modules', '.bin', 'jest');
  const { status, signal } = spawnSync(jest, args, { cwd: copy, timeout: longestRun, stdio: 'ignore' });
  return status === 0 && signal === null;
}

/** Whether the test finds it. Throws for a fault that cannot be made. */
async function isFound(copy: string, { file, text, replacement, test }: Fault): Promise<boolean> {
  const place = path.join(copy, file);
  const original = readFileSync(place, 'utf8');
  const parts = original.split(text);
  if (parts.length !== 2) throw new Error(`${file} has "${text}" ${parts.length - 1} times.`);
  const mutated = parts.join(replacement);
  // What does not compile would fail every test.
  if (!file.endsWith('.yml')) {
    await transform(mutated, { loader: file.endsWith('.ts') ? 'ts' : 'js', logLevel: 'silent' });
  }
  writeFileSync(place, mutated);
  try {
    return !pass(copy, [test]);
  } finally {
    writeFileSync(place, original);
  }
}

export async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const faults = allFaults.filter(({ file }) => wanted.length === 0 || wanted.some((start) => file.startsWith(start)));
  const copy = copyProject();
  try {
    if (faults.length === 0) throw new Error(`There is no fault in any file that begins with ${wanted.join(' or ')}.`);
    for (const test of new Set(faults.map((fault) => fault.test))) {
      if (!pass(copy, [test])) throw new Error(`${test} fails without any fault.`);
    }
    let found = 0;
    for (const fault of faults) {
      const isOne = await isFound(copy, fault);
      if (isOne) found += 1;
      console.log(
        `${isOne ? 'found    ' : 'NOT FOUND'} ${fault.file}: ${JSON.stringify(fault.text)} → ${JSON.stringify(fault.replacement)}`,
      );
    }
    console.log(`${found} of ${faults.length} faults are found.`);
    if (found < leastFound * faults.length) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(copy, { recursive: true });
  }
}
