/** Requests of one user over a time that no session lasts: access tokens live 15 minutes, an identity pool's credentials an hour. */
import type { Fetch } from '../../../deployment/routes';
import { Failure } from '../../../deployment/failure';
import { bodyOf, problemIn, readToEnd, reasonOf } from './answer';

/**
 * Signs in before the first request, and again when the gateway no longer takes what it took before. Throws `Failure` where
 * the user is refused, and `NoAnswer`.
 */
export function newSession(email: string, connect: () => Promise<Fetch>): Fetch {
  const signIn = async () => readToEnd(await connect());
  let session = signIn();
  // It is awaited with the first request.
  session.catch(() => undefined);
  let accepted = false;

  /** Expired tokens are a 401 behind the JWT authorizer, and expired credentials or a Lambda authorizer's no a plain 403. */
  const mayHaveExpired = async (answer: Response) =>
    answer.status === 401 || (answer.status === 403 && accepted && problemIn(await bodyOf(answer)).code === undefined);

  return async (request) => {
    const used = session;
    const send = await used;
    let answer = await send(request.clone());
    if (await mayHaveExpired(answer)) {
      // Once for all requests that find it expired.
      if (session === used) session = signIn();
      const sendAgain = await session;
      answer = await sendAgain(request.clone());
    }
    if (answer.status === 401 || answer.status === 403) throw refusal(email, answer.status, await bodyOf(answer));
    accepted = true;
    return answer;
  };
}

const refusal = (email: string, status: number, body: unknown) =>
  status === 401
    ? new Failure(`The API does not take the sign-in of ${email} (${reasonOf(status, body)}).`)
    : new Failure(`${email} is not an admin (${reasonOf(status, body)}): "npm run users -- add-to-group" makes one.`);
