import { createCategory, createProduct, readCategory, send } from '../support/catalog';
import { expectProblem } from '../support/problems';

describe('GET /categories/{categoryId}', () => {
  const get = (id: string, request: object = {}) => send('GET /categories/{categoryId}', { id, ...request });

  it.each(['user', 'admin'])('returns 200 with the category and its ETag to group %s', async (group) => {
    const category = await createCategory({ description: 'All of them' });
    expect(await get(category.id, { groups: [group] })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', etag: '"1"' },
      body: category,
    });
  });

  it('counts products of every status, without a new version', async () => {
    const { id } = await createCategory();
    for (const status of ['draft', 'active', 'archived']) await createProduct(id, { status });
    expect(await readCategory(id)).toMatchObject({ productCount: 3, version: 1 });
  });

  it('returns 404 when there is no such category', async () => {
    expectProblem(await get('01ARZ3NDEKTSV4RRFFQ69G5FAV'), 404, 'not_found');
  });

  it('returns 404 for the id of a product', async () => {
    const { id } = await createProduct((await createCategory()).id);
    expectProblem(await get(id), 404, 'not_found');
  });
});
