/** Lists of the stack, read to their end page by page. */
import type { Answer } from '../events';
import type { CatalogueRequest } from './catalogue';
import type { Send } from './world';

export async function readList(send: Send, request: CatalogueRequest): Promise<Answer['body'][]> {
  const items: Answer['body'][] = [];
  let token: Record<string, string> = {};
  for (;;) {
    const { status, body } = await send({ ...request, query: { ...request.query, ...token } });
    expect(status).toBe(200);
    items.push(...body.items);
    if (body.nextToken === undefined) return items;
    token = { nextToken: body.nextToken };
  }
}
