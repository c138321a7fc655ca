/** Categories of an index partition by slug, all of them or more than are wanted. */
import { readRange, type Range } from '../dynamodb/query-range';
import type { IndexPartition } from '../dynamodb/page';

type Partition = IndexPartition & Pick<Range, 'fields'>;

/** In their order; where there are more than `most`, at least one more than that. */
export async function readBySlug<Entry extends { id: string }>(partition: Partition, most: number): Promise<Entry[]> {
  const known = new Map<string, Entry>();
  for await (const entries of readRange<Entry>({ ...partition, from: '0', to: '~' })) {
    for (const entry of entries) known.set(entry.id, entry);
    if (known.size > most) break;
  }
  return [...known.values()];
}
