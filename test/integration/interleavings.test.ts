/** What happens to a write when another one is done between its reads and itself. */
import { bulk } from '../support/bulk';
import { createCategory, createProduct, ifMatch, productFields, readProduct, send } from '../support/catalog';
import type { Answer } from '../support/events';
import { eventually } from '../support/eventually';
import { newGate } from '../support/gate';
import { interleave } from '../support/interleave';
import { expectProblem } from '../support/problems';
import { partitionOf, reads } from '../support/reads';
import { expectSoundTable } from '../support/table-contents';

const patch = (id: string, body: object, condition: object = {}) =>
  send('PATCH /products/{productId}', { id, body, ...condition });
const removeProduct = (id: string, condition: object = {}) =>
  send('DELETE /products/{productId}', { id, ...condition });
const removeCategory = (id: string) => send('DELETE /categories/{categoryId}', { id });
const renameCategory = (id: string, slug: string) => send('PATCH /categories/{categoryId}', { id, body: { slug } });

afterEach(expectSoundTable);

describe('DELETE /categories/{categoryId}', () => {
  it('returns 409 when a product is created in it just before', async () => {
    const { id } = await createCategory();
    const answer = await interleave(
      () => removeCategory(id),
      () => createProduct(id),
    );
    expectProblem(answer, 409, 'category_in_use', { allProductCount: 1 });
  });

  it('returns 409 when a product moves into it just before', async () => {
    const { id } = await createCategory();
    const product = await createProduct((await createCategory()).id);
    const answer = await interleave(
      () => removeCategory(id),
      () => patch(product.id, { categoryId: id }),
    );
    expectProblem(answer, 409, 'category_in_use', { allProductCount: 1 });
  });

  it('frees the slug that it got just before', async () => {
    const { id } = await createCategory();
    const answer = await interleave(
      () => removeCategory(id),
      () => renameCategory(id, 'just-before'),
    );
    expect(answer.status).toBe(204);
    expect(await createCategory({ slug: 'just-before' })).toMatchObject({ slug: 'just-before' });
  });
});

