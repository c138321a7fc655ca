/** What stands against reading or writing a file, in a sentence. */
import { stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Failure } from '../../../deployment/failure';

type Purpose = 'read' | 'written';

const systemError = z.object({ code: z.string(), syscall: z.string(), message: z.string() });

const reasons: Readonly<Record<string, Record<Purpose, string>>> = {
  ENOENT: { read: 'there is no such file', written: 'its folder is not there' },
  EACCES: { read: 'it is closed to you', written: 'it, or its folder, is closed to you' },
  ENOSPC: { read: 'the disk is full', written: 'the disk is full' },
};

/** A `Failure` for an error of the operating system; any other error as it is. */
export function fileFailure(path: string, purpose: Purpose, error: unknown): unknown {
  const { data } = systemError.safeParse(error);
  if (!data) return error;
  return new Failure(`${path} cannot be ${purpose}: ${reasons[data.code]?.[purpose] ?? data.message}.`);
}

/**
 * Throws a `Failure` where a folder, a pipe or a device has the name of a file. An import reads its file more than once, and
 * an export takes the name for another file: `/dev/null` would be one then, and what somebody has protected would be gone.
 */
export async function refuseOtherThanFile(path: string, purpose: Purpose): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && purpose === 'written' && (found.mode & writable) === 0) {
    throw new Failure(`${path} cannot be written: it is read-only.`);
  }
  if (!found || found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : 'a pipe or a device';
  throw new Failure(`${path} cannot be ${purpose}: it is ${kind}, and no file.`);
}

/** Of the mode of a file: whether anybody may write it. */
const writable = 0o222;
