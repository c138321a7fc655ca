/** The first step of the authorization code flow with PKCE (RFC 7636) at a pool's hosted UI: for the console and for commands. */
import * as oauth from 'oauth4webapi';

interface CodeFlow {
  hostedUiUrl: string;
  clientId: string;
  callbackUrl: string;
}

/** The address to sign in at, the state that ties the answer to this sign-in, and the verifier that its code is exchanged with. */
export async function beginCodeFlow({ hostedUiUrl, clientId, callbackUrl }: CodeFlow) {
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  // No nonce: PKCE protects the code without it (RFC 9700, 2.1.1).
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callbackUrl,
    scope: 'openid email',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { address: `${hostedUiUrl}/oauth2/authorize?${parameters.toString()}`, state, verifier };
}