describe('a category below others', () => {
  const below = (parentId: string) => send('POST /categories', { body: { name: 'Below', parentId } });
  const move = (id: string, parentId: string | null) =>
    send('PATCH /categories/{categoryId}', { id, body: { parentId } });
  async function createChain(length: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < length) ids.push((await createCategory({ parentId: ids.at(-1) })).id);
    return ids;
  }

  it('is refused with 422 when its parent goes just before', async () => {
    const [parent = ''] = await createChain(1);
    const answer = await interleave(
      () => below(parent),
      () => removeCategory(parent),
    );
    expectProblem(answer, 422, 'parent_not_found', { field: 'parentId', value: parent });
  });

  it('is refused with 422 when a category far above moves down just before', async () => {
    const [top = '', , , last = ''] = await createChain(4);
    const [, , , floor = ''] = await createChain(4);
    const answer = await interleave(
      () => below(last),
      () => move(top, floor),
    );
    expectProblem(answer, 422, 'category_too_deep', { field: 'parentId', value: last });
  });

  it('is refused with 422 when where it is moved to comes below it just before', async () => {
    const [[left = ''], [right = '', rightLeaf = '']] = [await createChain(1), await createChain(2)];
    const answer = await interleave(
      () => move(left, rightLeaf),
      () => move(right, left),
    );
    expectProblem(answer, 422, 'category_cycle', { field: 'parentId', value: rightLeaf });
  });

  it('is moved although where it is moved to was below it, when that is moved away just before', async () => {
    const [top = '', child = ''] = await createChain(2);
    const answer = await interleave(
      () => move(top, child),
      () => move(child, null),
    );
    expect(answer).toMatchObject({ status: 200, body: { parentId: child } });
  });

  it('is moved with what has come below it just before', async () => {
    const [roof = ''] = await createChain(1);
    const [top = '', child = ''] = await createChain(2);
    const answer = await interleave(
      () => move(top, roof),
      () => below(child),
    );
    expect(answer.status).toBe(200);
  });

  it('is moved when one above both places moves after one of the two paths was read, and before the other', async () => {
    const [roof = '', top = '', right = ''] = await createChain(3);
    const left = await createCategory({ parentId: top });
    const from = await createCategory({ parentId: left.id });
    const { id } = await createCategory({ parentId: from.id });
    const [otherRoof = ''] = await createChain(1);
    const rightIsRead = newGate();
    reads.before = (read) => {
      if (partitionOf(read) === `CATEGORY#${from.id}`) return rightIsRead.passed;
      if (partitionOf(read) !== `CATEGORY#${roof}`) return undefined;
      reads.before = undefined;
      return move(top, otherRoof).finally(rightIsRead.open);
    };
    const answer = await move(id, right);
    expect([answer.status, reads.before]).toEqual([200, undefined]);
  });

  /** Runs `operation` on a category, and lets it change places with the one above while the path to that is read. */
  async function whileSwapped(id: string, parent: string, operation: () => Promise<Answer>): Promise<Answer> {
    reads.before = (read) => {
      if (partitionOf(read) !== `CATEGORY#${parent}`) return undefined;
      reads.before = undefined;
      return move(id, null).then(() => move(parent, id));
    };
    const answer = await operation();
    expect(reads.before).toBeUndefined();
    return answer;
  }

  it('is moved when the one above comes below it while its path is read', async () => {
    const [[roof = ''], [parent = '', id = '']] = [await createChain(1), await createChain(2)];
    const answer = await whileSwapped(id, parent, () => move(id, roof));
    expect(answer).toMatchObject({ status: 200, body: { parentId: roof } });
  });

  it('stays with 409 when the one above comes below it while its path is read', async () => {
    const [parent = '', id = ''] = await createChain(2);
    await move(id, null);
    await move(id, parent);
    const answer = await whileSwapped(id, parent, () => removeCategory(id));
    expectProblem(answer, 409, 'category_has_children', { childCount: 1 });
  });

  it('is gone with 404 when it goes while it is looked for above itself', async () => {
    const [id = ''] = await createChain(1);
    reads.before = (read) => {
      if (partitionOf(read) !== `CATEGORY#${id}`) return undefined;
      reads.before = undefined;
      return removeCategory(id);
    };
    expectProblem(await move(id, id), 404, 'not_found');
    expect(reads.before).toBeUndefined();
  });

  it('keeps its parent from going with 409 when it has come just before', async () => {
    const [parent = ''] = await createChain(1);
    const answer = await interleave(
      () => removeCategory(parent),
      () => below(parent),
    );
    expectProblem(answer, 409, 'category_has_children', { childCount: 1 });
  });
});

it('PATCH /categories/{categoryId} keeps what another PATCH changed just before', async () => {
  const { id } = await createCategory();
  const answer = await interleave(
    () => send('PATCH /categories/{categoryId}', { id, body: { description: 'New' } }),
    () => renameCategory(id, 'renamed'),
  );
  expect(answer).toMatchObject({ status: 200, body: { slug: 'renamed', description: 'New', version: 3 } });
});

describe('POST /products', () => {
  it('returns 422 when its category goes just before', async () => {
    const { id } = await createCategory();
    const answer = await interleave(
      () => send('POST /products', { body: productFields(id) }),
      () => removeCategory(id),
    );
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: id });
  });
});

it('POST /admin/products/bulk says that the category is gone, as the row names it, when it goes just before', async () => {
  const { id, slug } = await createCategory();
  const { categoryId: _, ...fields } = productFields(id);
  const results = await interleave(
    () => bulk([{ ...fields, category: slug }]),
    () => removeCategory(id),
  );
  expect(results).toMatchObject([{ problem: { code: 'category_not_found', field: 'category', value: slug } }]);
});

