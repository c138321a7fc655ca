/** What is read from catalogues of different sizes, and what must be found there. */
import * as z from 'zod/mini';
import type { FakeRequest } from '../test/support/events';
import type { Models } from './models';
import type { Stock } from './stock';

export interface Read {
  what: string;
  /** The function that answers it. */
  handler: string;
  /** The request for this stock; `number` counts the calls. */
  request: (stock: Stock, number: number) => FakeRequest;
  /** The body of the answer, whatever the size. */
  answer: z.ZodMiniType;
}

/** The functions that answer them. */
export const readers = ['get-product', 'list-products', 'list-all-products'];

export function reads({ categoryId }: Models): Read[] {
  const active = ['list-products', 'GET /products', (stock: Stock) => stock.active] as const;
  const all = ['list-all-products', 'GET /admin/products', (stock: Stock) => stock.all] as const;
  const archived = ['list-all-products', 'GET /admin/products', (stock: Stock) => stock.archived] as const;
  return [
    byId,
    ...pages('active products', ...active),
    ...pages('active products of a category', ...active, { categoryId }),
    ...pages('archived products', ...archived, { status: 'archived' }),
    ...pages('products of all statuses', ...all),
    ...pages('products of all statuses of a category', ...all, { categoryId }),
  ];
}

const byId: Read = {
  what: 'a product by id',
  handler: 'get-product',
  request: ({ active }, number) => {
    // One after the other from all over the catalogue.
    const productId = active[(number * 7919) % active.length] ?? '';
    return { routeKey: 'GET /products/{productId}', path: { productId } };
  },
  answer: z.object({ id: z.string() }),
};

const perPage = 25;
const items = z.array(z.object({ id: z.string() })).check(z.length(perPage));

/** The first page of a list, one from its middle and the last one, all full. `listed` are the ids in the list, oldest first. */
function pages(
  what: string,
  handler: string,
  routeKey: string,
  listed: (stock: Stock) => string[],
  query: Record<string, string> = {},
): Read[] {
  const after = (id = '') => ({ routeKey, query: { ...query, nextToken: id } });
  return [
    {
      ...{ what: `${what}, first page`, handler },
      request: () => ({ routeKey, query }),
      answer: z.object({ items, nextToken: z.string() }),
    },
    {
      ...{ what: `${what}, middle page`, handler },
      request: (stock) => after(listed(stock)[Math.floor((listed(stock).length + perPage) / 2)]),
      answer: z.object({ items, nextToken: z.string() }),
    },
    {
      ...{ what: `${what}, last page`, handler },
      request: (stock) => after(listed(stock)[perPage]),
      answer: z.strictObject({ items }),
    },
  ];
}
