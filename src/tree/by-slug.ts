/** Reads the categories of an index partition by slug, up to a limit. */
import { readRange, type Range } from '../dynamodb/query-range';
import type { IndexPartition } from '../dynamodb/page';

type Partition = IndexPartition & Pick<Range, 'fields'>;

/**
 * All of them in the order of the index; if there are more than `most`, at least one more than that, which tells so.
 */
export async function readBySlug<Entry extends { id: string }>(partition: Partition, most: number): Promise<Entry[]> {
  const known = new Map<string, Entry>();
  for await (const entries of readRange<Entry>({ ...partition, from: '0', to: '~' })) {
    for (const entry of entries) known.set(entry.id, entry);
    if (known.size > most) break;
  }
  return [...known.values()];
}
