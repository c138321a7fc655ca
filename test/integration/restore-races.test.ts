/** Restorations while others write: a product comes back once, and never to a SKU, slug or category that is not there for it. */
import { createCategory, createProduct, productFields, readCategory, readProduct, send } from '../support/catalog';
import { callers } from '../support/depth';
import { productHistory, readHistory } from '../support/history-pages';
import { interleave } from '../support/interleave';
import { productPages } from '../support/pages';
import { expectProblem } from '../support/problems';
import { outcomes, race, scatter } from '../support/race';
import type { Product } from '../support/representations';
import { createDeleted, remove, restore } from '../support/restorations';
import { expectSoundTable } from '../support/table-contents';

const removeCategory = (id: string) => send('DELETE /categories/{categoryId}', { id });
const newCategory = async () => (await createCategory()).id;

async function createDeletedOnes(categoryId: string, count: number): Promise<Product[]> {
  const products: Product[] = [];
  for (let index = 0; index < count; index += 1) products.push(await createDeleted(categoryId));
  return products;
}

const actionsOf = async (id: string) => (await readHistory(productHistory, id)).map(({ action }) => action);

// Once, at the end: what a race breaks, nothing mends.
afterAll(expectSoundTable);

describe(`${callers} callers`, () => {
  it('restore a deleted product once', async () => {
    const { id, categoryId } = await createDeleted(await newCategory());
    const answers = await race((caller) => restore(id, { sub: `caller-${caller}` }));
    expect(outcomes(answers)).toEqual({ '200': 1, '409 not_deleted': callers - 1 });
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await readProduct(id)).toMatchObject({ version: 3, updatedBy: `caller-${winner}` });
    expect(await readCategory(categoryId)).toMatchObject({ productCount: 1 });
    expect(await actionsOf(id)).toEqual(['restored', 'deleted', 'created']);
  });

  it.each([
    ['SKU', 'sku', '409 sku_taken'],
    ['slug', 'slug', '409 slug_taken'],
  ] as const)('never give a %s two owners, be it restored or created', async (_, field, refusal) => {
    for (const restorer of [0, 1, callers / 2, callers - 1]) {
      const categoryId = await newCategory();
      const { id, [field]: value } = await createDeleted(categoryId);
      const answers = await race((caller) =>
        caller === restorer
          ? restore(id)
          : send('POST /products', { body: { ...productFields(categoryId), [field]: value } }),
      );
      const restored = answers[restorer]?.status === 200;
      expect(outcomes(answers)).toEqual({ [restored ? '200' : '201']: 1, [refusal]: callers - 1 });
      expect(await readCategory(categoryId)).toMatchObject({ productCount: 1 });
      expect((await productPages('GET /admin/products', { [field]: value })).flat()).toHaveLength(1);
    }
  });

  it.each(['sku', 'slug'] as const)('never give one %s to two of the products that had it', async (field) => {
    const categoryId = await newCategory();
    const { id, ...first } = await createDeleted(categoryId);
    const ids = [id];
    while (ids.length < callers) ids.push((await createDeleted(categoryId, { [field]: first[field] })).id);
    const answers = await race((caller) => restore(ids[caller] ?? ''));
    expect(outcomes(answers)).toEqual({ '200': 1, [`409 ${field}_taken`]: callers - 1 });
  });

  it.each([0, 1, callers / 2, callers - 1])(
    'never restore into a category that is deleted (caller %d deletes)',
    async (deleter) => {
      const categoryId = await newCategory();
      const products = await createDeletedOnes(categoryId, callers);
      const answers = await race((caller) =>
        caller === deleter ? removeCategory(categoryId) : restore(products[caller]?.id ?? ''),
      );
      const gone = answers[deleter]?.status === 204;
      expect(outcomes(answers)).toEqual(
        gone ? { '204': 1, '422 category_not_found': callers - 1 } : { '200': callers - 1, '409 category_in_use': 1 },
      );
    },
  );

  it('restore and delete one product to and fro, and every version is told once', async () => {
    const { id } = await createDeleted(await newCategory());
    const answers = await scatter((caller) =>
      caller % 2 === 0 ? restore(id) : send('DELETE /products/{productId}', { id }),
    );
    const counts = { '200': 0, '204': 0, '409 not_deleted': 0, '404 not_found': 0, ...outcomes(answers) };
    expect(counts['200'] + counts['409 not_deleted']).toBe(callers / 2);
    expect(counts['204'] + counts['404 not_found']).toBe(callers / 2);
    expect(counts['200']).toBeGreaterThan(0);
    expect(await readHistory(productHistory, id, { limit: '100' })).toHaveLength(2 + counts['200'] + counts['204']);
  });
});

describe('a restoration', () => {
  it('returns 409 when another one is done just before', async () => {
    const { id } = await createDeleted(await newCategory());
    const answer = await interleave(
      () => restore(id),
      () => restore(id),
    );
    expectProblem(answer, 409, 'not_deleted');
  });

  it('brings back what was deleted last when the product comes, changes and goes just before', async () => {
    const { id } = await createDeleted(await newCategory());
    const answer = await interleave(
      () => restore(id),
      async () => {
        await restore(id);
        await send('PATCH /products/{productId}', { id, body: { sku: 'CHANGED-1', stockCount: 7 } });
        await remove(id);
      },
    );
    expect(answer).toMatchObject({ status: 200, body: { sku: 'CHANGED-1', stockCount: 7, version: 6 } });
  });

  it('returns 409 when another product gets its SKU by a rename just before', async () => {
    const categoryId = await newCategory();
    const [{ id, sku }, other] = [await createDeleted(categoryId), await createProduct(categoryId)];
    const answer = await interleave(
      () => restore(id),
      () => send('PATCH /products/{productId}', { id: other.id, body: { sku } }),
    );
    expectProblem(answer, 409, 'sku_taken', { field: 'sku', value: sku });
  });

  it('returns 422 when its category goes just before', async () => {
    const categoryId = await newCategory();
    const { id } = await createDeleted(categoryId);
    const answer = await interleave(
      () => restore(id),
      () => removeCategory(categoryId),
    );
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: categoryId });
  });
});

it('DELETE /categories/{categoryId} returns 409 when a product comes back to it just before', async () => {
  const categoryId = await newCategory();
  const { id } = await createDeleted(categoryId);
  const answer = await interleave(
    () => removeCategory(categoryId),
    () => restore(id),
  );
  expectProblem(answer, 409, 'category_in_use', { allProductCount: 1 });
});
