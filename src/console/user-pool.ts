/** The user pool as the console asks it: the code flow of a confidential client with PKCE (RFC 7636), by its hosted UI. */
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { beginCodeFlow } from '../code-flow';
import { config, type ConsoleSettings } from '../config';
import { busy } from './answers';
import { reach } from './reach';

/** What a sign-in gives. */
export interface SignedIn {
  email: string;
  sub: string;
  refreshToken: string;
  /** What requests to the API are let in with: the access token or, where they are signed with a role, the ID token. */
  token: string;
}

/** A sign-in that has begun, until the browser comes back: which answer is its own, and the proof that belongs to its code. */
export const pendingSignIn = z.object({ state: z.string(), verifier: z.string() });
export type PendingSignIn = z.infer<typeof pendingSignIn>;

/** Nobody has signed in: `cancelled` by the person, or a code or an answer that is of no use (`stale`). */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  constructor(
    readonly reason: 'cancelled' | 'stale',
    options?: ErrorOptions,
  ) {
    super(`The sign-in has failed: ${reason}`, options);
  }
}

export type UserPool = ReturnType<typeof userPoolOf>;

export function userPoolOf({ issuer, url, hostedUiUrl, clientId, clientSecret }: ConsoleSettings) {
  const server = {
    issuer,
    token_endpoint: `${hostedUiUrl}/oauth2/token`,
    revocation_endpoint: `${hostedUiUrl}/oauth2/revoke`,
  };
  const client = { client_id: clientId };
  const secret = oauth.ClientSecretBasic(clientSecret);
  const callbackUrl = `${url}/app`;
  const { protocol, hostname } = new URL(hostedUiUrl);
  const options = () => ({
    // The pool of the local stack has no https.
    [oauth.allowInsecureRequests]: protocol === 'http:' && hostname === '127.0.0.1',
    [oauth.customFetch]: ask,
  });
  /** `iam` gives roles for ID tokens; both kinds say who it is and in which groups. */
  const tokenOf = (given: oauth.TokenEndpointResponse) =>
    config.authorizer === 'iam' ? z.string().parse(given.id_token) : given.access_token;

  return {
    begin: (): Promise<PendingSignIn & { address: string }> => beginCodeFlow({ hostedUiUrl, clientId, callbackUrl }),

    /** Exchanges the code that the browser has come back with. Throws `SignInFailure`, or `busy` where the pool does not answer. */
    async finish({ state, verifier }: PendingSignIn, query: URLSearchParams): Promise<SignedIn> {
      try {
        const parameters = oauth.validateAuthResponse(server, client, query, state);
        const response = await oauth.authorizationCodeGrantRequest(
          ...[server, client, secret, parameters, callbackUrl, verifier, options()],
        );
        const given = await oauth.processAuthorizationCodeResponse(server, client, response, { requireIdToken: true });
        const { email, sub } = idClaims.parse(oauth.getValidatedIdTokenClaims(given));
        return { email, sub, refreshToken: z.string().parse(given.refresh_token), token: tokenOf(given) };
      } catch (error) {
        throw failureOf(error) ?? error;
      }
    },

    /** A new token, with the groups of now; undefined where the sign-in is over. Throws `busy`. */
    async refresh(refreshToken: string): Promise<string | undefined> {
      try {
        const response = await oauth.refreshTokenGrantRequest(server, client, secret, refreshToken, options());
        return tokenOf(await oauth.processRefreshTokenResponse(server, client, response));
      } catch (error) {
        if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') return undefined;
        throw error;
      }
    },

    /** Ends the sign-in: nothing is renewed by it any more. Throws `busy`. */
    async revoke(refreshToken: string): Promise<void> {
      const response = await oauth.revocationRequest(server, client, secret, refreshToken, options());
      await oauth.processRevocationResponse(response);
    },

    /** Where the hosted UI forgets who has signed in, and sends the browser back to the console. */
    signOutAddress: `${hostedUiUrl}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: url }).toString()}`,
  };
}

const idClaims = z.object({ email: z.string(), sub: z.string() });

/** The function has to answer before its time is up. */
const limitMs = 8_000;

/** Throws `busy` where the pool cannot be reached, or cannot answer. */
async function ask(address: string, request: RequestInit): Promise<Response> {
  const response = await reach(address, request, limitMs);
  if (response.status >= 500 || response.status === 429) throw busy(new Error(`The pool answered ${response.status}`));
  return response;
}

/** Undefined for what nobody has foreseen. */
function failureOf(cause: unknown): SignInFailure | undefined {
  if (cause instanceof oauth.AuthorizationResponseError) {
    return new SignInFailure(cause.error === 'access_denied' ? 'cancelled' : 'stale', { cause });
  }
  const isStale =
    cause instanceof oauth.OperationProcessingError ||
    (cause instanceof oauth.ResponseBodyError && cause.error === 'invalid_grant');
  return isStale ? new SignInFailure('stale', { cause }) : undefined;
}
