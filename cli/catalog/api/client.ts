/** The API for a long run: waits when it is asked to, and tries again what may pass. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../deployment/failure';
import { reasonOf, type Send } from './answer';
import { backoff, newGate, retryAfter } from './gate';

const mostTries = 8;
const longestPause = 10 * 60_000;

/**
 * Asks again after 429, 5xx and no answer, eight times at most. What then still fails comes back where other requests have
 * been answered meanwhile; else the API is down, which throws `Failure`.
 */
export function newClient(send: Send): Send {
  const gate = newGate();
  let lastAnswer = -Infinity;
  return async (request, before = 0) => {
    gate.close(before);
    const start = performance.now();
    for (let tries = 1; ; tries += 1) {
      await gate.pass();
      const answer = await send(request);
      const { status } = answer;
      if (status !== 0 && status !== 429 && status < 500) {
        lastAnswer = performance.now();
        return answer;
      }
      if (tries === mostTries) {
        if (lastAnswer > start) return answer;
        throw new Failure(`The API serves no request (${reasonOf(answer)}): run the same again later.`);
      }
      const pause = retryAfter(answer.headers) ?? backoff(tries);
      if (pause > longestPause) {
        const until = new Date(Date.now() + pause).toISOString();
        throw new Failure(`The API asks to wait until ${until}: run the same again then.`);
      }
      // Another fault can be this request's alone.
      if (status === 500) await sleep(pause);
      else gate.close(pause);
    }
  };
}
