/** Wrong paths, queries and headers, on every route that reads them. */
import { createCategory, createProduct, productFields, send, type Request } from '../support/catalog';
import { expectInvalid } from '../support/problems';
import { leavesNoTrace } from '../support/table-contents';

const ids = { category: '', product: '' };

beforeAll(async () => {
  ids.category = (await createCategory()).id;
  ids.product = (await createProduct(ids.category)).id;
});

leavesNoTrace();

/** A request that every route would accept. */
const valid = (routeKey: string): Request => {
  const ofProduct = routeKey.includes('product');
  const body = ofProduct ? productFields(ids.category) : { name: 'Shoes' };
  return {
    id: ofProduct ? ids.product : ids.category,
    ...(/^(GET|DELETE)|restore$/.test(routeKey) ? {} : { body }),
    ...(routeKey.startsWith('PUT') ? { headers: { 'if-match': '"1"' } } : {}),
  };
};

const histories = ['GET /admin/products/{productId}/history', 'GET /admin/categories/{categoryId}/history'];
const lists = ['GET /categories', 'GET /products', 'GET /admin/products'];
const items = [
  ...['GET', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => [
    `${method} /categories/{categoryId}`,
    `${method} /products/{productId}`,
  ]),
  'GET /admin/products/{productId}',
  'POST /admin/products/{productId}/restore',
  ...histories,
];
const routes = ['POST /categories', 'POST /products', ...lists, ...items];

describe.each(routes)('%s', (routeKey) => {
  it.each(['colour', 'Limit', 'toString', ''])('returns 400 for the unknown query parameter %j', async (name) => {
    const answer = await send(routeKey, { ...valid(routeKey), query: { [name]: '1' } });
    expectInvalid(answer, 'query', `/${name}`);
  });

  it('returns 400 for the query parameter __proto__', async () => {
    const query = Object.fromEntries([['__proto__', '1']]);
    expectInvalid(await send(routeKey, { ...valid(routeKey), query }), 'query', '/__proto__');
  });
});

describe.each(items)('%s', (routeKey) => {
  it.each([
    // Of `/products/`, where API Gateway takes that for one with an id.
    '',
    '1',
    'undefined',
    '__proto__',
    '../admin',
    '01ARZ3NDEKTSV4RRFFQ69G5FA',
    '01ARZ3NDEKTSV4RRFFQ69G5FAVX',
    '01arz3ndektsv4rrffq69g5fav',
    '01ARZ3NDEKTSV4RRFFQ69G5FAU',
    '81ARZ3NDEKTSV4RRFFQ69G5FAV',
    '01ARZ3NDEKTSV4RRFFQ69G5FA\n',
  ])('returns 400 for the id %j', async (id) => {
    const pointer = routeKey.includes('product') ? '/productId' : '/categoryId';
    expectInvalid(await send(routeKey, { ...valid(routeKey), id }), 'path', pointer);
  });
});

describe.each([...lists, ...histories])('%s', (routeKey) => {
  it.each(['0', '101', 'abc', '', '-1', '1.5', '1e1', '007', ' 5', '5,6', '١'])(
    'returns 400 for limit=%j',
    async (limit) => {
      expectInvalid(await send(routeKey, { ...valid(routeKey), query: { limit } }), 'query', '/limit');
    },
  );

  it.each(['', '%00', 'a b', '{"pk":"x"}', 'x'.repeat(201), "' OR 1=1"])(
    'returns 400 for nextToken=%j',
    async (nextToken) => {
      expectInvalid(await send(routeKey, { ...valid(routeKey), query: { nextToken } }), 'query', '/nextToken');
    },
  );
});

describe.each(histories)('%s', (routeKey) => {
  it.each(['0', '01', '-1', '1.5', '1e3', 'abc', '12345678901', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '1,2', '١'])(
    'returns 400 for nextToken=%j',
    async (nextToken) => {
      expectInvalid(await send(routeKey, { ...valid(routeKey), query: { nextToken } }), 'query', '/nextToken');
    },
  );
});

describe.each(['GET /products', 'GET /admin/products'])('%s', (routeKey) => {
  it.each([
    ['categoryId', 'shoes'],
    ['categoryId', ''],
    ['categoryId', '01ARZ3NDEKTSV4RRFFQ69G5FAV,01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['sku', ''],
    ['sku', 'a b'],
    ['sku', 's'.repeat(65)],
    ['slug', 'Red'],
    ['slug', ''],
    ['slug', 's'.repeat(201)],
    ['nextToken', 'last'],
    ['nextToken', '01arz3ndektsv4rrffq69g5fav'],
    ['status', 'deleted'],
    ['status', ''],
  ])('returns 400 for %s=%j', async (name, value) => {
    expectInvalid(await send(routeKey, { query: { [name]: value } }), 'query', `/${name}`);
  });
});

it('GET /products returns 400 for a status, even active', async () => {
  expectInvalid(await send('GET /products', { query: { status: 'active' } }), 'query', '/status');
});

describe.each(items.filter((routeKey) => !routeKey.startsWith('GET')))('%s', (routeKey) => {
  it.each(['1', '""', '"0"', '"-1"', '"01"', '"abc"', '"1.5"', 'W/"1"', '"1", "2"', '', '"9999999999999999"'])(
    'returns 400 for If-Match: %s',
    async (tag) => {
      const request = { ...valid(routeKey), headers: { 'if-match': tag } };
      expectInvalid(await send(routeKey, request), 'header', '/if-match');
    },
  );
});
