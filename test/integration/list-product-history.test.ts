import { createCategory, createProduct, productFields, readProduct, send } from '../support/catalog';
import { added, change, everyField, removed, sorted } from '../support/changes';
import { contentOf, rebuild } from '../support/histories';
import { productHistory, readHistory } from '../support/history-pages';
import { expectProblem } from '../support/problems';
import { productIn } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';

describe(productHistory, () => {
  it('tells who did what when, newest first, with each changed field before and after', async () => {
    const [shoes, hats] = [await createCategory(), await createCategory()];
    const fields = { description: '', attributes: { colour: 'red', 'a/b~c': 'x', constructor: 'y' } };
    const body = { ...productFields(shoes.id), ...fields };
    const first = productIn(await send('POST /products', { sub: 'anna', body }));
    const { id } = first;
    const patch = {
      price: { amount: 5 },
      categoryId: hats.id,
      description: 'New',
      attributes: { colour: 'blue', 'a/b~c': null, 0: 'z' },
    };
    const second = productIn(await send('PATCH /products/{productId}', { id, sub: 'ben', body: patch }));
    const put = {
      ...productFields(hats.id),
      price: first.price,
      status: 'draft',
      imageUrl: 'https://example.com/a.png',
      attributes: {},
    };
    const third = productIn(
      await send('PUT /products/{productId}', { id, sub: 'cleo', body: put, headers: { 'if-match': '"2"' } }),
    );
    const earliest = new Date().toISOString();
    await send('DELETE /products/{productId}', { id, sub: 'dan' });
    const latest = new Date().toISOString();
    const fifth = productIn(await send('POST /admin/products/{productId}/restore', { id, sub: 'eve' }));

    const history = await readHistory(productHistory, id);
    const deletion = history[1]?.at ?? '';
    expect(earliest <= deletion && deletion <= latest).toBe(true);
    expect(history).toStrictEqual([
      { version: 5, action: 'restored', at: fifth.updatedAt, by: 'eve', changes: everyField(fifth, added) },
      { version: 4, action: 'deleted', at: deletion, by: 'dan', changes: everyField(third, removed) },
      {
        version: 3,
        action: 'updated',
        at: third.updatedAt,
        by: 'cleo',
        changes: sorted([
          change('/sku', first.sku, third.sku),
          change('/name', first.name, third.name),
          change('/slug', first.slug, third.slug),
          change('/price/amount', 5, 1999),
          change('/status', 'active', 'draft'),
          removed('/description', 'New'),
          added('/imageUrl', 'https://example.com/a.png'),
          removed('/attributes/colour', 'blue'),
          removed('/attributes/constructor', 'y'),
          removed('/attributes/0', 'z'),
          added('/attributes', {}),
        ]),
      },
      {
        version: 2,
        action: 'updated',
        at: second.updatedAt,
        by: 'ben',
        changes: sorted([
          change('/price/amount', 1999, 5),
          change('/categoryId', shoes.id, hats.id),
          change('/description', '', 'New'),
          change('/attributes/colour', 'red', 'blue'),
          removed('/attributes/a~1b~0c', 'x'),
          added('/attributes/0', 'z'),
        ]),
      },
      { version: 1, action: 'created', at: first.createdAt, by: 'anna', changes: everyField(first, added) },
    ]);
  });

  it('tells a slug that was derived, and a value that was put in because none was given', async () => {
    const { id } = await createProduct((await createCategory()).id, { name: 'Derived' });
    await send('PATCH /products/{productId}', { id, body: { stockCount: 5 } });
    await send('PATCH /products/{productId}', { id, body: { stockCount: null } });
    const [last, , first] = await readHistory(productHistory, id);
    expect(last?.changes).toEqual([change('/stockCount', 5, 0)]);
    const given = [added('/slug', 'derived'), added('/status', 'active'), added('/stockCount', 0)];
    expect(first?.changes).toEqual(expect.arrayContaining(given));
  });

  it.each([
    [{ description: '' }, { description: null }, [removed('/description', '')]],
    [{}, { description: '' }, [added('/description', '')]],
    [{}, { attributes: {} }, [added('/attributes', {})]],
    [{ attributes: {} }, { attributes: null }, [removed('/attributes', {})]],
    [{ attributes: {} }, { attributes: { a: '' } }, [removed('/attributes', {}), added('/attributes/a', '')]],
    [{ attributes: { a: '' } }, { attributes: { a: null } }, [added('/attributes', {}), removed('/attributes/a', '')]],
    [
      { attributes: { a: '', 0: '1' } },
      { attributes: null },
      [removed('/attributes/0', '1'), removed('/attributes/a', '')],
    ],
  ])('tells what is absent from what is empty: %j, then %j', async (fields, body, changes) => {
    const { id } = await createProduct((await createCategory()).id, fields);
    const after = productIn(await send('PATCH /products/{productId}', { id, body }));
    const [updated, created] = await readHistory(productHistory, id);
    expect(updated?.changes).toStrictEqual(changes);
    expect(created && updated && rebuild([created, updated])).toStrictEqual(contentOf(after));
    expect(contentOf(await readProduct(id))).toStrictEqual(contentOf(after));
  });

  it('says nothing of a PUT and a PATCH that change nothing', async () => {
    const body = { ...productFields((await createCategory()).id), attributes: { constructor: 'a' }, description: '' };
    const { id } = productIn(await send('POST /products', { body }));
    await send('PUT /products/{productId}', { id, sub: 'anna', body, headers: { 'if-match': '"1"' } });
    await send('PATCH /products/{productId}', { id, sub: 'ben', body });
    await send('PATCH /products/{productId}', { id, sub: 'cleo', body: {} });
    expect(await readHistory(productHistory, id)).toMatchObject([{ version: 1, action: 'created', by: 'admin-sub' }]);
  });

  it('says nothing of writes that were refused', async () => {
    const { id: categoryId } = await createCategory();
    const [{ id, sku }, other] = [await createProduct(categoryId), await createProduct(categoryId)];
    const history = await readHistory(productHistory, id);
    await send('PATCH /products/{productId}', { id, body: { sku: other.sku } });
    await send('PATCH /products/{productId}', { id, body: { categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } });
    await send('DELETE /products/{productId}', { id, headers: { 'if-match': '"7"' } });
    await send('POST /admin/products/{productId}/restore', { id });
    await send('POST /products', { body: { ...productFields(categoryId), sku } });
    expect(await readHistory(productHistory, id)).toEqual(history);
  });

  it('still answers for a product that is deleted, and for a category that is gone with it', async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createProduct(categoryId);
    const [created] = await readHistory(productHistory, id);
    await send('DELETE /products/{productId}', { id });
    await send('DELETE /categories/{categoryId}', { id: categoryId });
    expectProblem(await send('GET /admin/products/{productId}', { id }), 404, 'not_found');
    expect(await readHistory(productHistory, id)).toMatchObject([{ version: 2, action: 'deleted' }, created]);
  });

  it('returns 404 for an id that never was, and for that of a category', async () => {
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FAV', (await createCategory()).id]) {
      expectProblem(await send(productHistory, { id }), 404, 'not_found');
    }
  });

  afterAll(expectSoundTable);
});
