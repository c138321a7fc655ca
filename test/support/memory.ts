/** What the API's process holds in memory, from outside and from within. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './eventually';
import type { NpmStart, StartSettings } from './npm-start';
import { processTree } from './process-tree';

/** What a stack must be started with for `heldBytes`. */
export const reportingMemory = {
  NODE_OPTIONS: `--require ${JSON.stringify(path.join(__dirname, 'report-memory.js'))}`,
};

/** The process that serves the API of a stack. */
export function apiProcess({ child }: NpmStart): number {
  const serving = processTree(child.pid ?? 0).find(
    ({ command }) => command.includes('--httpPort') && !command.some((word) => word.endsWith('run-with-parent.mjs')),
  );
  if (!serving) throw new Error('No process below npm start serves the API');
  return serving.pid;
}

/** Bytes that are still in use after a full collection: heap, and what hangs on it outside. */
export async function heldBytes(pid: number, { LOCAL_DIR }: StartSettings): Promise<number> {
  const reports = () => [...readFileSync(path.join(LOCAL_DIR, 'logs', 'api.log'), 'utf8').matchAll(/^held (\d+)$/gm)];
  const before = reports().length;
  process.kill(pid, 'SIGUSR2');
  return Number(await eventually('report of the memory held', () => reports()[before]?.[1]));
}
