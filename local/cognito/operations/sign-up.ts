/** Signing up, by oneself. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { delivery, noSuchCode, sendCode, useCode } from '../codes';
import { lock, passwordText, requireStrength } from '../password';
import { findUser, requireUser, type Pool } from '../pool';
import type { User } from '../store';
import { attributeList, readOwnAttributes, requireAddress } from './attributes';
import { clientOperation, nameText } from './operation';

const SignUp = clientOperation(
  z.object({ Username: nameText, Password: passwordText, UserAttributes: z._default(attributeList, []) }),
  (pool, { Username, Password, UserAttributes }) => {
    const { email = Username, others } = readOwnAttributes(UserAttributes);
    if (!pool.settings.selfSignUp) {
      throw new ServiceError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
    }
    const user = newUser(pool, Username, email, Password, others);
    const CodeDeliveryDetails = sendCode(pool, user, 'sign-up');
    return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails };
  },
);

const ConfirmSignUp = clientOperation(
  z.object({ Username: nameText, ConfirmationCode: z.string() }),
  async (pool, { Username, ConfirmationCode }) => {
    const user = findUser(pool, Username);
    if (!user) throw noSuchCode();
    requireUnconfirmed(user);
    // The code went to the address, and so proves it.
    useCode(pool, user, 'sign-up', ConfirmationCode, (draft) => {
      draft.status = 'CONFIRMED';
      draft.emailVerified = true;
    });
    // As on AWS, a trigger that fails leaves the user confirmed.
    await pool.confirmed(requireUser(pool, user.sub), 'PostConfirmation_ConfirmSignUp');
    return {};
  },
);

const ResendConfirmationCode = clientOperation(z.object({ Username: nameText }), (pool, { Username }) => {
  const user = findUser(pool, Username);
  if (!user) return { CodeDeliveryDetails: delivery(Username) };
  if (user.status !== 'UNCONFIRMED') throw new ServiceError('InvalidParameterException', 'User is already confirmed.');
  return { CodeDeliveryDetails: sendCode(pool, user, 'sign-up') };
});

export const signUpOperations = { SignUp, ConfirmSignUp, ResendConfirmationCode };

/** Throws `ServiceError` where there is no sign-up to confirm. */
export function requireUnconfirmed({ status }: User): void {
  if (status !== 'UNCONFIRMED') {
    throw new ServiceError('NotAuthorizedException', `User cannot be confirmed. Current status is ${status}`);
  }
}

/** A user who has not confirmed anything yet. Throws `ServiceError` where the address has an account. */
export function newUser(
  pool: Pool,
  name: string,
  email: string,
  password: string,
  attributes: Record<string, string>,
  changes: Partial<User> = {},
): User {
  if (!name.includes('@')) throw new ServiceError('InvalidParameterException', 'Username should be an email.');
  requireAddress(name);
  if (email.toLowerCase() !== name.toLowerCase()) {
    throw new ServiceError('InvalidParameterException', 'Username and the attribute email are two addresses.');
  }
  requireStrength(password, pool.settings.passwordPolicy);
  if (findUser(pool, email)) {
    throw new ServiceError('UsernameExistsException', 'An account with the given email already exists.');
  }
  const sub = randomUUID();
  const now = Date.now();
  const user: User = {
    sub,
    email,
    emailVerified: false,
    attributes,
    status: 'UNCONFIRMED',
    enabled: true,
    password: lock(sub, password),
    passwordSetAt: now,
    groups: [],
    codes: {},
    createdAt: now,
    modifiedAt: now,
    ...changes,
  };
  pool.store.change(({ users }) => (users[sub] = user));
  return user;
}
