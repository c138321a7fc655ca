/** The record of all changes as a query asks for it. */
import * as z from 'zod/mini';
import { pageLimit, tokenWanted } from '../catalog/page-limit';
import { changeKey } from './change-key';

const instantPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/;
const instantWanted = 'must be a day or a time in UTC, as 2026-11-26 or 2026-11-26T14:30:00.000Z';

const isInstant = (text: string) => {
  const time = Date.parse(text);
  // JavaScript takes 31 February for 3 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
};

/** A day or a time as it is typed; as the entries have their times. */
export const instant = z.pipe(
  z.string().check(z.regex(instantPattern, { error: instantWanted, abort: true }), z.refine(isInstant, instantWanted)),
  z.transform((text: string) => new Date(text).toISOString()),
);

export const recordKind = z.enum(['product', 'category']);
export type RecordKind = z.infer<typeof recordKind>;
export const action = z.enum(['created', 'updated', 'deleted', 'restored']);

/** The query of `GET /admin/changes`: from `since` on, and before `until`. */
export const changeQuery = z
  .strictObject({
    since: z.optional(instant),
    until: z.optional(instant),
    by: z.optional(z.string().check(z.regex(/^[!-?A-~]{1,128}$/, 'must be the sub of a user, which is no address'))),
    action: z.optional(action),
    record: z.optional(recordKind),
    limit: pageLimit,
    nextToken: z.optional(z.string().check(z.regex(changeKey, tokenWanted))),
  })
  .check(
    z.refine(({ since, until }) => since === undefined || until === undefined || since < until, {
      path: ['until'],
      error: 'must be after since',
    }),
  );
export type ChangeQuery = z.infer<typeof changeQuery>;
