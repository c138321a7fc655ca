/** The folder of a local stack: its data, its logs, and where its parts are. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stackFile } from '../../deployment/stack-info';
import { StartError } from '../processes/start-error';
import { lockDirectory, lockFile } from './lock';

const data = ['dynamodb', 'cognito', 's3', 'events'];
const leftovers = ['stack.json', 'bundles', 'template', 'logs'];

/**
 * Takes the folder for this process, and removes what an earlier start has left here, its data on a reset alone. What is
 * made from here on is for its owner alone: there are passwords, tokens and keys in it. Throws `StartError` where
 * another stack runs here, or the folder has something under these names that no stack has made.
 */
export function prepareDirectory(directory: string, reset = false): void {
  process.umask(0o077);
  try {
    mkdirSync(directory, { recursive: true });
    if (!isOurs(directory)) refuseForeign(directory);
    lockDirectory(directory);
    for (const name of reset ? [...leftovers, ...data] : leftovers) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
    // Made by a version that let others read it.
    for (const name of data.filter((name) => existsSync(path.join(directory, name)))) {
      chmodSync(path.join(directory, name), 0o700);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The local data cannot be kept in ${directory} (${reason}): set LOCAL_DIR to another folder.`);
  }
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
