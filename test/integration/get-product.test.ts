import { createCategory, createProduct, send } from '../support/catalog';
import { expectProblem } from '../support/problems';

describe('GET /products/{productId}', () => {
  const get = (id: string, request: object = {}) => send('GET /products/{productId}', { id, ...request });
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it.each(['user', 'admin'])('returns 200 with an active product and its ETag to group %s', async (group) => {
    const product = await createProduct(ids.category, { attributes: { colour: 'red' } });
    expect(await get(product.id, { groups: [group] })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"1"' },
      body: product,
    });
  });

  it.each(['draft', 'archived'])('returns 404 for a %s product, to admins as well', async (status) => {
    const { id } = await createProduct(ids.category, { status });
    for (const group of ['user', 'admin']) expectProblem(await get(id, { groups: [group] }), 404, 'not_found');
  });

  it('returns 404 from the moment a product is archived', async () => {
    const { id } = await createProduct(ids.category);
    await send('PATCH /products/{productId}', { id, body: { status: 'archived' } });
    expectProblem(await get(id, { headers: { 'if-none-match': '"1"' } }), 404, 'not_found');
  });

  it.each(['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'category'])('returns 404 for an id of no product (%s)', async (id) => {
    expectProblem(await get(id === 'category' ? ids.category : id), 404, 'not_found');
  });

  it.each(['"2"', 'W/"2"', '"1", "2"', '*'])('returns 304 without a body for If-None-Match: %s', async (tags) => {
    const { id } = await createProduct(ids.category);
    await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
    const answer = await get(id, { headers: { 'if-none-match': tags } });
    expect(answer).toEqual({ status: 304, headers: { etag: '"2"', 'cache-control': 'no-store' }, body: undefined });
  });

  it.each(['"1"', '"3"', '2', '"22"'])('returns 200 for If-None-Match: %s', async (tags) => {
    const { id } = await createProduct(ids.category);
    await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
    const answer = await get(id, { headers: { 'if-none-match': tags } });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { id, stockCount: 1 } });
  });
});
