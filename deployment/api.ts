/** Calls the API as a signed-in user, in the way that the deployment's gatekeeper wants. */
import type { Deployment } from './deployment';
import { getCredentials } from './identity-pool';
import type { Tokens } from './sign-in';
import { signRequest } from './sign-request';

export interface ApiRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export type Api = (request: ApiRequest) => Promise<Response>;

/**
 * The API as this user sees it: with an identity pool, requests are signed (SigV4) with the credentials that the pool gives for
 * the ID token; else they carry the access token. Credentials are those of one role: of the user's first group, or of the one
 * that is named here. Throws `Failure` where the pool gives none.
 */
export async function connectToApi(
  deployment: Deployment,
  { accessToken, idToken }: Tokens,
  group?: string,
): Promise<Api> {
  const { apiUrl, identityPoolId, region } = deployment;
  if (identityPoolId === undefined) {
    return ({ path, headers, ...request }) =>
      fetch(`${apiUrl}${path}`, { ...request, headers: { ...headers, authorization: `Bearer ${accessToken}` } });
  }
  const credentials = await getCredentials({ ...deployment, identityPoolId }, idToken, group);
  return async ({ path, ...request }) => {
    const url = new URL(`${apiUrl}${path}`);
    return fetch(url, { ...request, headers: await signRequest({ ...request, url }, credentials, region) });
  };
}
