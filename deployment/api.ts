/** The API as a signed-in user calls it: in the way that the deployment's gatekeeper wants. */
import type { Deployment } from './deployment';
import { getCredentials } from './identity-pool';
import type { Fetch } from './routes';
import type { Tokens } from './sign-in';
import { signRequest } from './sign-request';

/**
 * Sends requests as this user: with an identity pool they are signed (SigV4) with the credentials that the pool gives for the ID
 * token; else they carry the access token. Credentials are those of one role: of the user's first group, or of the one that is
 * named here. Throws `Failure` where the pool gives none.
 */
export async function connectToApi(
  deployment: Deployment,
  { accessToken, idToken }: Tokens,
  group?: string,
): Promise<Fetch> {
  const { identityPoolId, region } = deployment;
  if (identityPoolId === undefined) {
    return (request) => {
      const carrying = new Request(request);
      carrying.headers.set('authorization', `Bearer ${accessToken}`);
      return fetch(carrying);
    };
  }
  const credentials = await getCredentials({ ...deployment, identityPoolId }, idToken, group);
  return async (request) => fetch(await signRequest(request, credentials, region));
}
