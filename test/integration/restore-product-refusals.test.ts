/** What keeps a product from coming back. */
import { createCategory, createProduct, send } from '../support/catalog';
import { contentOf } from '../support/histories';
import { expectInvalid, expectProblem } from '../support/problems';
import { createDeleted, remove, restore, restoreRoute } from '../support/restorations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

describe(restoreRoute, () => {
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it('returns 409 for a product that exists, whether or not it was deleted before', async () => {
    const { id } = await createProduct(ids.category);
    expectProblem(await leavingNoTrace(() => restore(id)), 409, 'not_deleted');
    await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
    expectProblem(await leavingNoTrace(() => restore(id)), 409, 'not_deleted');
    await remove(id);
    await restore(id);
    expectProblem(await leavingNoTrace(() => restore(id)), 409, 'not_deleted');
  });

  it.each([
    ['SKU', 'sku_taken', 'sku'],
    ['slug', 'slug_taken', 'slug'],
  ] as const)('returns 409 while its %s is taken, and 200 once it is free', async (_, code, field) => {
    const product = await createDeleted(ids.category);
    const taker = await createProduct(ids.category, { [field]: product[field] });
    const answer = await leavingNoTrace(() => restore(product.id));
    expectProblem(answer, 409, code, { field, value: product[field] });
    await send('PATCH /products/{productId}', { id: taker.id, body: { [field]: `free-${field}` } });
    expect(contentOf((await restore(product.id)).body)).toEqual(contentOf(product));
  });

  it.each(['"2"', '"1"', '*'])('returns 400 with If-Match: %s, and brings nothing back', async (etag) => {
    const { id } = await createDeleted(ids.category);
    const answer = await leavingNoTrace(() => restore(id, { headers: { 'if-match': etag } }));
    expectInvalid(answer, 'header', '/if-match');
  });

  it('returns 422 when its category is gone', async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createDeleted(categoryId);
    await send('DELETE /categories/{categoryId}', { id: categoryId });
    const answer = await leavingNoTrace(() => restore(id));
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: categoryId });
  });

  it('returns 404 for an id that never was, and for that of a category, gone or not', async () => {
    const gone = await createCategory();
    await send('DELETE /categories/{categoryId}', { id: gone.id });
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FAV', ids.category, gone.id]) {
      expectProblem(await leavingNoTrace(() => restore(id)), 404, 'not_found');
    }
  });

  it('returns 409 for the SKU first where everything else is gone too', async () => {
    const { id: categoryId } = await createCategory();
    const { id, sku, slug } = await createDeleted(categoryId);
    await send('DELETE /categories/{categoryId}', { id: categoryId });
    await createProduct(ids.category, { sku, slug });
    expectProblem(await leavingNoTrace(() => restore(id)), 409, 'sku_taken', { field: 'sku', value: sku });
  });

  afterAll(expectSoundTable);
});
