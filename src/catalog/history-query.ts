/** How a history is asked for. Kept apart from history.ts, so that functions that write do not load this schema. */
import * as z from 'zod/mini';
import { pageLimit, tokenWanted } from './page-limit';

/** The query of a record's history; the token is the version of the last entry seen. */
export const historyQuery = z.strictObject({
  limit: pageLimit,
  nextToken: z.optional(z.string().check(z.regex(/^[1-9]\d{0,9}$/, tokenWanted))),
});
export type HistoryQuery = z.infer<typeof historyQuery>;
