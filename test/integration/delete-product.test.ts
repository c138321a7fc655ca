import { createCategory, createProduct, ifMatch, readCategory, send } from '../support/catalog';
import { expectProblem } from '../support/problems';
import { expectSoundTable, leavingNoTrace, readTable } from '../support/table-contents';

describe('DELETE /products/{productId}', () => {
  const remove = (id: string, request: object = {}) => send('DELETE /products/{productId}', { id, ...request });
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it.each(['draft', 'active', 'archived'])(
    'returns 204 without a body and leaves nothing of an %s product but its history',
    async (status) => {
      const before = await readTable();
      const { id } = await createProduct(ids.category, { status });
      expect(await remove(id)).toEqual({ status: 204, headers: { 'cache-control': 'no-store' }, body: undefined });
      const after = await readTable();
      const others = after.filter(({ pk }) => pk !== `PRODUCT#${id}`);
      // Counts tell how often they were written, whatever became of them; one that was never written has no children to tell of.
      const withoutWrites = (items: object[]) => items.map((item) => ({ children: 0, ...item, writes: undefined }));
      expect(withoutWrites(others)).toEqual(withoutWrites(before));
      const own = after.filter(({ pk }) => pk === `PRODUCT#${id}`);
      expect(own.map(({ sk }) => sk)).toEqual(['HISTORY#0000000001', 'HISTORY#0000000002']);
      expectProblem(await send('GET /admin/products/{productId}', { id }), 404, 'not_found');
    },
  );

  it('frees its SKU and slug at once', async () => {
    const { id, sku, slug } = await createProduct(ids.category);
    await remove(id);
    expect(await createProduct(ids.category, { sku, slug })).toMatchObject({ sku, slug });
  });

  it('takes one from the product count of its category', async () => {
    const category = await createCategory();
    const { id } = await createProduct(category.id);
    await createProduct(category.id);
    await remove(id);
    expect(await readCategory(category.id)).toMatchObject({ productCount: 1, version: 1 });
  });

  it('returns 412 with the current version when If-Match is stale', async () => {
    const { id } = await createProduct(ids.category);
    await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
    const answer = await leavingNoTrace(() => remove(id, ifMatch(1)));
    expectProblem(answer, 412, 'stale_version', { currentVersion: 2 });
    expect((await remove(id, ifMatch(2))).status).toBe(204);
  });

  it('returns 404 when it is gone already', async () => {
    const { id } = await createProduct(ids.category);
    await remove(id);
    expectProblem(await leavingNoTrace(() => remove(id)), 404, 'not_found');
  });

  it('returns 404 for the id of a category', async () => {
    expectProblem(await leavingNoTrace(() => remove(ids.category)), 404, 'not_found');
  });

  afterAll(expectSoundTable);
});
