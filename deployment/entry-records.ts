/** Entries of the record of all changes as records of the table's stream: for those who have no stream, or no more. */
import { versionOf } from '../src/changes/change-key';
import type { EntryKey } from '../src/changes/shard';

/** What the function that publishes events is sent; it names those that have to come again by their positions. */
export const toBatch = (entries: EntryKey[]) => ({
  Records: entries.map(({ changeKey, pk }, position) => ({
    eventID: changeKey,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: `HISTORY#${String(versionOf(changeKey)).padStart(10, '0')}` } },
      SequenceNumber: String(position),
      StreamViewType: 'KEYS_ONLY',
    },
  })),
});
