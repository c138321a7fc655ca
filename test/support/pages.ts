/** A list, read to its end page by page. */
import { send, type Request } from './catalog';
import { categoriesIn, productsIn } from './representations';

type Query = Record<string, string>;

const mostPages = 100;

async function readPages<Item>(
  routeKey: string,
  query: Query,
  read: (answer: Awaited<ReturnType<typeof send>>) => { items: Item[]; nextToken?: string | undefined },
  request: Request,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let token: Query = {};
  while (pages.length < mostPages) {
    const answer = await send(routeKey, { ...request, query: { ...query, ...token } });
    expect(answer.status).toBe(200);
    const { items, nextToken } = read(answer);
    pages.push(items);
    if (nextToken === undefined) return pages;
    token = { nextToken };
  }
  throw new Error(`${routeKey} did not end within ${mostPages} pages`);
}

/** The pages of `GET /products` or `GET /admin/products`. */
export const productPages = (routeKey: string, query: Query = {}, request: Request = {}) =>
  readPages(routeKey, query, productsIn, request);

/** The pages of `GET /categories`. */
export const categoryPages = (query: Query = {}, request: Request = {}) =>
  readPages('GET /categories', query, categoriesIn, request);
