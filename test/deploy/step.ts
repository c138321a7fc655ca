/** A step of the rehearsal: printed as one line with the time it took, and ended when it takes too long. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work`, which has this many seconds; `describe` adds what came out of it to the line. */
export async function step<Result>(
  title: string,
  limit: number,
  work: () => Promise<Result>,
  describe: (result: Result) => string = () => '',
): Promise<Result> {
  const start = performance.now();
  const done = new AbortController();
  const overdue = async (): Promise<never> => {
    await sleep(limit * 1000, undefined, { signal: done.signal });
    throw new Error(`it took longer than ${limit} s`);
  };
  try {
    const result = await Promise.race([work(), overdue()]);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${seconds.padStart(6)} s  ${[title, describe(result)].filter(Boolean).join(': ')}`);
    return result;
  } catch (error) {
    throw new Error(`${title}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    done.abort();
  }
}
