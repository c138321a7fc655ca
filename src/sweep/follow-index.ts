/** Goes through what a partition of the index `all-changes` has, once, over many runs: where one ends, the next begins. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { readFirst, type ChangeEntry } from '../changes/change-store';
import { send, tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import type { Progress } from './step';

interface PlaceItem {
  pk: 'SWEEP';
  /** The partition. */
  sk: string;
  /** The key of the last entry that has been dealt with. */
  place: string;
}

/** An entry can be as large as a product twice over: 25 MB. */
const mostAtOnce = 50;
const earliest = '0';

/**
 * Has `work` do what there is to do about entries before this time (in milliseconds since 1970), which is long enough ago for the
 * index to have them all; it answers how much that was. The place is kept when it has ended well: what fails is done again.
 */
export async function followIndex(
  partition: string,
  until: number,
  isTime: () => boolean,
  work: (entries: ChangeEntry[]) => Promise<number>,
): Promise<Progress> {
  const key = { pk: 'SWEEP', sk: partition } as const;
  let place = (await getItem(key, (item: PlaceItem) => item.place)) ?? earliest;
  let count = 0;
  while (isTime()) {
    const { entries, end } = await readFirst(partition, place, new Date(until).toISOString(), mostAtOnce);
    // The first is the last of those before.
    const news = entries.filter(({ changeKey }) => changeKey > place);
    if (news.length > 0) {
      count += await work(news);
      place = news.at(-1)?.changeKey ?? place;
      const item: PlaceItem = { ...key, place };
      await send(new PutCommand({ TableName: tableName, Item: item }));
    }
    if (end === undefined) return { count, complete: true };
  }
  return { count, complete: false };
}
