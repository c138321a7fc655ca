/** A process of Node that has the memory of a function: what it printed, or how it ended. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** Why it has printed nothing of use: its memory did not do, or it said `busy`, or nothing for too long. */
export type Ending = 'out of memory' | 'no answer';

/** Reading a million products takes minutes, of the embedded engine's time above all. */
const longest = 600_000;

const busy = z.object({ busy: z.literal(true) });

/** As Lambda's own start of Node has shared out the memory of a function: nine tenths for what is old. */
const limits = (memory: number | undefined) =>
  memory === undefined
    ? ['--max-old-space-size=8192']
    : [`--max-semi-space-size=${Math.floor(memory / 20)}`, `--max-old-space-size=${Math.floor((memory * 9) / 10)}`];

/** What Node printed as its last line, with so many MB or, undefined, as many as it wants; or how it ended. Throws where it ended otherwise. */
export async function runWithMemory<Result>(
  memory: number | undefined,
  args: string[],
  env: NodeJS.ProcessEnv,
  result: z.ZodMiniType<Result>,
): Promise<Result | Ending> {
  try {
    const options = { env, timeout: longest, maxBuffer: 1e8 };
    const { stdout } = await promisify(execFile)(process.execPath, [...limits(memory), ...args], options);
    const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const printed = z.union([busy, result]).parse(last);
    return typeof printed === 'object' && printed !== null && 'busy' in printed ? 'no answer' : printed;
  } catch (error) {
    if (!(error instanceof Error && 'signal' in error)) throw error;
    // Node ends itself when its memory does not do, and `execFile` what takes too long.
    if (error.signal === 'SIGABRT') return 'out of memory';
    if (error.signal === 'SIGTERM') return 'no answer';
    throw error;
  }
}
