/** Somebody signs in at the hosted UI, in a browser of theirs, while a command waits for it. */
import type { Deployment } from '../../deployment/deployment';
import { Failure } from '../../deployment/failure';
import { beginSignIn, finishSignIn, type SignedIn } from '../../deployment/hosted-ui';
import { openInBrowser } from './browser';
import { receiveCallback } from './callback-server';

interface Options {
  /** Opens the address as well, in a terminal. */
  open: boolean;
  /** Says where to sign in. */
  print: (...lines: string[]) => void;
}

/** Throws `Failure` where nobody has signed in. */
export async function signInByBrowser({ hostedUi, clientId }: Deployment, { open, print }: Options): Promise<SignedIn> {
  if (!hostedUi) throw new Failure('The stack of this stage has no output CallbackUrl: deploy it again.');
  const pending = await beginSignIn(hostedUi, clientId);
  return receiveCallback(hostedUi.callbackUrl, {
    state: pending.state,
    whenListening: () => {
      print('Sign in at this address:', '', pending.url, '');
      if (open && process.stdout.isTTY) openInBrowser(pending.url);
    },
    finish: (address) => finishSignIn(pending, address),
  });
}
