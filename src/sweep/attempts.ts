/** Attempts at many things, a few at a time: one that fails, or never comes to an end, keeps no other from its turn. */
import { deadlineSignal, withinDeadline } from '../deadline';
import { log } from '../log';
import { sideBySide } from '../side-by-side';

export const mostAtOnce = 8;

/** In milliseconds: less than a run keeps at its end for what it has begun (`margin` in sweep.ts). */
const longest = 8_000;

/** Rejects where it fails, or takes too long; what is under way is given up then. */
export const attempt = <Result>(act: () => Promise<Result>): Promise<Result> => withinDeadline(longest, act);

interface Outcome<Item> {
  failed: Item[];
  /** Those that there was no time for. */
  left: Item[];
}

/** Says in the log what failed, under the names that `fieldsOf` gives it. Rejects where the run itself is over. */
export async function attemptEach<Item>(
  items: readonly Item[],
  isTime: () => boolean,
  fieldsOf: (item: Item) => Record<string, string>,
  act: (item: Item) => Promise<unknown>,
): Promise<Outcome<Item>> {
  const outcome: Outcome<Item> = { failed: [], left: [] };
  const take = async (item: Item) => {
    if (!isTime()) return void outcome.left.push(item);
    try {
      await attempt(() => act(item));
    } catch (error) {
      deadlineSignal()?.throwIfAborted();
      outcome.failed.push(item);
      log.error('sweep', fieldsOf(item), error);
    }
  };
  await sideBySide(items, take, mostAtOnce);
  return outcome;
}
