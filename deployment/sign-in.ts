/** Signing up and signing in, as an application would: with an e-mail address and a password. */
import {
  InitiateAuthCommand,
  NotAuthorizedException,
  SignUpCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { Failure } from './failure';
import type { UserPool } from './user-pool';

export interface Account {
  email: string;
  password: string;
}

/** Signs up whoever is not signed up yet. */
export async function signUp({ client, clientId }: UserPool, { email, password }: Account): Promise<void> {
  const attributes = [{ Name: 'email', Value: email }];
  try {
    await client.send(
      new SignUpCommand({ ClientId: clientId, Username: email, Password: password, UserAttributes: attributes }),
    );
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
}

export interface Tokens {
  /** Says what its user may do: for the API. */
  accessToken: string;
  /** Says who its user is: for the application, and for identity pools. */
  idToken: string;
}

/** Throws `Failure` where the password is another. */
export async function signIn({ client, clientId }: UserPool, { email, password }: Account): Promise<Tokens> {
  const AuthParameters = { USERNAME: email, PASSWORD: password };
  try {
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    const { AccessToken: accessToken, IdToken: idToken } = AuthenticationResult ?? {};
    if (accessToken === undefined || idToken === undefined) {
      throw new Failure(`Cognito asks ${email} for more than a password: sign in by hand.`);
    }
    return { accessToken, idToken };
  } catch (error) {
    if (!(error instanceof NotAuthorizedException)) throw error;
    throw new Failure(`${email} cannot sign in with the password given: another has been set.`);
  }
}
