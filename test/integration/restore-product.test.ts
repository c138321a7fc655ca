import { createCategory, createProduct, productFields, readCategory, readProduct, send } from '../support/catalog';
import { productHistory, readHistory } from '../support/history-pages';
import { productPages } from '../support/pages';
import { expectProblem } from '../support/problems';
import { productIn } from '../support/representations';
import { createDeleted, remove, restore, restoreRoute } from '../support/restorations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

describe(restoreRoute, () => {
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it.each<[string, object]>([
    ['with the least fields', {}],
    [
      'with every field',
      {
        slug: 'every-field',
        description: 'Line\n"quoted" \\ é 👟',
        price: { amount: 1e12, currency: 'JPY' },
        stockCount: 1e9,
        imageUrl: 'https://example.com/a~b/c.png?d=~1',
        attributes: { colour: 'red' },
      },
    ],
    ['with empty fields', { description: '', price: { amount: 0, currency: 'EUR' }, stockCount: 0, attributes: {} }],
    [
      'with awkward attribute names',
      {
        attributes: {
          constructor: 'a',
          'a/b~c': 'b',
          '~1': 'c',
          '~01': 'd',
          '/': 'e',
          0: 'f',
          10: '',
          toString: 'g',
          ' x': 'h',
          pointer: 'i',
          é: 'j',
        },
      },
    ],
    ['that is a draft', { status: 'draft' }],
    ['that is archived', { status: 'archived' }],
  ])('returns 200 and brings back a product %s as it was, in a version of its own', async (_, fields) => {
    const created = await createProduct(ids.category, fields);
    const body = { name: 'Changed before it goes' };
    const before = productIn(await send('PATCH /products/{productId}', { id: created.id, sub: 'ben', body }));
    await remove(created.id, 'cleo');
    const earliest = new Date().toISOString();
    const answer = await restore(created.id, { sub: 'dan' });

    const product = productIn(answer);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"4"' },
    });
    const { updatedAt } = product;
    expect(product).toStrictEqual({ ...before, version: 4, updatedAt, updatedBy: 'dan' });
    expect(earliest <= updatedAt && updatedAt <= new Date().toISOString()).toBe(true);
    expect(await readProduct(created.id)).toStrictEqual(product);
    expect((await send('GET /admin/products/{productId}', { id: created.id })).headers).toMatchObject({ etag: '"4"' });
  });

  it('puts it back into every list, found by SKU and slug, and into the count of its category', async () => {
    const { id: categoryId } = await createCategory();
    const { id, sku, slug } = await createProduct(categoryId);
    const [older, newer] = [await createProduct(categoryId), await createProduct(categoryId)];
    await remove(id);
    await remove(newer.id);
    expect(await readCategory(categoryId)).toMatchObject({ productCount: 1 });

    const product = productIn(await restore(id));
    expect((await restore(newer.id)).status).toBe(200);
    expect(await readCategory(categoryId)).toMatchObject({ productCount: 3, version: 1 });
    for (const list of ['GET /products', 'GET /admin/products']) {
      const inOrder = (await productPages(list, { categoryId })).flat().map((found) => found.id);
      expect(inOrder).toEqual([newer.id, older.id, id]);
      expect((await productPages(list, { sku })).flat()).toEqual([product]);
      expect((await productPages(list, { slug })).flat()).toEqual([product]);
    }
    expect((await send('GET /products/{productId}', { id })).body).toEqual(product);
  });

  it('keeps a draft from shoppers', async () => {
    const { id, categoryId } = await createDeleted((await createCategory()).id, { status: 'draft' });
    await restore(id);
    expectProblem(await send('GET /products/{productId}', { id }), 404, 'not_found');
    expect((await productPages('GET /products', { categoryId })).flat()).toEqual([]);
    expect((await productPages('GET /admin/products', { categoryId, status: 'draft' })).flat()).toMatchObject([{ id }]);
  });

  it('goes on counting versions over several deletions, and takes the last one', async () => {
    const { id } = await createProduct(ids.category, { name: 'First' });
    for (const [index, name] of ['Second', 'Third', 'Fourth'].entries()) {
      await send('PATCH /products/{productId}', { id, body: { name } });
      await remove(id);
      expect((await restore(id)).body).toMatchObject({ name, version: 4 + index * 3 });
    }
    const versions = (await readHistory(productHistory, id)).map(({ version }) => version);
    expect(versions).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('leaves a product that can be changed as before, and whose older ETags are stale', async () => {
    const { id } = await createDeleted(ids.category);
    await restore(id);
    const body = { ...productFields(ids.category), sku: 'AFTER-1' };
    const put = (tag: string) => send('PUT /products/{productId}', { id, body, headers: { 'if-match': tag } });
    for (const tag of ['"1"', '"2"']) {
      expectProblem(await leavingNoTrace(() => put(tag)), 412, 'stale_version', { currentVersion: 3 });
    }
    expect(await put('"3"')).toMatchObject({ status: 200, body: { sku: 'AFTER-1', version: 4 } });
  });

  it('follows its category through a rename', async () => {
    const category = await createCategory();
    const { id } = await createDeleted(category.id);
    await send('PATCH /categories/{categoryId}', { id: category.id, body: { name: 'Renamed', slug: 'renamed' } });
    expect((await restore(id)).body).toMatchObject({ categoryId: category.id });
  });

  afterAll(expectSoundTable);
});
