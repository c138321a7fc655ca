/** The codes that the local pool mails. They are all the same, and as good as Cognito's: for one purpose, once, for a time. */
import { ServiceError } from '../aws-json/service-error';
import { changeUser, type Pool } from './pool';
import { confirmationCode } from './settings';
import type { User } from './store';

const hour = 3_600_000;
const lifetimes = { 'sign-up': 24 * hour, password: hour, email: 24 * hour };
type Purpose = keyof typeof lifetimes;

const subjects: Readonly<Record<Purpose, string>> = {
  'sign-up': 'Your confirmation code is',
  password: 'Your password reset code is',
  email: 'Your verification code is',
};

/** Mails a code, and answers where to, as the API says it. */
export function sendCode(pool: Pool, { sub, email }: User, purpose: Purpose, to = email) {
  changeUser(pool, sub, ({ codes }) => (codes[purpose] = Date.now() + lifetimes[purpose]));
  pool.mail(to, `${subjects[purpose]} ${confirmationCode}.`);
  return delivery(to);
}

/** Where a code goes or, for somebody whom the pool does not know, would go. */
export const delivery = (to: string) => ({
  AttributeName: 'email',
  DeliveryMedium: 'EMAIL',
  Destination: to.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***'),
});

export const noSuchCode = () =>
  new ServiceError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

/** Throws `ServiceError` unless this is a code that has been sent for this purpose, and is good still. */
function requireCode({ codes }: User, purpose: Purpose, code: string): void {
  if ((codes[purpose] ?? 0) < Date.now()) throw noSuchCode();
  if (code !== confirmationCode) {
    throw new ServiceError('CodeMismatchException', 'Invalid verification code provided, please try again.');
  }
}

/** Takes a code, which is good no more after that. Throws `ServiceError` where it is not good now. */
export function useCode(pool: Pool, user: User, purpose: Purpose, code: string, edit: (user: User) => void): void {
  requireCode(user, purpose, code);
  changeUser(pool, user.sub, (draft) => {
    Reflect.deleteProperty(draft.codes, purpose);
    edit(draft);
  });
}
