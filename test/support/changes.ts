/** Changes as tests expect them in a history. */
import { contentOf } from './histories';

export const change = (pointer: string, before: unknown, after: unknown) => ({ pointer, before, after });
export const added = (pointer: string, after: unknown) => ({ pointer, after });
export const removed = (pointer: string, before: unknown) => ({ pointer, before });

/** In the order of their pointers: a history promises none. */
export const sorted = <Change extends { pointer: string }>(changes: Change[]) =>
  [...changes].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));

/** Every field of a record, as what its coming or going changed. */
export const everyField = (record: object, side: (pointer: string, value: unknown) => { pointer: string }) =>
  sorted(Object.entries(contentOf(record)).map(([pointer, value]) => side(pointer, value)));
