/** A step of the rehearsal: printed as one line with the time it took, and ended where it hangs. */
import { setTimeout as sleep } from 'node:timers/promises';

/** In seconds, for what hangs alone. */
const limit = 300;

/** Runs `work`; `describe` adds what came out of it to the line. */
export async function step<Result>(
  title: string,
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
