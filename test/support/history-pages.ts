/** Histories as the API answers them, read to their end page by page. */
import * as z from 'zod/mini';
import { send } from './catalog';
import { sorted } from './changes';
import { historyEntry, type HistoryEntry } from './histories';

export const productHistory = 'GET /admin/products/{productId}/history';
export const categoryHistory = 'GET /admin/categories/{categoryId}/history';

type Query = Record<string, string>;

const page = z.strictObject({ items: z.array(historyEntry), nextToken: z.optional(z.string()) });

const mostPages = 300;

/** One page of a history. */
export async function historyPage(routeKey: string, id: string, query: Query = {}) {
  const answer = await send(routeKey, { id, query });
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  return page.parse(answer.body);
}

/** All pages of a history. `between` is called after each that has another to follow. */
export async function historyPages(
  routeKey: string,
  id: string,
  query: Query = {},
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<HistoryEntry[][]> {
  const pages: HistoryEntry[][] = [];
  let token: Query = {};
  while (pages.length < mostPages) {
    const { items, nextToken } = await historyPage(routeKey, id, { ...query, ...token });
    pages.push(items);
    if (nextToken === undefined) return pages;
    token = { nextToken };
    await between();
  }
  throw new Error(`${routeKey} did not end within ${mostPages} pages`);
}

/** The whole history, newest first, with each entry's changes in the order of their pointers. */
export async function readHistory(routeKey: string, id: string, query: Query = {}): Promise<HistoryEntry[]> {
  const entries = (await historyPages(routeKey, id, query)).flat();
  return entries.map((entry) => ({ ...entry, changes: sorted(entry.changes) }));
}
