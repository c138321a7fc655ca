/** The sign-ins of the local pool: what they give, for how long, and how they end. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { clientId as ownClientId, type Client } from './clients';
import { type Settings } from './settings';
import type { signingKey } from './signing-key';
import { entryOf, type Session, type Store, type User } from './store';
import { makeTokens, notAuthorized, readAccessToken, type Tokens } from './tokens';

/** The scope of whoever has signed in at the API itself; the operations on one's own account ask for it. */
export const ownAccountScope = 'aws.cognito.signin.user.admin';

export type Sessions = ReturnType<typeof newSessions>;

interface SignIn {
  scope?: string;
  nonce?: string | undefined;
  clientId?: string;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

export function newSessions(
  settings: Settings,
  store: Store,
  { privateKey, publicKey }: ReturnType<typeof signingKey>,
) {
  const userOf = (sub: string): User => {
    const user = entryOf(store.now.users, sub);
    if (!user) throw notAuthorized('User does not exist.');
    if (!user.enabled) throw notAuthorized('User is disabled.');
    return user;
  };

  const clientOf = (id: string): Client => {
    const client = settings.clients.get(id);
    if (!client) throw notAuthorized('There is no such client.');
    return client;
  };

  const tokensOf = (id: string, session: Session, nonce?: string): Tokens => {
    const user = userOf(session.sub);
    const groups = inOrder(store, user.groups);
    return makeTokens(settings, clientOf(session.clientId), privateKey, { ...user, groups }, { ...session, id, nonce });
  };

  const find = (refreshToken: string, clientId: string) => {
    const refreshHash = hash(refreshToken);
    const [id, session] =
      Object.entries(store.now.sessions).find(([, { refreshHash: own }]) => own === refreshHash) ?? [];
    const isGood = session && session.expiresAt >= Date.now() && session.clientId === clientId;
    return isGood ? { id: id ?? '', session } : undefined;
  };

  /** Those of a user, by the `origin_jti` of their tokens. */
  const ofUser = (sessions: Readonly<Record<string, Session>>, sub: string) =>
    Object.entries(sessions).filter(([, session]) => session.sub === sub);

  return {
    publicKey,

    /** The tokens of a new sign-in. Throws `ServiceError` where the user may not sign in. */
    signIn(sub: string, { scope = ownAccountScope, nonce, clientId = ownClientId }: SignIn = {}) {
      const id = randomUUID();
      const RefreshToken = `${id}.${randomBytes(32).toString('base64url')}`;
      const signedInAt = Date.now();
      const expiresAt = signedInAt + clientOf(clientId).validity.refresh * 1000;
      const session = { sub, clientId, scope, signedInAt, expiresAt, refreshHash: hash(RefreshToken) };
      const tokens = tokensOf(id, session, nonce);
      store.change(({ sessions }) => (sessions[id] = session));
      return { ...tokens, RefreshToken };
    },

    /** New tokens of an earlier sign-in by this client, with the groups that the user has now. Throws `ServiceError`. */
    refresh(refreshToken: string, clientId = ownClientId): Tokens {
      const found = find(refreshToken, clientId);
      if (!found) throw notAuthorized('Invalid Refresh Token');
      return tokensOf(found.id, found.session);
    },

    /** Ends the sign-in of a refresh token of this client, where there is one: its access tokens are no good here any more. */
    revoke(refreshToken: string, clientId = ownClientId): void {
      const found = find(refreshToken, clientId);
      if (found) store.change(({ sessions }) => Reflect.deleteProperty(sessions, found.id));
    },

    /** Ends all sign-ins of a user. */
    signOut(sub: string): void {
      store.change(({ sessions }) => {
        for (const [id] of ofUser(sessions, sub)) Reflect.deleteProperty(sessions, id);
      });
    },

    /**
     * Ends the tokens of a user, as being disabled does, but for refresh tokens: the API reference of AdminDisableUser says nothing
     * of these, so they may be good again once the user is enabled.
     */
    revokeTokens(sub: string): void {
      store.change(({ sessions }) => {
        for (const [id, session] of ofUser(sessions, sub)) {
          Reflect.deleteProperty(sessions, id);
          sessions[randomUUID()] = session;
        }
      });
    },

    /** Whether the sign-in that a token of this user comes from (`origin_jti`) still counts. */
    isCurrent: (sub: string, id: string): boolean =>
      entryOf(store.now.users, sub)?.enabled === true && entryOf(store.now.sessions, id)?.sub === sub,

    /** The user and the scopes of an access token whose sign-in still counts. Throws `ServiceError`. */
    readAccessToken(token: string): { user: User; scopes: string[] } {
      const { sub, origin_jti: id, scope } = readAccessToken(token, publicKey);
      if (entryOf(store.now.sessions, id)?.sub !== sub) throw notAuthorized('Access Token has been revoked');
      return { user: userOf(sub), scopes: scope.split(' ') };
    },
  };
}

/** In the order of precedence, as Cognito lists a user's groups. */
function inOrder({ now }: Store, names: readonly string[]): string[] {
  const precedence = (name: string) => now.groups.find(({ GroupName }) => GroupName === name)?.Precedence ?? Infinity;
  return names.toSorted((a, b) => precedence(a) - precedence(b) || a.localeCompare(b));
}
