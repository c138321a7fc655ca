/** What stands in the place of content that is not there: on its way, failed, or none. */
import { Alert, Loader, Text } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { fieldFaults, isPassing, isSignedOut, Problem } from '../api/problem';
import { useIsSignedIn } from '../api/session';
import { focusHeading } from './heading';
import { isolated } from './isolated';
import { SteadyButton } from './steady-button';

/** Nothing at first, since most answers are there by then; a word more where it takes long. */
export function Loading() {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const timers = [300, 5_000].map((ms) => setTimeout(() => setWaited(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className="loading" role="status" aria-label="Loading">
      {waited > 0 && <Loader size="sm" />}
      {waited > 300 && <Text size="sm">This takes longer than usual…</Text>}
    </div>
  );
}

/** With what is wrong with each field, but for those that say so by themselves. */
export function sentenceOf(error: unknown, fields: readonly string[] = []): string {
  if (!(error instanceof Problem)) return 'Something went wrong here: load the page anew, and try again.';
  const others = fieldFaults(error).filter(({ field, detail }) => !fields.includes(field) && detail !== error.message);
  const details = others.map(({ field, below, detail }) => `${[field, ...below.map(isolated)].join(' › ')} ${detail}`);
  return `${error.message}${details.length > 0 ? `: ${details.join('; ')}` : ''}.`;
}

const backAgain = 'You are signed in again: this is still to be done.';

interface FailureProps {
  error: unknown;
  /** Its promise, where it has one, ends when the answer is there. */
  retry?: () => unknown;
  /** Whether somebody has pressed a button for it, which may be far from here: they are brought to it. */
  takesFocus?: boolean;
  /** Of a form: what belongs to them alone stands there, and not here too. By the API's names. */
  fields?: readonly string[];
}

export function Failure({ error, retry, takesFocus = false, fields = [] }: FailureProps) {
  const alert = useRef<HTMLDivElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  // Somebody has signed in since.
  const isBack = useIsSignedIn() === true && isSignedOut(error);
  useLayoutEffect(() => {
    const { current: shown } = alert;
    if (takesFocus) shown?.focus();
    // It goes with the button that was pressed in it.
    return () => {
      if (shown?.contains(document.activeElement)) focusHeading();
    };
  }, [takesFocus, isBack]);
  const named = fieldFaults(error);
  if (named.length > 0 && named.every(({ field }) => fields.includes(field))) return null;
  return (
    <Alert ref={alert} tabIndex={-1} color="red" role="alert" title={isBack ? backAgain : sentenceOf(error, fields)}>
      {retry && (isPassing(error) || isSignedOut(error)) && (
        <SteadyButton
          size="xs"
          variant="default"
          isBusy={isAsking}
          onClick={() => {
            setIsAsking(true);
            void Promise.resolve(retry()).finally(() => setIsAsking(false));
          }}
        >
          Try again
        </SteadyButton>
      )}
    </Alert>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

interface Asked<Data> {
  data: Data | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** The content of a query, once it is there. */
export function Answered<Data>({
  of: { data, error, refetch },
  children,
}: {
  of: Asked<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (data !== undefined) return <>{children(data)}</>;
  if (error) return <Failure error={error} retry={refetch} />;
  return <Loading />;
}
