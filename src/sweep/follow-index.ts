/** Goes through what a partition of the index `all-changes` has, once, over many runs: where one ends, the next begins. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { readFirst, type ChangeEntry } from '../changes/change-store';
import { deadlineSignal } from '../deadline';
import { send, tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import { attempt, attemptEach, mostAtOnce } from './attempts';
import type { Progress } from './step';

/** All entries up to the place have been dealt with, but for those set aside. */
interface Place {
  /** The key of an entry. */
  place: string;
  setAside: ChangeEntry[];
}

interface PlaceItem extends Partial<Place> {
  pk: 'SWEEP';
  /** The name. */
  sk: string;
}

interface Followed {
  partition: string;
  /** Under which the place is kept. */
  name: string;
}

/** Entries that are read together. Each can hold a large product twice, so together they may have 25 MB. */
const mostOfPage = 50;
const earliest = '0';

/**
 * The most entries that are set aside, which take 30 kB. If more fail, something is broken that all entries need, and
 * they wait where they are.
 */
const mostSetAside = 100;

/**
 * Calls `work` with the entries up to this time (in milliseconds since 1970), which is long enough ago for the index to
 * have them all. `work` answers how much it has done, and may get an entry twice. An entry for which it fails is set
 * aside and tried again in later runs, so that others have their turn; until it succeeds, the answer counts it as
 * failed.
 */
export async function followIndex(
  { partition, name }: Followed,
  until: number,
  isTime: () => boolean,
  work: (entries: ChangeEntry[]) => Promise<number>,
): Promise<Progress> {
  const key = { pk: 'SWEEP', sk: name } as const;
  const found = await getItem(key, ({ place, setAside }: PlaceItem) => ({ place, setAside }));
  let { place = earliest, setAside = [] } = found ?? {};
  let [count, complete] = [0, false];

  /**
   * Has entries worked off together or, if that fails, one by one. Answers those that failed, or undefined if the time
   * was too short.
   */
  async function workOff(entries: ChangeEntry[]): Promise<ChangeEntry[] | undefined> {
    try {
      const done = await attempt(() => work(entries));
      count += done;
      return [];
    } catch {
      deadlineSignal()?.throwIfAborted();
    }
    const alone = async (entry: ChangeEntry) => {
      const done = await work([entry]);
      count += done;
    };
    const { failed, left } = await attemptEach(entries, isTime, ({ pk, sk }) => ({ pk, sk }), alone);
    return left.length === 0 ? failed : undefined;
  }

  async function keep(now: Place): Promise<void> {
    await send(new PutCommand({ TableName: tableName, Item: { ...key, ...now } satisfies PlaceItem }));
    ({ place, setAside } = now);
  }

  const before = setAside.length;
  while (isTime()) {
    const { entries, end } = await readFirst(partition, place, new Date(until).toISOString(), mostOfPage);
    // The range includes the place itself, which is the last entry of those before.
    const news = entries.filter(({ changeKey }) => changeKey > place);
    const last = news.at(-1);
    if (last) {
      const failed = await workOff(news);
      if (!failed || setAside.length + failed.length > mostSetAside) break;
      await keep({ place: last.changeKey, setAside: [...setAside, ...failed] });
    }
    complete = end === undefined;
    if (complete) break;
  }
  // Those set aside in earlier runs, once each, beginning with the one that has waited longest. If not one of a few
  // succeeds, the rest waits for the next run.
  for (let tried = 0; tried < before && isTime(); tried += mostAtOnce) {
    const again = setAside.slice(0, Math.min(mostAtOnce, before - tried));
    const failed = await workOff(again);
    if (!failed) break;
    await keep({ place, setAside: [...setAside.slice(again.length), ...failed] });
    if (failed.length === again.length) break;
  }
  return { count, failed: setAside.length, complete };
}
