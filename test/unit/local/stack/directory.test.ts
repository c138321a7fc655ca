import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../../../command/bundle';
import { projectRoot } from '../../../../deployment/service';
import { StartError } from '../../../../local/processes/start-error';
import { prepareDirectory } from '../../../../local/stack/directory';
import { rounds } from '../../../support/depth';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'catalog-folder-'));

let script: string;

beforeAll(async () => {
  const [file = ''] = await bundle(['test/support/prepare-directory.ts']);
  script = file;
});

/** What a start says of this folder, in a process of its own, which ends at once. */
function start(directory: string, ...args: string[]): string {
  return spawnSync(process.execPath, [script, directory, ...args], { encoding: 'utf8', cwd: projectRoot }).stdout;
}

/** What one says that cannot have the folder. */
function refusal(directory: string, reset = false): string {
  const mask = process.umask(0o077);
  try {
    prepareDirectory(directory, reset);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  } finally {
    process.umask(mask);
  }
  throw new Error(`${directory} was prepared`);
}

/** A start that goes on until it is killed. */
async function startAndStay(directory: string) {
  const child = spawn(process.execPath, [script, directory, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('prepareDirectory', () => {
  it('keeps a second start out while the first one runs, even with --reset, and lets it in afterwards', async () => {
    const directory = newFolder();
    const first = await startAndStay(directory);
    mkdirSync(path.join(directory, 'dynamodb'));
    expect(start(directory, 'reset')).toBe(
      `A local stack runs in ${directory} already, as process ${first.pid}: end it with Ctrl-C, or set LOCAL_DIR to another folder.`,
    );
    expect(existsSync(path.join(directory, 'dynamodb'))).toBe(true);
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(start(directory)).toBe('prepared');
  });

  it('is not stopped by a process that has been given the same id since', () => {
    const directory = newFolder();
    writeFileSync(path.join(directory, 'stack.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    expect(start(directory)).toBe('prepared');
  });

  it('lets in one of many that come at once after one that died', async () => {
    const directory = newFolder();
    expect(start(directory)).toBe('prepared');
    const children = Array.from({ length: rounds(12) }, () =>
      spawn(process.execPath, [script, directory, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const said = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
    for (const child of children) child.kill('SIGKILL');
    expect(said.filter((text) => text === 'prepared')).toHaveLength(1);
    expect(said.filter((text) => text.startsWith('A local stack runs in'))).toHaveLength(children.length - 1);
    expect(readdirSync(directory)).toEqual(['stack.lock']);
  });

  it.each(['logs', 'template', 'bundles', 'dynamodb', 'cognito'])(
    'leaves %s alone in a folder that is not ours',
    (name) => {
      const directory = newFolder();
      mkdirSync(path.join(directory, name));
      writeFileSync(path.join(directory, name, 'mine'), 'kept');
      expect(refusal(directory, true)).toBe(
        `${directory} has ${name}, which no local stack has made: set LOCAL_DIR to another folder.`,
      );
      expect(readFileSync(path.join(directory, name, 'mine'), 'utf8')).toBe('kept');
    },
  );

  it('removes what an earlier start has left, its data on a reset alone, and nothing else', () => {
    const directory = newFolder();
    start(directory);
    for (const name of ['logs', 'dynamodb', 'other']) mkdirSync(path.join(directory, name));
    expect(start(directory)).toBe('prepared');
    expect(readdirSync(directory).sort()).toEqual(['dynamodb', 'other', 'stack.lock']);
    expect(start(directory, 'reset')).toBe('prepared');
    expect(readdirSync(directory).sort()).toEqual(['other', 'stack.lock']);
  });

  // Only Linux has folders in which none can be made, not even by root.
  const closed = '/proc/catalog/local';
  (existsSync('/proc/self') ? it : it.skip)('says at once that no folder can be made in one that takes none', () => {
    expect(refusal(closed)).toBe(
      `The local data cannot be kept in ${closed} (no folder can be made there): set LOCAL_DIR to another folder.`,
    );
  });

  it.each([
    ['in its place', ''],
    ['in the place of the folder above', 'below/it'],
  ])('says what is wrong where there is a file %s', (_, below) => {
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, 'kept');
    const directory = path.join(file, below);
    expect(refusal(directory, true)).toBe(
      `The local data cannot be kept in ${directory} (a file stands where a folder would be): set LOCAL_DIR to another folder.`,
    );
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('says what is wrong where the name is too long', () => {
    const directory = path.join(newFolder(), 'x'.repeat(300));
    expect(refusal(directory)).toMatch(/ \(its name is too long\): set LOCAL_DIR to another folder\.$/);
  });

  it('offers --reset where a file has the name of a folder with data', () => {
    const directory = newFolder();
    start(directory);
    const file = path.join(directory, 'cognito');
    writeFileSync(file, '');
    expect(start(directory)).toBe(`${file} is no folder: run "npm start -- --reset" to start empty.`);
    expect(start(directory, 'reset')).toBe('prepared');
  });

  it('makes folder and files for their owner alone, and closes the data of an earlier version', () => {
    const parent = newFolder();
    const directory = path.join(parent, 'made');
    start(directory);
    const mode = (name: string) => (statSync(path.join(directory, name)).mode & 0o777).toString(8);
    expect([mode('.'), mode('stack.lock')]).toEqual(['700', '600']);
    mkdirSync(path.join(directory, 'cognito'));
    chmodSync(path.join(directory, 'cognito'), 0o755);
    start(directory);
    expect(mode('cognito')).toBe('700');
  });
});
