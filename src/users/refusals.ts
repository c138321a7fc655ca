/** What the rules on accounts refuse. */
import { ApplicationError } from '../errors';

export const accountExists = (value: string) =>
  new ApplicationError(
    'account_exists',
    'This address has an account already, which may be anybody’s: look at it first',
    {
      field: 'email',
      value,
    },
  );

export const accountUnproved = () =>
  new ApplicationError(
    'account_unproved',
    'Whoever has this account has not proved its address, and anybody can sign up with any: let them confirm it with the code that was mailed',
  );

export const lastAdmin = () =>
  new ApplicationError('last_admin', 'There would be no admin left who can sign in: make somebody else one first');
