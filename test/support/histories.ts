/** Histories as a reader would use them: what they say of a record, put together change by change. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';

const change = z.strictObject({ pointer: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) });

export const historyEntry = z.strictObject({
  version: z.number(),
  action: z.enum(['created', 'updated', 'deleted', 'restored']),
  at: z.iso.datetime(),
  by: z.string(),
  changes: z.array(change),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** Text, numbers and lists of a record by their JSON Pointers, without what the entries say of themselves. */
export function contentOf(record: object): Record<string, unknown> {
  const { id, version, updatedAt, updatedBy, productCount, ...content } = record as Record<string, unknown>;
  return Object.fromEntries(leaves('', content));
}

function leaves(parent: string, value: unknown): [pointer: string, value: unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[parent, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[parent, {}]];
  return entries.flatMap(([name, inner]) =>
    leaves(`${parent}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`, inner),
  );
}

/**
 * The content that a history leads to, or undefined for a record that is deleted at its end. Expects it to be told without a
 * gap: versions from 1, each change from what was there before, deletions from everything, creations and restorations from
 * nothing.
 */
export function rebuild(history: HistoryEntry[]): Record<string, unknown> | undefined {
  // Expected at the end, all at once: whole tables have many thousands of changes, and each `expect` takes its time.
  const gaps: object[] = [];
  let content: Map<string, unknown> | undefined;
  history.forEach(({ version, action, changes }, index) => {
    const comes = action === 'created' || action === 'restored';
    const follows =
      version === index + 1 && comes === (content === undefined) && (action === 'created') === (index === 0);
    if (!follows) gaps.push({ position: index + 1, version, action, there: content !== undefined });
    const next = new Map(content);
    for (const change of changes) {
      const { pointer, before, after } = change;
      const value = next.get(pointer);
      if (!isDeepStrictEqual(value, before)) gaps.push({ version, value, ...change });
      if (isDeepStrictEqual(after, before)) gaps.push({ version, unchanged: pointer });
      if (after === undefined) next.delete(pointer);
      else next.set(pointer, after);
    }
    if (action === 'deleted' && next.size > 0) gaps.push({ version, action, left: [...next] });
    content = action === 'deleted' ? undefined : next;
  });
  expect(gaps).toEqual([]);
  return content && Object.fromEntries(content);
}
