/** The folder of a local stack: its data, its logs, and where its parts are. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../processes/start-error';

const data = ['dynamodb', 'cognito'];
const leftovers = ['stack.json', 'bundles', 'template', 'logs'];

/** Removes what an earlier run has left here, its data on a reset alone, and nothing that the stack has not made. */
export function prepareDirectory(directory: string, reset = false): void {
  try {
    mkdirSync(directory, { recursive: true });
    for (const name of reset ? [...leftovers, ...data] : leftovers) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The local data cannot be kept in ${directory} (${reason}): set LOCAL_DIR to another folder.`);
  }
}
