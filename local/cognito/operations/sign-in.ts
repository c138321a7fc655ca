/** Signing in at the API: by SRP, by the password itself, and by a refresh token. */
import * as z from 'zod/mini';
import { readInput, ServiceError } from '../../aws-json/service-error';
import { lock, opens, passwordText, requireStrength } from '../password';
import { askForProof, userOfProof } from '../password-proof';
import { changeUser, findUser, requireUser, type Pool } from '../pool';
import type { User } from '../store';
import { clientOperation } from './operation';

const notAuthorized = (message: string) => new ServiceError('NotAuthorizedException', message);
const incorrect = () => notAuthorized('Incorrect username or password.');

/** The user with this name and password. Throws `ServiceError`, the same for a wrong password and an unknown user. */
export function requirePassword(pool: Pool, username: string, password: string): User {
  const user = findUser(pool, username);
  if (!user || !opens(user, password)) throw incorrect();
  requireActive(pool, user);
  return user;
}

/** Said only to those who know the password. Throws `ServiceError` where the user may not sign in. */
function requireActive({ settings }: Pool, { enabled, status, passwordSetAt }: User): void {
  if (!enabled) throw notAuthorized('User is disabled.');
  if (status === 'UNCONFIRMED') throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.');
  const { TemporaryPasswordValidityDays: days } = settings.passwordPolicy;
  if (status === 'FORCE_CHANGE_PASSWORD' && passwordSetAt + days * 86_400_000 < Date.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
}

/** What somebody gets who has given a right password: tokens or, for a temporary one, the question for another. */
function answerPassword(pool: Pool, user: User): object {
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return signedIn(pool, user);
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: pool.challenges.newPasswords.keep(user.sub),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.sub,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify({ email_verified: String(user.emailVerified), email: user.email }),
    },
  };
}

const signedIn = (pool: Pool, { sub }: User) => ({
  AuthenticationResult: pool.sessions.signIn(sub),
  ChallengeParameters: {},
});

/** Gives a user who has a temporary password one of their own. Throws `ServiceError` where it is too weak. */
export function setOwnPassword(pool: Pool, { sub }: User, password: string): void {
  requireStrength(password, pool.settings.passwordPolicy);
  changeUser(pool, sub, (draft) => {
    draft.password = lock(sub, password);
    draft.passwordSetAt = Date.now();
    draft.status = 'CONFIRMED';
  });
}

const initiations: Readonly<Record<string, (pool: Pool, parameters: unknown) => object>> = {
  USER_SRP_AUTH: (pool, parameters) => ({
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: askForProof(pool, parameters),
  }),
  USER_PASSWORD_AUTH: (pool, parameters) => {
    const { USERNAME, PASSWORD } = readInput(z.object({ USERNAME: z.string(), PASSWORD: passwordText }), parameters);
    return answerPassword(pool, requirePassword(pool, USERNAME, PASSWORD));
  },
  REFRESH_TOKEN_AUTH: (pool, parameters) => {
    const { REFRESH_TOKEN } = readInput(z.object({ REFRESH_TOKEN: z.string() }), parameters);
    return { AuthenticationResult: pool.sessions.refresh(REFRESH_TOKEN), ChallengeParameters: {} };
  },
};

const InitiateAuth = clientOperation(
  z.object({ AuthFlow: z.string(), AuthParameters: z._default(z.record(z.string(), z.string()), {}) }),
  (pool, { AuthFlow, AuthParameters }, { authFlows }) => {
    // The same flow, by its older name.
    const flow = AuthFlow === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : AuthFlow;
    const initiate = Object.hasOwn(initiations, flow) ? initiations[flow] : undefined;
    if (!initiate || !authFlows.includes(`ALLOW_${flow}`)) {
      throw new ServiceError('InvalidParameterException', `${AuthFlow} flow not enabled for this client`);
    }
    return initiate(pool, AuthParameters);
  },
);

function finishPasswordProof(pool: Pool, responses: unknown): object {
  const user = userOfProof(pool, responses);
  if (!user) throw incorrect();
  requireActive(pool, user);
  return answerPassword(pool, user);
}

function finishNewPassword(pool: Pool, responses: unknown, session = ''): object {
  const { USERNAME, NEW_PASSWORD } = readInput(
    z.object({ USERNAME: z.string(), NEW_PASSWORD: passwordText }),
    responses,
  );
  // Who has chosen too weak a one may choose again.
  requireStrength(NEW_PASSWORD, pool.settings.passwordPolicy);
  const sub = pool.challenges.newPasswords.take(session);
  if (sub === undefined || findUser(pool, USERNAME)?.sub !== sub) throw notAuthorized('Invalid session for the user.');
  const user = requireUser(pool, sub);
  requireActive(pool, user);
  setOwnPassword(pool, user, NEW_PASSWORD);
  return signedIn(pool, user);
}

const RespondToAuthChallenge = clientOperation(
  z.object({
    ChallengeName: z.enum(['PASSWORD_VERIFIER', 'NEW_PASSWORD_REQUIRED']),
    Session: z.optional(z.string()),
    ChallengeResponses: z.record(z.string(), z.string()),
  }),
  (pool, { ChallengeName, Session, ChallengeResponses }) =>
    ChallengeName === 'PASSWORD_VERIFIER'
      ? finishPasswordProof(pool, ChallengeResponses)
      : finishNewPassword(pool, ChallengeResponses, Session),
);

export const signInOperations = { InitiateAuth, RespondToAuthChallenge };
