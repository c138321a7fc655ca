/** What each operation may cost: its requests to the database, one by one, and the capacity units that they consume. */
import { policy } from '../../src/access/policy';
import { config } from '../../src/config';
import { nameOf, operations, succeed } from '../support/operations';
import { trafficOf } from '../support/round-trips';

const write = 'TransactWriteItems';
const [get, query] = ['GetItem', 'Query'];

/** A create is one request, any other write two, a page one query per partition. Units: read, written, written by indexes. */
const promises: Readonly<Record<string, [actions: string[], read: number, write: number, indexWrite: number]>> = {
  'POST /categories': [[write], 0, 6, 1],
  'POST /categories, with an Idempotency-Key': [[write], 0, 8, 1],
  'POST /categories, repeated with its key': [[write, get], 1, 0, 0],
  'POST /categories, whose derived slug is taken': [[write, write], 0, 6, 1],
  'PUT /categories/{categoryId}': [[get, write], 1, 4, 1],
  'PATCH /categories/{categoryId}': [[get, write], 1, 4, 1],
  'PATCH /categories/{categoryId}, another slug': [[get, write], 1, 8, 2],
  'DELETE /categories/{categoryId}': [[get, write], 1, 6, 1],
  'GET /categories': [[query], 1.5, 0, 0],
  'GET /categories/{categoryId}': [[get], 1, 0, 0],
  'GET /admin/categories/{categoryId}/history': [[query], 2, 0, 0],
  'POST /products': [[write], 0, 10, 3],
  'POST /products, with an Idempotency-Key': [[write], 0, 12, 3],
  'POST /products, repeated with its key': [[write, get], 1, 0, 0],
  'POST /products, whose derived slug is taken': [[write, write], 0, 10, 3],
  'PUT /products/{productId}': [[get, write], 1, 4, 2],
  'PATCH /products/{productId}': [[get, write], 1, 4, 2],
  'PATCH /products/{productId}, another status': [[get, write], 1, 4, 4],
  'PATCH /products/{productId}, another SKU': [[get, write], 1, 8, 2],
  'PATCH /products/{productId}, another slug': [[get, write], 1, 8, 2],
  'PATCH /products/{productId}, another category': [[get, write], 1, 8, 5],
  'PATCH /products/{productId}, another SKU, slug, status and category': [[get, write], 1, 16, 6],
  'PATCH /products/{productId}, whose derived slug is taken': [[get, write, get, write], 2, 8, 2],
  'DELETE /products/{productId}': [[get, write], 1, 10, 3],
  'POST /admin/products/{productId}/restore': [[query, write], 1, 10, 3],
  'GET /products/{productId}': [[get], 1, 0, 0],
  'GET /admin/products/{productId}': [[get], 1, 0, 0],
  'GET /admin/products/{productId}/history': [[query], 2, 0, 0],
  'GET /products': [[query], 1.5, 0, 0],
  'GET /products, of a category': [[query], 1.5, 0, 0],
  'GET /products, by SKU': [[get, get], 2, 0, 0],
  'GET /products, by slug': [[get, get], 2, 0, 0],
  'GET /admin/products, of one status': [[query], 1.5, 0, 0],
  'GET /admin/products, of one status of a category': [[query], 1.5, 0, 0],
  'GET /admin/products, of all statuses': [[query, query, query], 4.5, 0, 0],
  'GET /admin/products, of all statuses of a category': [[query, query, query], 4.5, 0, 0],
  'GET /admin/products, by SKU': [[get, get], 2, 0, 0],
  'GET /admin/products, by slug': [[get, get], 2, 0, 0],
};

it('tells of every route', () => {
  expect(operations.map(nameOf)).toEqual(Object.keys(promises));
  expect([...new Set(operations.map(({ routeKey }) => routeKey))].sort()).toEqual(Object.keys(policy).sort());
});

/** AWS's DynamoDB Local has rules of its own for what a transaction consumes; the embedded engine has those of AWS. */
async function countsAsAws(): Promise<boolean> {
  return (await fetch(config.dynamodbEndpoint ?? '')).headers.has('x-dynoxide-version');
}

it.each(operations.map((operation) => [nameOf(operation), operation] as const))(
  '%s asks of the database what is promised and no more',
  async (name, { routeKey, prepare }) => {
    const request = await prepare();
    const { actions, units } = await trafficOf(() => succeed(routeKey, request));
    const [promised, read, written, indexWritten] = promises[name] ?? [];
    expect(actions).toEqual(promised);
    expect(units).toMatchObject({ read });
    if (await countsAsAws()) expect(units).toEqual({ read, write: written, indexWrite: indexWritten });
  },
);
