/**
 * The time until which a request may be worked on: what is under way then is given up, and nothing is begun that could
 * not end before.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';

interface Deadline {
  /** In milliseconds since 1970. A clock, because the timers of a process that was frozen ring late. */
  end: number;
  signal: AbortSignal;
}

/** Work finds the deadline that it was begun under, also when its process goes on with it during another request. */
const deadlines = new AsyncLocalStorage<Deadline>();

/** The time is up, or what is left of it does not suffice. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Does the work, within so many milliseconds. When they are over, or when the work fails with parts of it still under way,
 * `deadlineSignal` aborts what is left. Throws `DeadlineError`, and whatever `work` throws.
 */
export async function withinDeadline<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  // Each request under way listens; a page of categories has a hundred of them, and from eleven on Node takes it for a leak.
  setMaxListeners(0, controller.signal);
  const deadline = { end: Date.now() + milliseconds, signal: controller.signal };
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError()), milliseconds);
  });
  try {
    return await Promise.race([deadlines.run(deadline, work), over]);
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** An answer of our own beats being cut off by Lambda, which the gateway reports without a reason. */
const margin = 500;

/** The part of Lambda's context that says how long the function may take. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** As `withinDeadline`, until shortly before Lambda ends the function. */
export const withinInvocation = <Result>(invocation: Invocation, work: () => Promise<Result>): Promise<Result> =>
  withinDeadline(invocation.getRemainingTimeInMillis() - margin, work);

/** Aborts at the deadline; undefined outside of `withinDeadline`. */
export const deadlineSignal = (): AbortSignal | undefined => deadlines.getStore()?.signal;

/** Whether what takes up to so many milliseconds, begun now, ends before the deadline. */
export function isTimeFor(milliseconds: number): boolean {
  const deadline = deadlines.getStore();
  return !deadline || (!deadline.signal.aborted && Date.now() + milliseconds <= deadline.end);
}
