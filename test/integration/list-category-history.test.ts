import { createCategory, createProduct, readCategory, send } from '../support/catalog';
import { added, change, everyField, removed } from '../support/changes';
import { categoryHistory, readHistory } from '../support/history-pages';
import { expectProblem } from '../support/problems';
import { categoryIn } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';

describe(categoryHistory, () => {
  it('tells who did what when, newest first, also once the category is gone', async () => {
    const body = { name: 'Shoes', description: 'Old' };
    const first = categoryIn(await send('POST /categories', { sub: 'anna', body }));
    const { id } = first;
    const patch = { name: 'Boots', slug: null };
    const second = categoryIn(await send('PATCH /categories/{categoryId}', { id, sub: 'ben', body: patch }));
    const put = { id, sub: 'cleo', body: { name: 'Boots', slug: 'all-boots' }, headers: { 'if-match': '"2"' } };
    const third = categoryIn(await send('PUT /categories/{categoryId}', put));
    const nothing = { id, sub: 'dan', body: {} };
    expect(categoryIn(await send('PATCH /categories/{categoryId}', nothing))).toStrictEqual(third);
    const earliest = new Date().toISOString();
    await send('DELETE /categories/{categoryId}', { id, sub: 'eve' });
    const latest = new Date().toISOString();

    const history = await readHistory(categoryHistory, id);
    const deletion = history[0]?.at ?? '';
    expect(earliest <= deletion && deletion <= latest).toBe(true);
    expect(history).toStrictEqual([
      { version: 4, action: 'deleted', at: deletion, by: 'eve', changes: everyField(third, removed) },
      {
        version: 3,
        action: 'updated',
        at: third.updatedAt,
        by: 'cleo',
        changes: [removed('/description', 'Old'), change('/slug', 'boots', 'all-boots')],
      },
      {
        version: 2,
        action: 'updated',
        at: second.updatedAt,
        by: 'ben',
        changes: [change('/name', 'Shoes', 'Boots'), change('/slug', 'shoes', 'boots')],
      },
      { version: 1, action: 'created', at: first.createdAt, by: 'anna', changes: everyField(first, added) },
    ]);
  });

  it('says nothing of products that come, move and go', async () => {
    const [{ id }, other] = [await createCategory(), await createCategory()];
    const { id: product } = await createProduct(id);
    await createProduct(id);
    await send('PATCH /products/{productId}', { id: product, body: { categoryId: other.id } });
    await send('PATCH /products/{productId}', { id: product, body: { categoryId: id } });
    await send('DELETE /products/{productId}', { id: product });
    await send('POST /admin/products/{productId}/restore', { id: product });
    await send('PATCH /categories/{categoryId}', { id, body: { description: 'Two' } });
    expect(await readCategory(id)).toMatchObject({ productCount: 2, version: 2 });
    const [updated, created, ...rest] = await readHistory(categoryHistory, id);
    expect(updated).toMatchObject({ version: 2, changes: [added('/description', 'Two')] });
    expect(created?.changes.map(({ pointer }) => pointer)).toEqual(['/createdAt', '/createdBy', '/name', '/slug']);
    expect(rest).toEqual([]);
  });

  it('returns 404 for an id that never was, and for that of a product', async () => {
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FAV', (await createProduct((await createCategory()).id)).id]) {
      expectProblem(await send(categoryHistory, { id }), 404, 'not_found');
    }
  });

  afterAll(expectSoundTable);
});
