/** Many callers at once, and a count of the answers they got. */
import type { Answer } from './events';

export const callers = 50;

/** Makes the calls of all callers at the same time. */
export const race = (call: (caller: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));

const problemCode = ({ body }: Answer) => (typeof body === 'object' && 'code' in body ? ` ${String(body.code)}` : '');

/** How often each answer came: `{ '201': 1, '409 sku_taken': 49 }`. */
export function outcomes(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const outcome = `${answer.status}${problemCode(answer)}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
