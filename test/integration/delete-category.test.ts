import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, ifMatch, readCategory, send } from '../support/catalog';
import { expectProblem } from '../support/problems';
import { expectSoundTable, leavingNoTrace, readTable } from '../support/table-contents';

describe('DELETE /categories/{categoryId}', () => {
  const remove = (id: string, request: object = {}) => send('DELETE /categories/{categoryId}', { id, ...request });

  it('returns 204 without a body and leaves nothing of the category but its history', async () => {
    const before = await readTable();
    const { id } = await createCategory();
    expect(await remove(id)).toEqual({ status: 204, headers: { 'cache-control': 'no-store' }, body: undefined });
    const after = await readTable();
    expect(after.filter(({ pk }) => pk !== `CATEGORY#${id}`)).toEqual(before);
    const own = after.filter(({ pk }) => pk === `CATEGORY#${id}`);
    expect(own.map(({ sk }) => sk)).toEqual(['HISTORY#0000000001', 'HISTORY#0000000002']);
    expectProblem(await send('GET /categories/{categoryId}', { id }), 404, 'not_found');
  });

  it('frees its slug at once', async () => {
    const { id, slug } = await createCategory();
    await remove(id);
    expect(await createCategory({ slug })).toMatchObject({ slug });
  });

  it.each(['draft', 'active', 'archived'])(
    'returns 409 with the count while %s products belong to it',
    async (status) => {
      const { id } = await createCategory();
      await createProduct(id, { status });
      await createProduct(id, { status });
      expectProblem(await leavingNoTrace(() => remove(id)), 409, 'category_in_use', { allProductCount: 2 });
    },
  );

  it('returns 409 with the count while categories are right below it, and 204 once they are gone', async () => {
    const { id } = await createCategory();
    const [one, other] = [await createCategory({ parentId: id }), await createCategory({ parentId: id })];
    await createCategory({ parentId: one.id });
    await createProduct(id);
    expectProblem(await leavingNoTrace(() => remove(id)), 409, 'category_has_children', { childCount: 2 });
    await remove(other.id);
    await send('PATCH /categories/{categoryId}', { id: one.id, body: { parentId: null } });
    expectProblem(await leavingNoTrace(() => remove(id)), 409, 'category_in_use', { allProductCount: 1 });
  });

  it('leaves nothing of a category that others were below and moved through but histories', async () => {
    const { id } = await createCategory();
    const below = await createCategory({ parentId: id });
    await send('PATCH /categories/{categoryId}', { id, body: { parentId: (await createCategory()).id } });
    await remove(below.id);
    expect((await remove(id)).status).toBe(204);
    const own = (await readTable()).filter(({ pk }) => pk === `CATEGORY#${id}`);
    expect(own.every(({ sk }) => sk.startsWith('HISTORY#'))).toBe(true);
  });

  it('leaves no count where its first look has shown only some of those that are just being created', async () => {
    const { id } = await createCategory();
    let looks = 0;
    // As DynamoDB may answer a query while a transaction is being committed, and no local engine does.
    documents.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        const { output } = answer;
        if (looks > 0 || !('Items' in output) || output.Items?.length !== 65) return answer;
        looks += 1;
        return { ...answer, output: { ...output, Items: output.Items.slice(20) } };
      },
      { step: 'initialize', name: 'half' },
    );
    expect((await remove(id)).status).toBe(204);
    documents.middlewareStack.remove('half');
    expect(looks).toBe(1);
    await expectSoundTable();
  });

  it('returns 204 once its last product is gone', async () => {
    const { id } = await createCategory();
    const product = await createProduct(id);
    await send('DELETE /products/{productId}', { id: product.id });
    expect((await remove(id)).status).toBe(204);
  });

  it('returns 204 once its last product has moved to another category', async () => {
    const [from, to] = [await createCategory(), await createCategory()];
    const product = await createProduct(from.id);
    await send('PATCH /products/{productId}', { id: product.id, body: { categoryId: to.id } });
    expect((await remove(from.id)).status).toBe(204);
    expect(await readCategory(to.id)).toMatchObject({ productCount: 1 });
  });

  it('returns 412 with the current version when If-Match is stale', async () => {
    const { id } = await createCategory();
    await send('PATCH /categories/{categoryId}', { id, body: { name: 'Newer' } });
    const answer = await leavingNoTrace(() => remove(id, ifMatch(1)));
    expectProblem(answer, 412, 'stale_version', { currentVersion: 2 });
    expect((await remove(id, ifMatch(2))).status).toBe(204);
  });

  it('returns 404 when it is gone already', async () => {
    const { id } = await createCategory();
    await remove(id);
    expectProblem(await leavingNoTrace(() => remove(id)), 404, 'not_found');
  });

  afterAll(expectSoundTable);
});
