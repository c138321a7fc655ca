/** The local stacks that the scripts are run against, and the sign-in at their user pools. */
import { readFileSync } from 'node:fs';

interface Stack {
  apiUrl: string;
  cognitoUrl: string;
  clientId: string;
}

/** One behind the JWT authorizer, and one behind the Lambda authorizer. */
export const [jwt, lambda] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Stack) as [
  Stack,
  Stack,
];

/** An access token. */
export async function signIn({ cognitoUrl, clientId }: Stack, email: string): Promise<string> {
  const response = await fetch(cognitoUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: process.env['CATALOG_PASSWORD'] },
    }),
  });
  const { AuthenticationResult } = (await response.json()) as { AuthenticationResult: { AccessToken: string } };
  return AuthenticationResult.AccessToken;
}
