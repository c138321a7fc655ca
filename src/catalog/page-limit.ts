/** How long the pages of a list are. */
import * as z from 'zod/mini';

/** The `limit` of a list, as it stands in a query string. */
export const pageLimit = z._default(
  z.pipe(z.string().check(z.regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100')), z.transform(Number)),
  25,
);
