/** What a user or an operator may write about an account. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { findUser, type Pool } from '../pool';
import type { User } from '../store';

/** Names and values, as the API has them. */
export const attributeList = z.array(z.object({ Name: z.string(), Value: z._default(z.string(), '') }));
type AttributeList = z.infer<typeof attributeList>;

/** Cognito's standard attributes, but for the addresses and what is derived from them. */
const writable = new Set(
  'address birthdate family_name gender given_name locale middle_name name nickname picture preferred_username profile website zoneinfo'.split(
    ' ',
  ),
);

const invalid = (message: string) => new ServiceError('InvalidParameterException', message);

/** What a list of attributes asks for; `email` and `email_verified` apart from the others. Throws `ServiceError`. */
export function readAttributes(list: AttributeList) {
  const {
    email,
    email_verified: verified,
    ...others
  } = Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
  for (const name of Object.keys(others)) {
    if (!writable.has(name)) {
      throw invalid(`Attributes did not conform to the schema: ${name}: the local pool keeps no such attribute`);
    }
  }
  if (email !== undefined) requireAddress(email);
  return { email, verified, others };
}

/** The same for what users write about themselves: nobody vouches for their own address. Throws `ServiceError`. */
export function readOwnAttributes(list: AttributeList) {
  const { verified, ...asked } = readAttributes(list);
  if (verified !== undefined) {
    throw new ServiceError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
  }
  return asked;
}

/** Throws `ServiceError` where this is no address. */
export function requireAddress(text: string): void {
  if (!/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(text) || text.length > 128) throw invalid('Invalid email address format.');
}

/** One account per address, whatever its case. Throws `ServiceError` where another has it. */
export function requireFreeAddress(pool: Pool, email: string, owner: User): void {
  const holder = findUser(pool, email);
  if (holder && holder.sub !== owner.sub) {
    throw new ServiceError('AliasExistsException', 'An account with the given email already exists.');
  }
}
