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

/** An entry can be as large as a product twice over: 25 MB. */
const mostOfPage = 50;
const earliest = '0';

/** 30 kB. Where more fail, something is out of order that every entry needs: then they wait where they are. */
const mostSetAside = 100;

/**
 * Has `work` do what there is to do about entries before this time (in milliseconds since 1970), which is long enough ago for the
 * index to have them all; it answers how much that was, and may be asked twice. An entry that it fails about is set aside, so that
 * others have their turn, and tried again in later runs; until it is done, the answer says that it failed.
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

  /** All at once, and each alone where one stands in the way. Those that failed, or undefined where the time was too short. */
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
    // The first is the last of those before.
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
  // Once each, those first that have waited longest; the rest of them next time, where none of a few can be done.
  for (let tried = 0; tried < before && isTime(); tried += mostAtOnce) {
    const again = setAside.slice(0, Math.min(mostAtOnce, before - tried));
    const failed = await workOff(again);
    if (!failed) break;
    await keep({ place, setAside: [...setAside.slice(again.length), ...failed] });
    if (failed.length === again.length) break;
  }
  return { count, failed: setAside.length, complete };
}