describe('POST /admin/products/bulk, of two rows that somebody else makes one product of just before', () => {
  /** The first row creates a product under this SKU, until the other row's product gets it. */
  const rename = (id: string, sku: string) => () => patch(id, { sku });

  it('does the first, and rejects the second', async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createProduct(categoryId);
    const fields = productFields(categoryId);
    const results = await interleave(() => bulk([fields, { id, stockCount: 7 }]), rename(id, fields.sku));
    expect(results).toMatchObject([{ action: 'changed', id }, { problem: { code: 'repeated_row', row: 0 } }]);
    expect(await readProduct(id)).toMatchObject({ name: fields.name, stockCount: 0, version: 3 });
  });

  it('does the first where the second is about that product no longer', async () => {
    const { id: categoryId } = await createCategory();
    const { id, sku } = await createProduct(categoryId);
    const fields = productFields(categoryId);
    const results = await interleave(
      () => bulk([fields, { ...productFields(categoryId), sku }]),
      rename(id, fields.sku),
    );
    expect(results).toMatchObject([{ action: 'changed', id }, { action: 'created' }]);
  });

  it('does the second, and rejects the first, where the second had been done by then', async () => {
    // Twenty of the category with the lower id go first, in a transaction of their own.
    const ids = [(await createCategory()).id, (await createCategory()).id].sort();
    const { id } = await createProduct(ids[1] ?? '');
    const fields = productFields(ids[0] ?? '');
    const more = Array.from({ length: 19 }, () => productFields(ids[0] ?? ''));
    const results = await interleave(
      () => bulk([fields, ...more, { id, stockCount: 7 }]),
      async () => {
        await eventually('second row that is done', async () => (await readProduct(id)).version === 2);
        await rename(id, fields.sku)();
      },
    );
    expect([results[0], results[20]]).toMatchObject([
      { problem: { code: 'repeated_row', row: 20, detail: expect.stringMatching(/^Another row/) as string } },
      { action: 'changed', id },
    ]);
    expect(await readProduct(id)).toMatchObject({ stockCount: 7, version: 3 });
  });
});

describe('PATCH /products/{productId}', () => {
  const create = async () => createProduct((await createCategory()).id, { attributes: { colour: 'red' } });

  it('returns 422 when the new category goes just before', async () => {
    const { id } = await create();
    const to = await createCategory();
    const answer = await interleave(
      () => patch(id, { categoryId: to.id }),
      () => removeCategory(to.id),
    );
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: to.id });
  });

  it('keeps what another PATCH changed just before', async () => {
    const { id } = await create();
    const answer = await interleave(
      () => patch(id, { stockCount: 5, attributes: { size: '42' } }),
      () => patch(id, { name: 'Other', attributes: { colour: 'blue' } }),
    );
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    const merged = { name: 'Other', stockCount: 5, attributes: { colour: 'blue', size: '42' }, version: 3 };
    expect(await readProduct(id)).toMatchObject(merged);
  });

  it('returns 412 when another PATCH made its If-Match stale just before', async () => {
    const { id } = await create();
    const answer = await interleave(
      () => patch(id, { stockCount: 5 }, ifMatch(1)),
      () => patch(id, { name: 'Other' }),
    );
    expectProblem(answer, 412, 'stale_version', { currentVersion: 2 });
    expect(await readProduct(id)).toMatchObject({ name: 'Other', stockCount: 0 });
  });

  it('returns 404 when the product goes just before', async () => {
    const { id } = await create();
    const answer = await interleave(
      () => patch(id, { stockCount: 5 }),
      () => removeProduct(id),
    );
    expectProblem(answer, 404, 'not_found');
  });

  it('frees the SKU that another PATCH gave just before', async () => {
    const { id } = await create();
    await interleave(
      () => patch(id, { sku: 'LAST-1' }),
      () => patch(id, { sku: 'FIRST-1' }),
    );
    expect(await readProduct(id)).toMatchObject({ sku: 'LAST-1', version: 3 });
  });
});

describe('DELETE /products/{productId}', () => {
  const create = async () => createProduct((await createCategory()).id);

  it('frees the SKU, slug and place that the product got just before', async () => {
    const { id } = await create();
    const to = await createCategory();
    const answer = await interleave(
      () => removeProduct(id),
      () => patch(id, { sku: 'MOVED-1', slug: 'moved-1', categoryId: to.id }),
    );
    expect(answer.status).toBe(204);
    expect(await createProduct(to.id, { sku: 'MOVED-1', slug: 'moved-1' })).toMatchObject({ sku: 'MOVED-1' });
  });

  it('returns 412 when a PATCH made its If-Match stale just before', async () => {
    const { id } = await create();
    const answer = await interleave(
      () => removeProduct(id, ifMatch(1)),
      () => patch(id, { stockCount: 5 }),
    );
    expectProblem(answer, 412, 'stale_version', { currentVersion: 2 });
  });

  it('returns 404 and counts once when the product goes just before', async () => {
    const { id } = await create();
    const answer = await interleave(
      () => removeProduct(id),
      () => removeProduct(id),
    );
    expectProblem(answer, 404, 'not_found');
  });
});
