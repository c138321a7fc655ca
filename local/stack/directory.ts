/** The folder of a local stack: its data, its logs, and where its parts are. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { stackFile } from '../../deployment/stack-info';
import { StartError } from '../processes/start-error';
import { lockDirectory, lockFile } from './lock';

const data = ['dynamodb', 'cognito', 's3', 'events'];
const startEmpty = 'run "npm start -- --reset" to start empty';
const leftovers = ['stack.json', 'bundles', 'template', 'logs'];

/**
 * Takes the folder for this process, and removes what an earlier start has left here, its data on a reset alone. What is
 * made from here on is for its owner alone: there are passwords, tokens and keys in it. Throws `StartError` where
 * another stack runs here, or the folder has something under these names that no stack has made.
 */
export function prepareDirectory(directory: string, reset = false): void {
  process.umask(0o077);
  try {
    makeFolder(directory);
    if (!isOurs(directory)) refuseForeign(directory);
    lockDirectory(directory);
    for (const name of reset ? [...leftovers, ...data] : leftovers) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
    // Made by a version that let others read it.
    for (const folder of data.map((name) => path.join(directory, name)).filter((folder) => existsSync(folder))) {
      if (!isFolder(folder)) throw new StartError(`${folder} is no folder: ${startEmpty}.`);
      chmodSync(folder, 0o700);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The local data cannot be kept in ${directory} (${reasonOf(error)}): set LOCAL_DIR to another folder.`,
    );
  }
}

/** With those above it. One by one: Node's `recursive` never returns where the system makes none, as below /proc. */
function makeFolder(directory: string): void {
  if (isFolder(directory)) return;
  if (path.dirname(directory) !== directory) makeFolder(path.dirname(directory));
  try {
    mkdirSync(directory);
  } catch (error) {
    // Another start may have been faster.
    if (!isFolder(directory)) throw error;
  }
}

const isFolder = (name: string) => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;

const reasons: Readonly<Record<string, string>> = {
  // Which of the two it is depends on the version of Node.
  EEXIST: 'a file stands where a folder would be',
  ENOTDIR: 'a file stands where a folder would be',
  EACCES: 'it is closed to you',
  EPERM: 'it is closed to you',
  EROFS: 'nothing can be written there',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

/** The second one is what versions before the lock have left. */
const isOurs = (directory: string) => existsSync(lockFile(directory)) || existsSync(stackFile(directory));

function refuseForeign(directory: string): void {
  const taken = readdirSync(directory).filter((name) => [...leftovers, ...data].includes(name));
  if (taken.length === 0) return;
  throw new StartError(
    `${directory} has ${taken.join(' and ')}, which no local stack has made: set LOCAL_DIR to another folder.`,
  );
}
