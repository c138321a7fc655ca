/** The table's stream as Lambda hands it over: new history entries in batches, from the first failure on again. */
import { readTable } from './table-contents';

export interface EntryKey {
  pk: string;
  sk: string;
}

/** All that was ever written, in some order that keeps that of each record. */
export const readStream = async (): Promise<EntryKey[]> =>
  (await readTable()).filter(({ sk }) => sk.startsWith('HISTORY#')).map(({ pk, sk }) => ({ pk, sk }));

export const batchOf = (keys: EntryKey[], from = 0) => ({
  Records: keys.map(({ pk, sk }, at) => ({
    eventID: String(from + at),
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: sk } },
      SequenceNumber: String(from + at),
      StreamViewType: 'KEYS_ONLY',
    },
  })),
});

/** Undefined where the function did not live to answer, or threw. */
type Invoke = (
  batch: ReturnType<typeof batchOf>,
) => Promise<{ batchItemFailures: { itemIdentifier: string }[] } | undefined>;

/** Hands over all of it; answers how many batches that took. Throws where they are too many. */
export async function drain(
  keys: EntryKey[],
  invoke: Invoke,
  { batchSize = 25, mostBatches = 200 } = {},
): Promise<number> {
  let batches = 0;
  for (let from = 0; from < keys.length; batches += 1) {
    if (batches > mostBatches) throw new Error(`After ${batches} batches it is at ${from} of ${keys.length}`);
    const batch = keys.slice(from, from + batchSize);
    const answer = await invoke(batchOf(batch, from));
    if (!answer) continue;
    const failed = answer.batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
    from = failed.length > 0 ? Math.min(...failed) : from + batch.length;
  }
  return batches;
}
