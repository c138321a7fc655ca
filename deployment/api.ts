/** The API as a signed-in user calls it: in the way that the deployment's gatekeeper wants. */
import type { Deployment } from './deployment';
import { getCredentials } from './identity-pool';
import type { Fetch } from './routes';
import type { Tokens } from './sign-in';
import { signRequest } from './sign-request';

/**
 * Sends requests as this user. With an identity pool they are signed (SigV4) with the credentials that it gives for the
 * ID token, which are those of one role: of the user's first group, or of the group that is named here. Otherwise they
 * carry the access token. Throws `Failure` if the pool gives no credentials.
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
