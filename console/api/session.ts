/** Who is signed in, as the console's function says it. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { send } from './client';
import { ownHeader } from './early';

export interface SignedIn {
  signedIn: true;
  email: string;
  sub: string;
  groups: string[];
  /** The routes of the API that they may use, as in `POST /products`. */
  routes: string[];
}

export type Session = SignedIn | { signedIn: false };

const ask = async (path: string, method: string): Promise<unknown> =>
  (await send(new Request(path, { method, headers: ownHeader }))).json();

export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: async () => (await ask('/console/session', 'GET')) as Session });

/** Ends the sign-in, and leads to where the hosted UI forgets it too. Throws `Problem` where it has not ended. */
export async function signOut(): Promise<void> {
  const { location } = (await ask('/console/sign-out', 'POST')) as { location: string };
  window.location.assign(location);
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
