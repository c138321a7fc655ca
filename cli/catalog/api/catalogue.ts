/** The API for a long run: waits when it is asked to, and tries again what may pass. */
import { routesOf, type Fetch, type Routes } from '../../../deployment/routes';
import { Failure } from '../../../deployment/failure';
import { bodyOf, NoAnswer, reasonOf } from './answer';
import { backoff, newGate, retryAfter, sleep, type Gate } from './gate';

export interface Catalogue extends Routes {
  /** Lets no request begin for this long, in milliseconds. */
  hold: (time: number) => void;
  /** Whether the same request had been sent before, and may have been done then: its answer was lost. */
  wasSentBefore: (response: Response) => boolean;
}

const mostTries = 8;
const longestPause = 10 * 60_000;

/** All requests go through the gate. */
export function newCatalogue(apiUrl: string, fetch: Fetch, gate = newGate()): Catalogue {
  const sentBefore = new WeakSet<Response>();
  return {
    ...routesOf(apiUrl, tryAgain(fetch, gate, sentBefore)),
    hold: gate.close,
    wasSentBefore: (response) => sentBefore.has(response),
  };
}

/**
 * Asks again after 429, 5xx and no answer, eight times at most. What then still fails comes back where other requests have
 * been answered meanwhile; else the API is down, which throws `Failure`.
 */
function tryAgain(fetch: Fetch, gate: Gate, sentBefore: WeakSet<Response>): Fetch {
  let lastAnswer = -Infinity;
  return async (request) => {
    const start = performance.now();
    let isLost = false;
    for (let tries = 1; ; tries += 1) {
      await gate.pass();
      const answer = await attempt(fetch, request.clone());
      if (answer instanceof Response && answer.status !== 429 && answer.status < 500) {
        lastAnswer = performance.now();
        if (isLost) sentBefore.add(answer);
        return answer;
      }
      // 429 alone says that nothing has been done.
      isLost ||= !(answer instanceof Response && answer.status === 429);
      if (tries === mostTries) {
        if (lastAnswer > start) return orThrow(answer);
        throw new Failure(`The API serves no request (${await wordsOf(answer)}): run the same again later.`);
      }
      const pause = (answer instanceof Response ? retryAfter(answer.headers) : undefined) ?? backoff(tries);
      if (pause > longestPause) {
        const until = new Date(Date.now() + pause).toISOString();
        throw new Failure(`The API asks to wait until ${until}: run the same again then.`);
      }
      // Another fault can be this request's alone.
      if (answer instanceof Response && answer.status === 500) await sleep(pause);
      else gate.close(pause);
    }
  };
}

async function attempt(fetch: Fetch, request: Request): Promise<Response | NoAnswer> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    throw error;
  }
}

function orThrow(answer: Response | NoAnswer): Response {
  if (answer instanceof NoAnswer) throw answer;
  return answer;
}

const wordsOf = async (answer: Response | NoAnswer) =>
  answer instanceof NoAnswer ? answer.message : reasonOf(answer.status, await bodyOf(answer));
