/**
 * Signing in as a web application does: at the pool's hosted UI, by the authorization code flow with PKCE (RFC 7636).
 * The code is exchanged here, so that no token reaches the browser.
 */
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { accessTokenVerifier, KeySetError, TokenRefusal } from '../src/access/token-verifier';
import { beginCodeFlow } from '../src/code-flow';
import type { HostedUi } from './deployment';
import { Failure } from './failure';
import type { Tokens } from './sign-in';

/** A sign-in that has begun. */
export interface PendingSignIn {
  hostedUi: HostedUi;
  clientId: string;
  /** Where a person signs in. */
  url: string;
  /** Ties the answer to this sign-in. */
  state: string;
  /** Ties the code to this sign-in; its hash alone is in the URL. */
  verifier: string;
}

export interface SignedIn {
  email: string;
  sub: string;
  /** Those that the access token carries: what the API goes by. */
  groups: string[];
  tokens: Tokens;
  refreshToken: string | undefined;
}

export async function beginSignIn(hostedUi: HostedUi, clientId: string): Promise<PendingSignIn> {
  const { url: hostedUiUrl, callbackUrl } = hostedUi;
  const { address, ...begun } = await beginCodeFlow({ hostedUiUrl, clientId, callbackUrl });
  return { hostedUi, clientId, url: address, ...begun };
}

/** Takes the address that the browser came back to. Throws `Failure` where nobody has signed in by it. */
export async function finishSignIn(pending: PendingSignIn, callback: URL): Promise<SignedIn> {
  const { hostedUi, clientId, state } = pending;
  // The library looks at the state as well, but its error does not tell this from other faults.
  if (callback.searchParams.get('state') !== state) {
    throw new Failure(`The answer does not belong to this sign-in (its state is another): ${startAgain}.`);
  }
  try {
    const { email, tokens, refreshToken } = await exchangeCode(pending, callback);
    const { sub, groups } = await accessTokenVerifier({ issuer: hostedUi.issuer, clientIds: [clientId] })(
      tokens.accessToken,
    );
    return { email, sub, groups, tokens, refreshToken };
  } catch (error) {
    throw failureFrom(error, hostedUi.issuer) ?? error;
  }
}

async function exchangeCode({ hostedUi, clientId, state, verifier }: PendingSignIn, callback: URL) {
  const { url, issuer, callbackUrl } = hostedUi;
  const server = { issuer, token_endpoint: `${url}/oauth2/token` };
  const client = { client_id: clientId };
  const { protocol, hostname } = new URL(url);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    oauth.validateAuthResponse(server, client, callback, state),
    callbackUrl,
    verifier,
    {
      // The pool of the local stack has no https.
      [oauth.allowInsecureRequests]: protocol === 'http:' && hostname === '127.0.0.1',
      [oauth.customFetch]: (address, request) =>
        fetch(address, request).catch(() => {
          throw unreachable(url);
        }),
      signal: AbortSignal.timeout(10_000),
    },
  );
  const given = await oauth.processAuthorizationCodeResponse(server, client, response, { requireIdToken: true });
  const { email } = idClaims.parse(oauth.getValidatedIdTokenClaims(given));
  const tokens = { accessToken: given.access_token, idToken: z.string().parse(given.id_token) };
  return { email, tokens, refreshToken: given.refresh_token };
}

const idClaims = z.object({ email: z.string() });

const startAgain = 'start again with "npm run login"';

/** What an error of the library or the verifier means for the person who signs in. */
function failureFrom(error: unknown, issuer: string): Failure | undefined {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? new Failure(`The sign-in was cancelled: ${startAgain}.`)
      : new Failure(`Cognito did not let anyone sign in (${inWordsOf(error)}): ${startAgain}.`);
  }
  if (error instanceof oauth.ResponseBodyError) {
    return error.error === 'invalid_grant'
      ? new Failure(`The code was used before, has expired or belongs to another sign-in: ${startAgain}.`)
      : new Failure(`Cognito gives no tokens for the code (${inWordsOf(error)}): ${startAgain}.`);
  }
  if (error instanceof oauth.OperationProcessingError || error instanceof TokenRefusal) {
    return new Failure(`What Cognito answered cannot be trusted (${error.message}): ${startAgain}.`);
  }
  return error instanceof KeySetError ? unreachable(issuer) : undefined;
}

const unreachable = (address: string) =>
  new Failure(`Cognito at ${address} cannot be reached: check that it runs and the network, then ${startAgain}.`);

const inWordsOf = ({ error, error_description: description }: { error: string; error_description?: string }) =>
  description ? `${error}: ${description}` : error;
