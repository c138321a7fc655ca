/** History: what has been done to a record, as entries that say who did it, when, and what each changed field was before and after. */
import type { RecordFields } from './record';

/** One changed field, under its JSON Pointer (RFC 6901). Without a `before` it was not there, without an `after` it is no more. */
export interface Change {
  pointer: string;
  before?: unknown;
  after?: unknown;
}

export interface HistoryEntry {
  /** The version that this made of the record; a deletion and a restoration count as well. */
  version: number;
  action: 'created' | 'updated' | 'deleted' | 'restored';
  /** ISO 8601, UTC. */
  at: string;
  /** The caller's `sub`. */
  by: string;
  changes: Change[];
}

/** The fields of a record that its history keeps; the entries have the others themselves. */
type Tracked = Readonly<Record<string, unknown>>;

/** Who wrote which version, and when. */
export type Stamp = Pick<RecordFields, 'version' | 'updatedAt' | 'updatedBy'>;

/** The entry for what made `after` of `before`; one of them is missing for a record that comes or goes. */
export function historyEntry(
  action: HistoryEntry['action'],
  { version, updatedAt, updatedBy }: Stamp,
  { before = {}, after = {} }: { before?: Tracked; after?: Tracked },
): HistoryEntry {
  return { version, action, at: updatedAt, by: updatedBy, changes: difference(leavesOf(before), leavesOf(after)) };
}

function difference(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): Change[] {
  const pointers = new Set([...before.keys(), ...after.keys()]);
  return [...pointers].flatMap((pointer) => {
    const [was, is] = [before.get(pointer), after.get(pointer)];
    if (isEmptyObject(was) ? isEmptyObject(is) : isSame(was, is)) return [];
    return [{ pointer, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

/** Lists are compared as a whole. */
const isSame = (was: unknown, is: unknown) =>
  was === is || (Array.isArray(was) && Array.isArray(is) && JSON.stringify(was) === JSON.stringify(is));

/**
 * The values that are not objects, by their pointers, nested ones included. A list counts as one value, and so does an
 * empty object.
 */
function leavesOf(object: Tracked, parent = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(object)) {
    const pointer = `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isObject(value) && !Array.isArray(value) && !isEmptyObject(value)) {
      for (const [inner, leaf] of leavesOf(value, pointer)) leaves.set(inner, leaf);
    } else if (value !== undefined) leaves.set(pointer, value);
  }
  return leaves;
}

/**
 * What a record was before this entry, if it is `after` now; without an `after`, it has been deleted. `Content` is the
 * shape that the store gave the history: nobody else writes it, so it is not checked again.
 */
export function contentBefore<Content>({ changes }: Pick<HistoryEntry, 'changes'>, after: object = {}): Content {
  const leaves = leavesOf({ ...after });
  for (const { pointer, before } of changes) {
    if (before === undefined) leaves.delete(pointer);
    else leaves.set(pointer, before);
  }
  const fields = new Map<string, unknown>();
  const nested = new Map<string, [string, unknown][]>();
  for (const [pointer, value] of leaves) {
    const [field = '', inner] = pointer.slice(1).split('/').map(unescape);
    if (inner === undefined) fields.set(field, value);
    else nested.set(field, [...(nested.get(field) ?? []), [inner, value]]);
  }
  // Nested names come from callers: assignment would take `__proto__` for something else than a name.
  for (const [field, pairs] of nested) fields.set(field, Object.fromEntries(pairs));
  return Object.fromEntries(fields) as Content;
}

/** What one field was before and after this entry; the store gave it its shape, as with `contentBefore`. */
export function changeOf<Value>({ changes }: Pick<HistoryEntry, 'changes'>, field: string) {
  return (changes.find(({ pointer }) => pointer === `/${field}`) ?? {}) as { before?: Value; after?: Value };
}

const unescape = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

const isObject = (value: unknown): value is Tracked => typeof value === 'object' && value !== null;
const isEmptyObject = (value: unknown) => isObject(value) && Object.keys(value).length === 0;
