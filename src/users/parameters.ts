/** What requests about users may hold. */
import * as z from 'zod/mini';
import { levels } from '../access/policy';
import { pageLimit, tokenWanted } from '../catalog/page-limit';

/** Cognito's ids of users. */
export const sub = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be the id of a user, in lower case'));

/** Each group of the policy has a level. */
export const group = z.enum([...new Set(Object.values(levels).flat())]);

export const userPath = z.strictObject({ sub });

export const membershipPath = z.strictObject({ sub, group });

/** Cognito takes 128 characters at most, and its mail goes to addresses in ASCII. */
const email = z
  .string()
  .check(
    z.maxLength(128, 'must have at most 128 characters'),
    z.regex(/^[!-?A-~]+@[!-?A-~]+$/, 'must be an e-mail address'),
  );

export const invitation = z.strictObject({ email, group: z._default(group, 'user') });

export const userChanges = z.strictObject({ enabled: z.boolean() });

export const userQuery = z.strictObject({
  limit: pageLimit,
  /** Cognito's: no blanks, and short enough for an address, which has 10,240 bytes at API Gateway with all headers. */
  nextToken: z.optional(z.string().check(z.regex(/^[!-~]{1,2000}$/, tokenWanted))),
  /** How the address begins, in any case. */
  email: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
});
export type UserQuery = z.infer<typeof userQuery>;
