/** Many callers at once, and a count of the answers they got. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { send } from './catalog';
import { callers } from './depth';
import type { Answer } from './events';
import { holdWrites } from './interleave';
import { underKey } from './repetition';
import { isDynamodbLocal } from './slow-engine';

const everyCaller = (call: (caller: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: callers }, (_, caller) => askAgain(() => call(caller))));

/** The embedded engine serves all of them in time; the others take long with them where the machine has more to do. */
const isSlowEngine = process.env['TEST_LIMITED_DATABASE'] !== undefined || isDynamodbLocal;

/** What those do one after another who have been told that the table is busy: all at once, they would keep it so. */
let inTurn: Promise<unknown> = Promise.resolve();

/** On a slow engine the last of them may be told that the table is busy: they ask again, and under the same key, as a client does. */
async function askAgain(call: () => Promise<Answer>): Promise<Answer> {
  if (!isSlowEngine) return call();
  const key = randomUUID();
  let answer = await underKey(key, call);
  if (answer.status !== 503) return answer;
  const again = inTurn.then(async () => {
    for (let tries = 0; answer.status === 503 && tries < 3; tries += 1) answer = await underKey(key, call);
    return answer;
  });
  inTurn = again.catch(() => undefined);
  return again;
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
