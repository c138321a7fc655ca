import { createCategory, createProduct, send } from '../support/catalog';
import { expectProblem } from '../support/problems';

describe('GET /admin/products/{productId}', () => {
  const get = (id: string, request: object = {}) => send('GET /admin/products/{productId}', { id, ...request });
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it.each(['draft', 'active', 'archived'])('returns 200 with an %s product and its ETag', async (status) => {
    const product = await createProduct(ids.category, { status });
    expect(await get(product.id)).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"1"' },
      body: product,
    });
  });

  it('returns 304 for the current ETag and 200 for an older one', async () => {
    const { id } = await createProduct(ids.category, { status: 'draft' });
    await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
    const tagged = (tag: string) => get(id, { headers: { 'if-none-match': tag } });
    expect(await tagged('"2"')).toEqual({
      status: 304,
      headers: { etag: '"2"', 'cache-control': 'no-store' },
      body: undefined,
    });
    expect(await tagged('"1"')).toMatchObject({ status: 200, body: { id, version: 2 } });
  });

  it('returns 404 when there is no such product', async () => {
    expectProblem(await get('01ARZ3NDEKTSV4RRFFQ69G5FAV'), 404, 'not_found');
  });

  it('returns 404 for the id of a category', async () => {
    expectProblem(await get(ids.category), 404, 'not_found');
  });
});
