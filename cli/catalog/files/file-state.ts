/** Whether a file is still as it was: an import reads its file more than once, and knows rows by their positions. */
import { stat } from 'node:fs/promises';
import { Failure } from '../../../deployment/failure';
import { fileFailure } from './file-failure';

/** Another one once somebody has written the file, or put another in its place. Throws a `Failure` for what is not there. */
export async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileFailure(path, 'read', error);
  });
  return [found.ino, found.size, found.mtimeMs].join();
}

/** Throws a `Failure` where the state that the file must have is another by now. */
export async function requireState(path: string, state: string | undefined): Promise<void> {
  if (state === undefined || (await stateOf(path)) === state) return;
  throw new Failure(`${path} has changed since the import began: run the same again once nobody writes it any more.`);
}
