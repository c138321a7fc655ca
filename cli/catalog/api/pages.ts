/** Reading from the API: one answer, or a list page by page. */
import * as z from 'zod/mini';
import { reasonOf, type Send } from './answer';
import { Rejection } from '../rejection';

/** What a GET answers, held against the schema. Throws `Rejection` where that is not a 200. */
export async function read<Body>(send: Send, path: string, body: z.ZodMiniType<Body>): Promise<Body> {
  const answer = await find(send, path, body);
  if (answer === undefined) throw new Rejection(`GET ${path} failed (404): is this the API of a catalogue?`);
  return answer;
}

/** The same for what may not be there, which is undefined then. */
export async function find<Body>(send: Send, path: string, body: z.ZodMiniType<Body>): Promise<Body | undefined> {
  const answer = await send({ method: 'GET', path });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Rejection(`GET ${path} failed (${reasonOf(answer)})`);
  return body.parse(answer.body);
}

/** All items of a list. */
export async function* readList<Item>(send: Send, path: string, item: z.ZodMiniType<Item>): AsyncGenerator<Item> {
  const page = z.object({ items: z.array(item), nextToken: z.optional(z.string()) });
  for (let token: string | undefined = ''; token !== undefined;) {
    const { items, nextToken }: z.infer<typeof page> = await read(send, `${path}?limit=100${token}`, page);
    yield* items;
    token = nextToken && `&nextToken=${nextToken}`;
  }
}
