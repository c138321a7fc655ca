/** Many callers at once on categories: unique slugs, exact product counts, and no product without its category. */
import { createCategory, createProduct, ifMatch, productFields, readCategory, send } from '../support/catalog';
import { callers } from '../support/depth';
import type { Answer } from '../support/events';
import { outcomes, race, scatter } from '../support/race';
import { productIn } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';

const post = (categoryId: string) => send('POST /products', { body: productFields(categoryId) });
const remove = (id: string) => send('DELETE /categories/{categoryId}', { id });
const removeProduct = (id: string) => send('DELETE /products/{productId}', { id });
const move = (id: string, categoryId: string, fields: object = {}) =>
  send('PATCH /products/{productId}', { id, body: { categoryId, ...fields } });
const those = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status);

async function createProducts(categoryId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await createProduct(categoryId)).id);
  return ids;
}

/** As often as it takes: writers of one category may be told to come back later, which loses nothing. */
async function patchPatiently(id: string, body: object) {
  for (;;) {
    const answer = await send('PATCH /categories/{categoryId}', { id, body });
    if (answer.status !== 503) return answer;
  }
}

beforeEach(emptyTable);

describe(`POST and PATCH of categories by ${callers} callers`, () => {
  it('lets exactly one have a chosen slug', async () => {
    const answers = await race(() => send('POST /categories', { body: { name: 'Race', slug: 'race' } }));
    expect(outcomes(answers)).toEqual({ '201': 1, '409 slug_taken': callers - 1 });
    await expectSoundTable();
  });

  it('gives each a slug of its own from the same name', async () => {
    const answers = await race(() => send('POST /categories', { body: { name: 'Same name' } }));
    expect(outcomes(answers)).toEqual({ '201': callers });
    const { categories } = await expectSoundTable();
    expect(categories.filter(({ name }) => name === 'Same name')).toHaveLength(callers);
  });

  it('lets exactly one through with the same If-Match', async () => {
    const { id } = await createCategory();
    const answers = await race((caller) =>
      send('PATCH /categories/{categoryId}', { id, body: { name: `Name ${caller}` }, ...ifMatch(1) }),
    );
    expect(outcomes(answers)).toEqual({ '200': 1, '412 stale_version': callers - 1 });
    await expectSoundTable();
  });

  it('changes a category without undoing counts that change at the same time', async () => {
    const { id } = await createCategory();
    const answers = await race((caller) =>
      caller % 2 === 0 ? post(id) : patchPatiently(id, { description: `${caller}` }),
    );
    expect(outcomes(answers)).toEqual({ '200': callers / 2, '201': callers / 2 });
    expect(await readCategory(id)).toMatchObject({ productCount: callers / 2, version: callers / 2 + 1 });
    await expectSoundTable();
  });
});

describe(`DELETE of a category while ${callers - 1} products are created in it`, () => {
  it.each([0, 0, 1, 2, 5, callers / 2, callers - 1])('never leaves an orphan (caller %d deletes)', async (deleter) => {
    const { id } = await createCategory();
    const answers = await race((caller) => (caller === deleter ? remove(id) : post(id)));
    const gone = those(answers, 204).length;
    expect(outcomes(answers)).toEqual(
      gone ? { '204': 1, '422 category_not_found': callers - 1 } : { '201': callers - 1, '409 category_in_use': 1 },
    );
    const { products, categories } = await expectSoundTable();
    expect(products.filter(({ categoryId }) => categoryId === id)).toHaveLength(gone ? 0 : callers - 1);
    expect(categories.filter((category) => category.id === id)).toHaveLength(gone ? 0 : 1);
  });

  it('never leaves an orphan when its last product goes at the same time', async () => {
    const { id } = await createCategory();
    const { id: product } = await createProduct(id);
    const answers = await scatter((caller) => {
      if (caller === 0) return removeProduct(product);
      return caller % 10 === 9 ? post(id) : remove(id);
    });
    const counts = { '409 category_in_use': 0, '404 not_found': 0, '422 category_not_found': 0, ...outcomes(answers) };
    const gone = those(answers, 204).length - 1;
    const created = those(answers, 201).length;
    expect(answers[0]?.status).toBe(204);
    expect(created + counts['422 category_not_found']).toBe(callers / 10);
    expect(gone + counts['404 not_found'] + counts['409 category_in_use']).toBe(callers - 1 - callers / 10);
    expect(Math.min(gone, created)).toBe(0);
    await expectSoundTable();
  });

  it(`lets exactly one of ${callers} delete an empty category`, async () => {
    const { id } = await createCategory();
    expect(outcomes(await race(() => remove(id)))).toEqual({ '204': 1, '404 not_found': callers - 1 });
    await expectSoundTable();
  });
});

describe('product counts', () => {
  it('are exact after as many creations as deletions at once', async () => {
    const { id } = await createCategory();
    const old = await createProducts(id, callers / 2);
    const answers = await race((caller) => (caller < old.length ? removeProduct(old[caller] ?? '') : post(id)));
    expect(outcomes(answers)).toEqual({ '201': callers / 2, '204': callers / 2 });
    expect(await readCategory(id)).toMatchObject({ productCount: callers / 2 });
    await expectSoundTable();
  });

  it(`count one deletion of a product that ${callers} delete`, async () => {
    const { id } = await createCategory();
    const [product = ''] = await createProducts(id, 2);
    expect(outcomes(await race(() => removeProduct(product)))).toEqual({ '204': 1, '404 not_found': callers - 1 });
    expect(await readCategory(id)).toMatchObject({ productCount: 1 });
    await expectSoundTable();
  });

  it('are exact after products move to and fro, and one to two places at once', async () => {
    const [left, right] = [await createCategory(), await createCategory()];
    const products = [...(await createProducts(left.id, 5)), ...(await createProducts(right.id, 5))];
    const answers = await race((caller) => {
      const to = caller % 3 === 0 ? left.id : right.id;
      // With a stock of each caller's own: a product that is there already is written too.
      return move(products[caller % products.length] ?? '', to, { stockCount: caller + 1 });
    });
    expect(outcomes(answers)).toEqual({ '200': callers });
    const counts = [await readCategory(left.id), await readCategory(right.id)].map(({ productCount }) => productCount);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(products.length);
    await expectSoundTable();
  });

  it('are exact when a product moves while it is deleted', async () => {
    const [from, to] = [await createCategory(), await createCategory()];
    const products = await createProducts(from.id, callers / 2);
    const answers = await race((caller) => {
      const id = products[Math.floor(caller / 2)] ?? '';
      return caller % 2 === 0 ? move(id, to.id) : removeProduct(id);
    });
    expect(those(answers, 204)).toHaveLength(callers / 2);
    const moved = those(answers, 200).map((answer) => productIn(answer).categoryId);
    expect(moved.length + those(answers, 404).length).toBe(callers / 2);
    expect(moved.every((categoryId) => categoryId === to.id)).toBe(true);
    const empty = { productCount: 0 };
    expect([await readCategory(from.id), await readCategory(to.id)]).toMatchObject([empty, empty]);
    await expectSoundTable();
  });
});
