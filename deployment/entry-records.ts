/** Makes stream records of history entries, for those who have no stream, or whose stream has forgotten them. */
import { versionOf } from '../src/changes/change-key';
import type { EntryKey } from '../src/changes/shard';

/** Where an entry is in the table. */
export interface StoredEntry {
  pk: string;
  sk: string;
}

/** Where the table has the history entry that the record of all changes tells of. */
export const storedEntry = ({ changeKey, pk }: EntryKey): StoredEntry => ({
  pk,
  sk: `HISTORY#${String(versionOf(changeKey)).padStart(10, '0')}`,
});

/** What is sent to the function that publishes events. It names entries that have to come again by their positions. */
export const toBatch = (entries: StoredEntry[]) => ({
  Records: entries.map(({ pk, sk }, position) => ({
    eventID: `${pk} ${sk}`,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: sk } },
      SequenceNumber: String(position),
      StreamViewType: 'KEYS_ONLY',
    },
  })),
});
