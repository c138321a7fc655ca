/** Histories as a reader would use them: what they say of a record, put together change by change. */
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

/** Text and numbers of a record by their JSON Pointers, without what the entries say of themselves. */
export function contentOf(record: object): Record<string, unknown> {
  const { id, version, updatedAt, updatedBy, productCount, ...content } = record as Record<string, unknown>;
  return Object.fromEntries(leaves('', content));
}

function leaves(parent: string, value: unknown): [pointer: string, value: unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [[parent, value]];
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
  let content: Map<string, unknown> | undefined;
  history.forEach(({ version, action, changes }, index) => {
    expect(version).toBe(index + 1);
    const comes = action === 'created' || action === 'restored';
    expect({ version, action, there: content !== undefined }).toEqual({ version, action, there: !comes });
    expect(action === 'created').toBe(index === 0);
    const next = new Map(content);
    for (const { pointer, before, after } of changes) {
      expect({ version, pointer, value: next.get(pointer) }).toStrictEqual({ version, pointer, value: before });
      expect(after).not.toEqual(before);
      if (after === undefined) next.delete(pointer);
      else next.set(pointer, after);
    }
    if (action === 'deleted') expect([...next]).toEqual([]);
    content = action === 'deleted' ? undefined : next;
  });
  return content && Object.fromEntries(content);
}
