/** Many callers at once, and a count of the answers they got. */
import * as z from 'zod/mini';
import { send } from './catalog';
import type { Answer } from './events';

export const callers = 50;

/** Makes the calls of all callers at the same time. */
export const race = (call: (caller: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));

/** Begins a call some round trips to the database later, so that it meets other callers at other steps of their way. */
export async function later(roundTrips: number, call: () => Promise<Answer>): Promise<Answer> {
  for (let trip = 0; trip < roundTrips; trip += 1) await send('GET /categories', { query: { limit: '1' } });
  return call();
}

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
