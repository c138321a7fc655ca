/** What each operation may cost: its requests to the database, one by one, and the capacity units that they consume. */
import { policy } from '../../src/access/policy';
import { config } from '../../src/config';
import { nameOf, operations, succeed } from '../support/operations';
import { trafficOf } from '../support/round-trips';

const write = 'TransactWriteItems';
const [get, query, batch] = ['GetItem', 'Query', 'BatchGetItem'];

/**
 * A create is one request, any other write two; below other categories, each of them is read on the way up, one after the other. A
 * page is a query, and one request for records that its index does not hold;
 * for categories, one for the counts of each, all at once. Units: read, written, written by indexes;
 * undefined where they depend on how many changes there were between those that are wanted.
 */
const promises: Readonly<
  Record<string, [actions: string[], read: number | undefined, write: number, indexWrite: number]>
> = {
  'GET /categories/tree': [[query, query, query, query], 3.5, 0, 0],
  'POST /categories': [[write], 0, 134, 4],
  'POST /categories, with an Idempotency-Key': [[write], 0, 136, 4],
  'POST /categories, repeated with its key': [[write, get], 1, 0, 0],
  'POST /categories, whose derived slug is taken': [[write, write], 0, 134, 4],
  'POST /categories, on the third level': [[get, get, write], 2, 140, 4],
  'PUT /categories/{categoryId}': [[query, write], 2, 4, 3],
  'PATCH /categories/{categoryId}': [[query, write], 2, 4, 3],
  'PATCH /categories/{categoryId}, another slug': [[query, write], 2, 8, 5],
  'PATCH /categories/{categoryId}, from the top to the third level': [[query, query, get, get, write], 5, 42, 4],
  'DELETE /categories/{categoryId}': [[query, query, write], 3, 134, 4],
  'DELETE /categories/{categoryId}, on the third level': [[query, query, get, get, write], 5, 140, 4],
  'GET /categories': [[query, ...Array<string>(25).fill(query)], 51.5, 0, 0],
  'GET /categories, of one level': [[query, ...Array<string>(25).fill(query)], 51.5, 0, 0],
  'GET /categories/{categoryId}': [[query], 2, 0, 0],
  'GET /categories/{categoryId}, on the third level': [[query, get, get, batch], 6, 0, 0],
  'GET /admin/categories/{categoryId}/history': [[query], 2, 0, 0],
  'POST /products': [[write], 0, 10, 5],
  'POST /products, with an Idempotency-Key': [[write], 0, 12, 5],
  'POST /products, repeated with its key': [[write, get], 1, 0, 0],
  'POST /products, whose derived slug is taken': [[write, write], 0, 10, 5],
  'PUT /products/{productId}': [[get, write], 1, 4, 3],
  'PATCH /products/{productId}': [[get, write], 1, 4, 3],
  'PATCH /products/{productId}, another status': [[get, write], 1, 6, 5],
  'PATCH /products/{productId}, another SKU': [[get, write], 1, 8, 3],
  'PATCH /products/{productId}, another slug': [[get, write], 1, 8, 3],
  'PATCH /products/{productId}, another category': [[get, write], 1, 8, 6],
  'PATCH /products/{productId}, another SKU, slug, status and category': [[get, write], 1, 16, 7],
  'PATCH /products/{productId}, whose derived slug is taken': [[get, write, get, write], 2, 8, 3],
  'DELETE /products/{productId}': [[get, write], 1, 10, 5],
  'POST /admin/products/{productId}/restore': [[query, write], 1, 10, 5],
  'POST /admin/products/bulk, twenty new ones of a category': [[batch, write], 20, 162, 100],
  'POST /admin/products/bulk, twenty, none of which changes': [[batch, batch], 40, 0, 0],
  'POST /admin/products/bulk, twenty new ones, tried out': [[batch, write], 20, 162, 0],
  'POST /admin/products/bulk-delete, twenty': [[batch, batch, write], 40, 162, 100],
  'GET /products/{productId}': [[get], 1, 0, 0],
  'GET /admin/products/{productId}': [[get], 1, 0, 0],
  'GET /admin/products/{productId}/history': [[query], 2, 0, 0],
  'GET /products': [[query], 1.5, 0, 0],
  'GET /products, of a category': [[query], 1.5, 0, 0],
  'GET /products, of a category and what is below it': [[query, query, query, query, batch], 28, 0, 0],
  'GET /products, by SKU': [[get, get], 2, 0, 0],
  'GET /products, by slug': [[get, get], 2, 0, 0],
  // A hidden product must not be told from none by what it costs to look for it.
  'GET /products, by the SKU of a draft': [[get, get], 2, 0, 0],
  'GET /products, by the slug of a draft': [[get, get], 2, 0, 0],
  'GET /products, by an SKU that no product has': [[get, get], 2, 0, 0],
  'GET /products, by a slug that no product has': [[get, get], 2, 0, 0],
  'GET /admin/products, of one status': [[query], 1.5, 0, 0],
  'GET /admin/products, of one status of a category': [[query], 1.5, 0, 0],
  'GET /admin/products, of all statuses': [[query, batch], 25.5, 0, 0],
  'GET /admin/products, of all statuses of a category': [[query, batch], 25.5, 0, 0],
  'GET /admin/products, of all statuses of a category and what is below it': [
    [query, query, query, query, batch],
    27,
    0,
    0,
  ],
  'GET /admin/products, by SKU': [[get, get], 2, 0, 0],
  'GET /admin/products, by slug': [[get, get], 2, 0, 0],
  'GET /admin/products, that are deleted': [[query, query, query, query, batch, batch], undefined, 0, 0],
  'POST /admin/products/{productId}/images': [[get, 'PutItem'], 1, 1, 1],
  'GET /admin/products/{productId}/images': [[query], 1, 0, 0],
  'GET /admin/changes': [[query, query, query, query, batch], 29, 0, 0],
};

it('tells of every route', () => {
  expect(operations.map(nameOf)).toEqual(Object.keys(promises));
  expect([...new Set(operations.map(({ routeKey }) => routeKey))].sort()).toEqual(
    Object.keys(policy)
      .filter((routeKey) => !routeKey.includes('/admin/users'))
      .sort(),
  );
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
    if (await countsAsAws())
      expect(units).toEqual({ read: read ?? units.read, write: written, indexWrite: indexWritten });
    // A batch that finds nothing costs nothing there.
    else expect(units.read).toBeLessThanOrEqual(read ?? units.read);
  },
);
