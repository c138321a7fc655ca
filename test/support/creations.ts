/** The two routes that heed `Idempotency-Key`, and requests for them. */
import { randomUUID } from 'node:crypto';
import { createCategory, productFields, send, type Request } from './catalog';
import { expectSoundTable } from './table-contents';

export const newKey = () => randomUUID();

interface Creation {
  route: 'POST /products' | 'POST /categories';
  /** What the route needs at least, new every time. */
  newBody: () => Promise<{ name: string }>;
  /** The path of one record. */
  item: '/products/{productId}' | '/categories/{categoryId}';
}

export const creations: Creation[] = [
  {
    route: 'POST /products',
    newBody: async () => productFields((await createCategory()).id),
    item: '/products/{productId}',
  },
  {
    route: 'POST /categories',
    newBody: () => Promise.resolve({ name: `Category ${randomUUID()}` }),
    item: '/categories/{categoryId}',
  },
];

/** Sends a body under a key. */
export const post = (route: string, key: string, body: object | string, request: Request = {}) =>
  send(route, { ...request, body, headers: { 'idempotency-key': key } });

/** The ids of what has this name, in a table that is sound. */
export async function idsNamed(name: string): Promise<string[]> {
  const { products, categories } = await expectSoundTable();
  return [...products, ...categories].filter((record) => record.name === name).map(({ id }) => id);
}
