/** Entries of histories as records of the table's stream: for those who have no stream, or no more. */
import { versionOf } from '../src/changes/change-key';
import type { EntryKey } from '../src/changes/shard';

/** Where an entry is in the table. */
export interface StoredEntry {
  pk: string;
  sk: string;
}

/** Where the table has what the record of all changes tells of. */
export const storedEntry = ({ changeKey, pk }: EntryKey): StoredEntry => ({
  pk,
  sk: `HISTORY#${String(versionOf(changeKey)).padStart(10, '0')}`,
});

/** What the function that publishes events is sent; it names those that have to come again by their positions. */
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
