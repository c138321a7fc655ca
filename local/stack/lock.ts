/** Keeps a second start out of a stack's folder while the first one runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { StartError } from '../processes/start-error';

const holder = z.object({ pid: z.int(), started: z.string() });

/** Stays when its process has ended, and so also marks a folder as one of the stack's. */
export const lockFile = (directory: string) => path.join(directory, 'stack.lock');

/** Holds the folder until this process ends, however it ends. Throws `StartError` where another one holds it. */
export function lockDirectory(directory: string): void {
  const file = lockFile(directory);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' }));
  try {
    // Two that come at once meet in `link`, which never replaces a file.
    while (!tryToLink(mine, file)) removeStale(file, directory);
  } finally {
    rmSync(mine);
  }
}

function tryToLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale(file: string, directory: string): void {
  const found = readIfThere(file);
  refuseIfHeld(found, directory);
  const taken = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, taken);
  } catch {
    // Someone else was faster.
    return;
  }
  const removed = readIfThere(taken);
  // Someone else was faster, and holds the folder now.
  if (removed !== found) tryToLink(taken, file);
  rmSync(taken, { force: true });
  if (removed !== found) refuseIfHeld(removed, directory);
}

function refuseIfHeld(text: string, directory: string): void {
  const { data } = holder.safeParse(parse(text));
  if (!data || startOf(data.pid) !== data.started) return;
  throw new StartError(
    `A local stack runs in ${directory} already, as process ${data.pid}: end it with Ctrl-C, or set LOCAL_DIR to another folder.`,
  );
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** When a process began, undefined where none has this id: ids are given again, but not at the same time. */
function startOf(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || undefined;
  }
  const stat = readIfThere(`/proc/${pid}/stat`);
  // proc_pid_stat(5): after the name in brackets, the state is first and the time of the start the twentieth.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : fields[18];
}
