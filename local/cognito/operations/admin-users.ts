/** What an operator can do with users. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { sendCode } from '../codes';
import { lock, newTemporaryPassword, passwordText, requireStrength } from '../password';
import { attributesOf, changeUser, deleteUser, describeUser, requireUser, type Pool } from '../pool';
import type { User } from '../store';
import { attributeList, readAttributes, requireFreeAddress } from './attributes';
import { adminOperation, nameText, type PoolOperation } from './operation';
import { page, pageInput } from './page';
import { newUser, requireUnconfirmed } from './sign-up';

const named = z.object({ Username: nameText });

/** An operation on the one user whom it names. */
const onUser = (run: (pool: Pool, user: User) => object | Promise<object>): PoolOperation =>
  adminOperation(named, (pool, { Username }) => run(pool, requireUser(pool, Username)));

const AdminGetUser = onUser((_, user) => ({ ...describeUser(user), UserAttributes: attributesOf(user) }));

const ListUsers = adminOperation(
  z.object({ ...pageInput, PaginationToken: z.optional(z.string()), Filter: z._default(z.string(), '') }),
  ({ store }, { Limit, PaginationToken, Filter }) => {
    const start = readFilter(Filter).toLowerCase();
    // In any case, as Cognito finds every attribute but the username (ListUsers, "Filter").
    const found = Object.values(store.now.users).filter(({ email }) => email.toLowerCase().startsWith(start));
    const { items, next } = page(found, Limit, PaginationToken);
    return { Users: items.map(listed), PaginationToken: next };
  },
);

/** How addresses are to begin: `email ^= "jo"`, of Cognito's filters the one that is used here. Throws `ServiceError`. */
function readFilter(filter: string): string {
  if (filter === '') return '';
  const [, start] = /^email \^= "((?:[^"\\]|\\["\\])*)"$/.exec(filter) ?? [];
  if (start === undefined) {
    throw new ServiceError('InvalidParameterException', 'The local pool knows no filter but email ^= "…".');
  }
  return start.replaceAll(/\\(["\\])/g, '$1');
}

/** As lists have it. */
export const listed = (user: User) => ({ ...describeUser(user), Attributes: attributesOf(user) });

const AdminCreateUser = adminOperation(
  z.object({
    Username: nameText,
    TemporaryPassword: z.optional(passwordText),
    UserAttributes: z._default(attributeList, []),
    MessageAction: z.optional(z.enum(['RESEND', 'SUPPRESS'])),
  }),
  (pool, { Username, TemporaryPassword = newTemporaryPassword(), UserAttributes, MessageAction }) => {
    const { email = Username, verified, others } = readAttributes(UserAttributes);
    const user =
      MessageAction === 'RESEND'
        ? resent(pool, Username, TemporaryPassword)
        : newUser(pool, Username, email, TemporaryPassword, others, {
            status: 'FORCE_CHANGE_PASSWORD',
            emailVerified: verified === 'true',
          });
    if (MessageAction !== 'SUPPRESS') {
      pool.mail(user.email, `Your username is ${user.email} and temporary password is ${TemporaryPassword}`);
    }
    return { User: listed(user) };
  },
);

/** Another temporary password, for somebody whose first one is lost or over. */
function resent(pool: Pool, name: string, password: string): User {
  const { sub, status } = requireUser(pool, name);
  if (status !== 'FORCE_CHANGE_PASSWORD') {
    throw new ServiceError('UnsupportedUserStateException', `Resend not possible. ${status}`);
  }
  requireStrength(password, pool.settings.passwordPolicy);
  changeUser(pool, sub, (draft) => {
    draft.password = lock(sub, password);
    draft.passwordSetAt = Date.now();
  });
  return requireUser(pool, sub);
}

const AdminSetUserPassword = adminOperation(
  z.object({ Username: nameText, Password: passwordText, Permanent: z._default(z.boolean(), false) }),
  (pool, { Username, Password, Permanent }) => {
    const { sub } = requireUser(pool, Username);
    requireStrength(Password, pool.settings.passwordPolicy);
    changeUser(pool, sub, (draft) => {
      draft.password = lock(sub, Password);
      draft.passwordSetAt = Date.now();
      draft.status = Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    });
    return {};
  },
);

const AdminConfirmSignUp = onUser(async (pool, user) => {
  requireUnconfirmed(user);
  changeUser(pool, user.sub, (draft) => (draft.status = 'CONFIRMED'));
  await pool.confirmed(requireUser(pool, user.sub), 'PostConfirmation_ConfirmSignUp');
  return {};
});

const AdminUpdateUserAttributes = adminOperation(
  z.object({ Username: nameText, UserAttributes: attributeList }),
  (pool, { Username, UserAttributes }) => {
    const user = requireUser(pool, Username);
    const { email, verified, others } = readAttributes(UserAttributes);
    if (email !== undefined) requireFreeAddress(pool, email, user);
    // An operator who does not vouch for a new address leaves it to the user to prove it.
    const isPending = email !== undefined && email !== user.email && verified !== 'true';
    changeUser(pool, user.sub, (draft) => {
      Object.assign(draft.attributes, others);
      if (email !== undefined) draft.pendingEmail = isPending ? email : undefined;
      if (email !== undefined && !isPending) draft.email = email;
      if (verified !== undefined) draft.emailVerified = verified === 'true';
    });
    if (isPending) sendCode(pool, user, 'email', email);
    return {};
  },
);

const setEnabled = (enabled: boolean) =>
  onUser((pool, { sub }) => {
    changeUser(pool, sub, (draft) => (draft.enabled = enabled));
    if (!enabled) pool.sessions.revokeTokens(sub);
    return {};
  });

const AdminUserGlobalSignOut = onUser((pool, { sub }) => {
  pool.sessions.signOut(sub);
  return {};
});

const AdminDeleteUser = onUser((pool, { sub }) => {
  deleteUser(pool, sub);
  return {};
});

export const adminUserOperations = {
  AdminGetUser,
  ListUsers,
  AdminCreateUser,
  AdminSetUserPassword,
  AdminConfirmSignUp,
  AdminUpdateUserAttributes,
  AdminEnableUser: setEnabled(true),
  AdminDisableUser: setEnabled(false),
  AdminUserGlobalSignOut,
  AdminDeleteUser,
};
