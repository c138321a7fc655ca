/** What is shown to whoever is not signed in, at the first visit or in the middle of their work. */
import { Alert, Button, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { onSignedOut } from './api/client';
import { endSession, loginAddress, useSession } from './api/session';
import { Dialog } from './ui/dialog';
import { useSay } from './ui/messages';

const reasons: Readonly<Record<string, string>> = {
  cancelled: 'You have cancelled the sign-in.',
  stale: 'That sign-in was begun too long ago, in another browser, or has been used. Begin again.',
  unavailable: 'The sign-in does not answer just now. Try again in a moment.',
};

export function SignIn() {
  const [location] = useLocation();
  const search = useSearch();
  const hasFailed = location === '/sign-in-failed';
  const reason = reasons[new URLSearchParams(search).get('reason') ?? ''];
  const here = `/console${location === '/' ? '' : location}${search === '' ? '' : `?${search}`}`;
  const to = hasFailed ? '/console' : here;
  return (
    <main className="sign-in">
      <Title order={1}>Catalogue</Title>
      {hasFailed && (
        <Alert color="yellow" role="alert">
          {reason ?? 'Nobody has been signed in.'}
        </Alert>
      )}
      <Text>Sign in to look after products and categories.</Text>
      <Button component="a" href={loginAddress(to)}>
        Sign in
      </Button>
    </main>
  );
}

/** Tells whoever works, and has all read anew, where the sign-in of another tab is somebody else's: it is this tab's too. */
function useOtherPerson(): void {
  const queries = useQueryClient();
  const say = useSay();
  const { data: session } = useSession();
  const last = useRef<string>(undefined);
  const email = session?.signedIn ? session.email : undefined;
  useEffect(() => {
    if (email === undefined) return;
    if (last.current !== undefined && last.current !== email) {
      say(`You are signed in as ${email} now.`);
      void queries.invalidateQueries();
    }
    last.current = email;
  }, [email, say, queries]);
}

/** The sign-in has ended while somebody works: they sign in again in another tab, and what they have typed stays. */
export function SignInAgain() {
  const queries = useQueryClient();
  const { data: session, refetch } = useSession();
  const isOver = session?.signedIn === false;
  const [isClosed, setIsClosed] = useState(false);
  useOtherPerson();
  useEffect(
    () =>
      onSignedOut(() => {
        endSession(queries);
        // Whoever has closed the dialog, and goes on, is told again.
        setIsClosed(false);
      }),
    [queries],
  );
  useEffect(() => {
    if (!isOver) return undefined;
    const look = () => void refetch();
    window.addEventListener('focus', look);
    return () => {
      window.removeEventListener('focus', look);
      setIsClosed(false);
      void queries.invalidateQueries();
    };
  }, [isOver, refetch, queries]);
  if (!isOver || isClosed) return null;
  return (
    <Dialog title="Your sign-in has ended" close={() => setIsClosed(true)}>
      <Text>What you have typed is still here. Sign in again in a new tab, then come back and go on.</Text>
      <Button component="a" href={loginAddress('/console/signed-in')} target="_blank" rel="noopener">
        Sign in again
      </Button>
    </Dialog>
  );
}
