/** Signing in, as an application would: with an e-mail address and a password, which SRP sends nowhere. */
import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  PasswordResetRequiredException,
  RespondToAuthChallengeCommand,
  UserNotConfirmedException,
  type AuthenticationResultType,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod/mini';
import { Failure } from './failure';
import { beginSrp } from './srp';
import { getUser, type UserPool } from './user-pool';

export interface Account {
  email: string;
  password: string;
}

export interface Tokens {
  /** Says what its user may do: for the API. */
  accessToken: string;
  /** Says who its user is: for the application, and for identity pools. */
  idToken: string;
}

const srpChallenge = z.object({
  SALT: z.string(),
  SRP_B: z.string(),
  SECRET_BLOCK: z.string(),
  USER_ID_FOR_SRP: z.string(),
});

function readChallenge(parameters: unknown): z.infer<typeof srpChallenge> {
  const { success, data } = srpChallenge.safeParse(parameters);
  return success ? data : failBecause('Cognito has begun the sign-in in another way than by SRP: it cannot go on.');
}

/** Throws `Failure` where the user is none, has another password, or is asked for more than a password. */
export async function signIn(pool: UserPool, { email, password }: Account): Promise<Tokens> {
  const { client, userPoolId, clientId: ClientId } = pool;
  const srp = beginSrp(userPoolId, password);
  const { SRP_A } = srp;
  try {
    const { ChallengeParameters } = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: email, SRP_A } }),
    );
    const { AuthenticationResult, ChallengeName } = await client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: srp.answer(readChallenge(ChallengeParameters)),
      }),
    );
    return tokensOf(AuthenticationResult) ?? failBecause(moreThanPassword(email, ChallengeName));
  } catch (error) {
    throw await failureFrom(pool, email, error);
  }
}

/** New tokens of an earlier sign-in. Throws `Failure` where it has ended. */
export async function renewTokens({ client, clientId }: UserPool, refreshToken: string): Promise<Tokens> {
  const ended = 'The sign-in has ended: sign in again.';
  try {
    const { AuthenticationResult } = await client.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: refreshToken }),
    );
    return tokensOf(AuthenticationResult) ?? failBecause(ended);
  } catch (error) {
    if (!(error instanceof NotAuthorizedException)) throw error;
    throw new Failure(ended);
  }
}

function tokensOf({ AccessToken: accessToken, IdToken: idToken }: AuthenticationResultType = {}): Tokens | undefined {
  return accessToken !== undefined && idToken !== undefined ? { accessToken, idToken } : undefined;
}

function failBecause(sentence: string): never {
  throw new Failure(sentence);
}

const moreThanPassword = (email: string, challenge = 'something else') =>
  challenge === 'NEW_PASSWORD_REQUIRED'
    ? `${email} has a temporary password still: choose another by signing in with "npm run login".`
    : `Cognito asks ${email} for more than a password (${challenge}): sign in by browser, with --login in place of --as.`;

/** What an error of Cognito's means for the person who signs in. */
async function failureFrom(pool: UserPool, email: string, error: unknown): Promise<unknown> {
  if (error instanceof UserNotConfirmedException) {
    return new Failure(
      `${email} has not confirmed the sign-up: enter the code that was mailed there, or "npm run users -- confirm ${email}".`,
    );
  }
  if (error instanceof PasswordResetRequiredException) {
    return new Failure(`${email} has to choose another password first, with "Forgot your password?" at the sign-in.`);
  }
  if (!(error instanceof NotAuthorizedException)) return error;
  if (error.message !== 'Incorrect username or password.') {
    return new Failure(
      `${email} cannot sign in (${error.message.replace(/\.$/, '')}): "npm run users -- show ${email}" tells more.`,
    );
  }
  return wrongPassword(pool, email);
}

/**
 * Cognito gives one answer for a wrong password and an unknown user. An operator with AWS credentials can be told which
 * it is.
 */
async function wrongPassword(pool: UserPool, email: string): Promise<Failure> {
  try {
    await getUser(pool, email);
    return new Failure(`${email} has another password than the one given: set CATALOG_PASSWORD to the right one.`);
  } catch (error) {
    if (error instanceof Failure) return error;
    return new Failure(
      `There is no user ${email}, or the password is another: check both; whose AWS credentials may list users is told which.`,
    );
  }
}
