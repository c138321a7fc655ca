/** A list, read to its end page by page. */
import { send } from './catalog';
import type { Answer } from './events';
import { categoriesIn, productsIn } from './representations';

type Query = Record<string, string>;

const mostPages = 100;

async function readPages<Item>(
  routeKey: string,
  query: Query,
  read: (answer: Answer) => { items: Item[]; nextToken?: string | undefined },
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let token: Query = {};
  while (pages.length < mostPages) {
    const answer = await send(routeKey, { query: { ...query, ...token } });
    expect(answer.status).toBe(200);
    const { items, nextToken } = read(answer);
    pages.push(items);
    if (nextToken === undefined) return pages;
    token = { nextToken };
  }
  throw new Error(`${routeKey} did not end within ${mostPages} pages`);
}

/** The pages of `GET /products` or `GET /admin/products`. */
export const productPages = (routeKey: string, query: Query = {}) => readPages(routeKey, query, productsIn);

/** The pages of `GET /categories`. */
export const categoryPages = (query: Query = {}) => readPages('GET /categories', query, categoriesIn);
