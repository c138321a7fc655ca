/** Routes other than the two creations take no notice of `Idempotency-Key`, whatever it is. */
import { createCategory, createProduct, ifMatch, productFields, send, type Request } from '../support/catalog';
import { newKey, post } from '../support/creations';
import { eachInItsOwnTable, readTable } from '../support/table-contents';

interface Change {
  route: string;
  /** What it takes to be done once to a new record of version 1. */
  request?: (categoryId: string, id: string) => Request;
  /** What it answers when it is done, and when it is done again: never the first answer a second time. */
  first: object;
  second: object;
}

const changes: Change[] = [
  {
    route: 'PUT /products/{productId}',
    request: (categoryId) => ({ ...ifMatch(1), body: { ...productFields(categoryId), name: 'Changed' } }),
    first: { status: 200, body: { version: 2 } },
    second: { status: 412 },
  },
  {
    route: 'PATCH /products/{productId}',
    request: () => ({ ...ifMatch(1), body: { stockCount: 7 } }),
    first: { status: 200, body: { version: 2 } },
    second: { status: 412 },
  },
  { route: 'DELETE /products/{productId}', first: { status: 204 }, second: { status: 404 } },
  {
    route: 'PUT /categories/{categoryId}',
    request: () => ({ ...ifMatch(1), body: { name: 'Changed' } }),
    first: { status: 200, body: { version: 2 } },
    second: { status: 412 },
  },
  {
    route: 'PATCH /categories/{categoryId}',
    request: () => ({ ...ifMatch(1), body: { description: 'Changed' } }),
    first: { status: 200, body: { version: 2 } },
    second: { status: 412 },
  },
  { route: 'DELETE /categories/{categoryId}', first: { status: 204 }, second: { status: 404 } },
  {
    route: 'POST /admin/products/bulk',
    request: (_, id) => ({ body: { rows: [{ id, stockCount: 7 }] } }),
    first: { status: 200, body: { results: [{ action: 'changed' }] } },
    second: { status: 200, body: { results: [{ action: 'unchanged' }] } },
  },
  {
    route: 'POST /admin/products/bulk-delete',
    request: (_, id) => ({ body: { rows: [{ id }] } }),
    first: { status: 200, body: { results: [{ action: 'deleted' }] } },
    second: { status: 200, body: { results: [{ problem: { code: 'not_found' } }] } },
  },
  { route: 'POST /admin/products/{productId}/restore', first: { status: 200 }, second: { status: 409 } },
];

const keys: [label: string, key: () => Promise<string>][] = [
  ['new', () => Promise.resolve(newKey())],
  ['malformed', () => Promise.resolve('two words')],
  [
    'used for a creation',
    async () => {
      const key = newKey();
      await post('POST /categories', key, { name: 'First' });
      return key;
    },
  ],
];

const idempotencyRecords = async () => (await readTable()).filter(({ pk }) => pk.startsWith('IDEMPOTENCY#'));

eachInItsOwnTable();

describe.each(changes)('$route', ({ route, request = () => ({}), first, second }) => {
  /** The request, for a record of the route's kind, deleted where the route brings it back. */
  async function prepare(): Promise<Request> {
    const categoryId = (await createCategory()).id;
    const id = route.includes('product') ? (await createProduct(categoryId)).id : categoryId;
    if (route.endsWith('/restore')) await send('DELETE /products/{productId}', { id });
    return { ...request(categoryId, id), id };
  }

  it.each(keys)('ignores an Idempotency-Key that is %s', async (_, newKeyOf) => {
    const plain = await prepare();
    const key = await newKeyOf();
    const before = await idempotencyRecords();
    const keyed = { ...plain, headers: { ...plain.headers, 'idempotency-key': key } };
    for (const expected of [first, second]) {
      const answer = await send(route, keyed);
      expect(answer).toMatchObject(expected);
      expect(answer.headers).not.toHaveProperty('idempotency-replayed');
    }
    expect(await idempotencyRecords()).toStrictEqual(before);
  });
});
