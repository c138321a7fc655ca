/** The big list of naughty strings, and what the API makes of each in every field it is sent in. */
import * as z from 'zod/mini';
import list from '../fixtures/big-list-of-naughty-strings/blns.json';
import type { Answer } from './events';
import { inFlight } from './in-flight';

/** Every string once. */
export const naughtyStrings: readonly string[] = [...new Set(list)];

/** One place of a request that a string can be in; `pointer` is what a refusal has to say of it. */
export interface Field {
  name: string;
  pointer: (text: string) => string;
}

/** The pointer to a member of this name, of which validation shows the first 100 characters. */
export const memberPointer = (name: string) => `/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const problem = z.object({
  code: z.literal('invalid_request'),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).check(z.minLength(1)),
});

type Request<F> = (text: string, fields: readonly F[]) => Promise<Answer>;

/**
 * Sends the text in all fields, and again without those that are refused, until an answer is no 400 or none is left. Answers
 * the fields that are left, with the answer to them. Throws where a 400 points anywhere else than at fields with the text.
 */
async function send<F extends Field>(text: string, fields: readonly F[], request: Request<F>): Promise<[F[], Answer]> {
  const answer = await request(text, fields);
  if (answer.status !== 400) return [[...fields], answer];
  const refused = new Set(problem.parse(answer.body).errors.map(({ pointer }) => pointer));
  const left = fields.filter(({ pointer }) => !refused.delete(pointer(text)));
  if (refused.size > 0) throw new Error(`${JSON.stringify(text)} is refused at ${[...refused].join(', ')}`);
  return left.length === 0 ? [left, answer] : send(text, left, request);
}

/**
 * Sends every string in all these fields at once; `accept` looks at each answer to fields that are not refused. Answers for each
 * field how many strings were accepted in it, and how many refused by its pointer.
 */
export async function verdicts<F extends Field>(
  fields: readonly F[],
  request: Request<F>,
  accept: (text: string, accepted: readonly F[], answer: Answer) => Promise<void> | void,
): Promise<Record<string, { accepted: number; refused: number }>> {
  const accepted = await inFlight(naughtyStrings, 12, async (text) => {
    const [left, answer] = await send(text, fields, request);
    if (left.length > 0) await accept(text, left, answer);
    return left;
  });
  return Object.fromEntries(
    fields.map((field) => {
      const count = accepted.filter((left) => left.includes(field)).length;
      return [field.name, { accepted: count, refused: naughtyStrings.length - count }];
    }),
  );
}
