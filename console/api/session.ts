/** Who is signed in, as the console's function says it. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { send } from './client';
import { ownHeader } from './early';
import { unreadable } from './problem';

export interface SignedIn {
  signedIn: true;
  email: string;
  sub: string;
  groups: string[];
  /** The routes of the API that they may use, as in `POST /products`. */
  routes: string[];
}

type Session = SignedIn | { signedIn: false };

const ask = async (path: string, method: string): Promise<unknown> =>
  (await send(new Request(path, { method, headers: ownHeader }))).json();

/** The console's own answer, and no other's. */
const isSession = (value: unknown): value is Session =>
  typeof value === 'object' && value !== null && 'signedIn' in value && typeof value.signedIn === 'boolean';

async function readSession(): Promise<Session> {
  const session = await ask('/console/session', 'GET');
  if (!isSession(session)) throw unreadable();
  return session;
}

const sessionKey = ['session'];

/** Asked anew by whoever comes back to the page: another tab may have ended the sign-in, or begun one of somebody else. */
export const useSession = () =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, refetchOnWindowFocus: 'always' });

/** What is known of it, without asking: undefined where nothing is. */
export const useIsSignedIn = (): boolean | undefined =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, enabled: false }).data?.signedIn;

/** Has the page know what an answer of the API has said. */
export const endSession = (queries: QueryClient) => queries.setQueryData<Session>(sessionKey, { signedIn: false });

/** Ends the sign-in, and leads to where the hosted UI forgets it too. Throws `Problem` where it has not ended. */
export async function signOut(): Promise<void> {
  const answer = await ask('/console/sign-out', 'POST');
  if (typeof answer !== 'object' || answer === null || !('location' in answer)) throw unreadable();
  window.location.assign(String(answer.location));
}

/** The sign-in, which comes back to an address below `/console`. */
export const loginAddress = (to: string) => `/console/login?to=${encodeURIComponent(to)}`;

const SignedInContext = createContext<SignedIn | undefined>(undefined);
export const SignedInProvider = SignedInContext.Provider;

/** Whoever is signed in, and whether they may use a route. */
export function useCaller() {
  const session = useContext(SignedInContext);
  if (!session) throw new Error('Nobody is signed in here');
  return { ...session, may: (route: string) => session.routes.includes(route) };
}
