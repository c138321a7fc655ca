/**
 * The sign-in of the page at /docs: tokens of the local user pool, renewed when they have run out, and given up at the sign-out.
 * Runs in the browser, which is given it without its types.
 */

/** Who is signed in, and what there is to say about it. */
interface State {
  session: Session | undefined;
  said: string;
}

/** The one sign-in of a page, which is shown whenever it changes; nothing is thrown, what goes wrong is said. */
export function newSignIn(pool: UserPool, show: (state: State) => void, now = Date.now) {
  let session: Session | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: Session | undefined, said: string): void {
    session = next;
    clearTimeout(timer);
    if (session) timer = setTimeout(() => void renewed(), session.until - now());
    show({ session, said });
  }

  /** A token that has run out gives way to a new one, or else the session is over. */
  async function renewed(): Promise<void> {
    if (!session) return;
    try {
      const next = await renew(pool, session);
      become(next, `The token had run out. Signed in again as ${describe(next)}`);
    } catch (error) {
      become(undefined, `The token of ${session.email} has run out. Sign in again. (${messageOf(error)})`);
    }
  }

  return {
    async signIn(email: string, password: string): Promise<void> {
      try {
        const next = await signIn(pool, email, password);
        become(next, `Signed in as ${describe(next)}`);
      } catch (error) {
        become(undefined, messageOf(error));
      }
    },

    async signOut(): Promise<void> {
      const ended = session;
      become(undefined, 'Signed out.');
      if (ended) await signOut(pool, ended);
    },

    /** What a call is sent with; a computer that slept has missed its timer. Undefined where nobody is signed in. */
    async token(): Promise<string | undefined> {
      if (session && session.until <= now()) await renewed();
      return session?.accessToken;
    },
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const describe = ({ email, groups, until }: Session) =>
  `${email}, in ${groups.length > 0 ? groups.join(' and ') : 'no group'}, with a token until ${new Date(until).toLocaleTimeString()}.`;

interface UserPool {
  cognitoUrl: string;
  clientId: string;
}

interface Session {
  email: string;
  groups: string[];
  accessToken: string;
  /** When the access token runs out, in milliseconds since 1970. */
  until: number;
  refreshToken: string;
}

interface Tokens {
  AccessToken: string;
  ExpiresIn: number;
  /** Not given again when tokens are renewed. */
  RefreshToken?: string;
}

/** Throws an `Error` with what the pool says against it. */
async function signIn(pool: UserPool, email: string, password: string): Promise<Session> {
  const AuthParameters = { USERNAME: email, PASSWORD: password };
  const tokens = await authenticate(pool, { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  return sessionOf(email, tokens, tokens.RefreshToken ?? '');
}

/** The same session with a new access token and the groups of now. Throws an `Error` where the pool ends the session. */
async function renew(pool: UserPool, { email, refreshToken }: Session): Promise<Session> {
  const AuthParameters = { REFRESH_TOKEN: refreshToken };
  const tokens = await authenticate(pool, { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });
  return sessionOf(email, tokens, refreshToken);
}

/** Nothing renews the session any more; its access token is good to the API until it runs out. */
async function signOut(pool: UserPool, { refreshToken }: Session): Promise<void> {
  await ask(pool, 'RevokeToken', { Token: refreshToken });
}

async function authenticate(pool: UserPool, request: object): Promise<Tokens> {
  const { AuthenticationResult, ChallengeName } = await ask(pool, 'InitiateAuth', request);
  if (!AuthenticationResult) throw new Error(`The user pool asks for something else first: ${ChallengeName ?? ''}.`);
  return AuthenticationResult;
}

interface Answer {
  AuthenticationResult?: Tokens;
  ChallengeName?: string;
  message?: string;
}

async function ask({ cognitoUrl, clientId }: UserPool, operation: string, request: object): Promise<Answer> {
  const response = await fetch(cognitoUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: clientId, ...request }),
  });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(answer.message ?? 'The user pool refused it.');
  return answer;
}

function sessionOf(email: string, { AccessToken, ExpiresIn }: Tokens, refreshToken: string): Session {
  return {
    email,
    groups: groupsIn(AccessToken),
    accessToken: AccessToken,
    until: Date.now() + ExpiresIn * 1000,
    refreshToken,
  };
}

function groupsIn(token: string): string[] {
  const claims = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const { 'cognito:groups': groups = [] } = JSON.parse(atob(claims)) as { 'cognito:groups'?: string[] };
  return groups;
}
