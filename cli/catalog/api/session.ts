/** Requests of one user over a time that no session lasts: access tokens live 15 minutes, an identity pool's credentials an hour. */
import type { Api } from '../../../deployment/api';
import { Failure } from '../../../deployment/failure';
import { ask, problemIn, reasonOf, type Answer, type Send } from './answer';

/**
 * Signs in before the first request, and again when the gateway no longer takes what it took before. Throws `Failure` where
 * the user is refused.
 */
export function newSession(email: string, connect: () => Promise<Api>): Send {
  let session = connect();
  // It is awaited with the first request.
  session.catch(() => undefined);
  let accepted = false;

  /** Expired tokens are a 401 behind the JWT authorizer, and expired credentials or a Lambda authorizer's no a plain 403. */
  const mayHaveExpired = (answer: Answer) =>
    answer.status === 401 || (answer.status === 403 && accepted && problemIn(answer).code === undefined);

  return async (request) => {
    const used = session;
    let answer = await ask(await used, request);
    if (mayHaveExpired(answer)) {
      // Once for all requests that find it expired.
      if (session === used) session = connect();
      answer = await ask(await session, request);
    }
    if (answer.status === 401 || answer.status === 403) throw refusal(email, answer);
    accepted ||= answer.status > 0;
    return answer;
  };
}

const refusal = (email: string, answer: Answer) =>
  answer.status === 401
    ? new Failure(`The API does not take the sign-in of ${email} (${reasonOf(answer)}).`)
    : new Failure(`${email} is not an admin (${reasonOf(answer)}): "npm run users -- add-to-group" makes one.`);
