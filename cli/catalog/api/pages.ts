/** Reading from the API: one answer, or a list page by page. */
import * as z from 'zod/mini';
import type { Routes } from '../../../deployment/routes';
import { Rejection } from '../rejection';
import { reasonOf, understand } from './answer';

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** What a GET answers, held against the schema. Throws `Rejection` where that is not a 200. */
export async function read<Body>(asked: Promise<Answer>, schema: z.ZodMiniType<Body>): Promise<Body> {
  const answer = await asked;
  const { status, url } = answer.response;
  if (status === 404) throw new Rejection(`GET ${url} failed (404): is this the API of a catalogue?`);
  if (status !== 200) throw new Rejection(`GET ${url} failed (${reasonOf(status, answer.error)})`);
  return understand(answer, 'GET', schema);
}

/** The same for what may not be there, which is undefined then. */
export async function find<Body>(asked: Promise<Answer>, schema: z.ZodMiniType<Body>): Promise<Body | undefined> {
  const { status } = (await asked).response;
  return status === 404 ? undefined : read(asked, schema);
}

interface Query {
  limit: number;
  nextToken?: string;
}

/** All items of a list; `ask` gets one page of it. */
export async function* readList<Item>(
  ask: (query: Query) => Promise<Answer>,
  item: z.ZodMiniType<Item>,
): AsyncGenerator<Item> {
  const page = z.object({ items: z.array(item), nextToken: z.optional(z.string()) });
  for (let query: Query | undefined = { limit: 100 }; query;) {
    const { items, nextToken }: z.infer<typeof page> = await read(ask(query), page);
    yield* items;
    query = nextToken === undefined ? undefined : { limit: 100, nextToken };
  }
}

export const getCategory = (routes: Routes, categoryId: string) =>
  routes.GET('/categories/{categoryId}', { params: { path: { categoryId } } });

export const getProduct = (routes: Routes, productId: string) =>
  routes.GET('/admin/products/{productId}', { params: { path: { productId } } });

export const categoriesOf = (routes: Routes) => (query: Query) => routes.GET('/categories', { params: { query } });

export const productsOf = (routes: Routes) => (query: Query) => routes.GET('/admin/products', { params: { query } });
