/** Many callers at once, and a count of the answers they got. */
import * as z from 'zod/mini';
import { send } from './catalog';
import type { Answer } from './events';
import { holdWrites } from './interleave';

export const callers = 50;

const everyCaller = (call: (caller: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: callers }, (_, caller) => askAgain(() => call(caller))));

/**
 * Behind the limits of AWS, one of those who meet on an item gets through at a time, and on a slow machine the last of fifty are
 * told that the table is busy: nothing is written then, and they ask again as a client does. On an engine alone nobody is told so.
 */
async function askAgain(call: () => Promise<Answer>): Promise<Answer> {
  let answer = await call();
  const tries = process.env['TEST_LIMITED_DATABASE'] === undefined ? 0 : 3;
  for (let again = 0; again < tries && answer.status === 503; again += 1) answer = await call();
  return answer;
}

/** Makes the calls of all callers, each of which comes to a write: none writes before all have read what they need. */
export function race(call: (caller: number) => Promise<Answer>): Promise<Answer[]> {
  holdWrites(callers);
  return everyCaller(call);
}

/** Makes the calls of all callers, which begin up to four round trips apart and need not come to a write. */
export const scatter = (call: (caller: number) => Promise<Answer>) =>
  everyCaller(async (caller) => {
    for (let trip = 0; trip < caller % 5; trip += 1) await send('GET /categories', { query: { limit: '1' } });
    return call(caller);
  });

const problem = z.object({ code: z.string() });

/** How often each answer came: `{ '201': 1, '409 sku_taken': 49 }`. */
export function outcomes(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const code = problem.safeParse(answer.body).data?.code;
    const outcome = code === undefined ? String(answer.status) : `${answer.status} ${code}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
