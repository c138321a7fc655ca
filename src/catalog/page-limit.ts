/** How long the pages of a list are, and where they go on. */
import * as z from 'zod/mini';

/** The `limit` of a list, as it stands in a query string. */
export const pageLimit = z._default(
  z.pipe(z.string().check(z.regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100')), z.transform(Number)),
  25,
);

/** What is said of a `nextToken` that no page of the list can have had. */
export const tokenWanted = 'must be a token as the list gave it';
