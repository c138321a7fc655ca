import { createCategory, createProduct, productFields, readCategory, readProduct, send } from '../support/catalog';
import { expectProblem } from '../support/problems';
import { productIn } from '../support/representations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

describe('POST /products', () => {
  const ids = { category: '' };

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it('returns 201 with the product, its ETag and its address', async () => {
    const body = {
      sku: 'Shoe_1.red-42',
      name: 'Red shoe',
      slug: 'red',
      description: 'Red.\n\tVery red.',
      price: { amount: 1999, currency: 'EUR' },
      stockCount: 12,
      categoryId: ids.category,
      status: 'draft',
      imageUrl: 'https://images.example.com/red.png?size=2',
      attributes: { colour: 'red', size: '42' },
    };
    const answer = await send('POST /products', { body, sub: 'sub-7' });
    const { id, createdAt } = productIn(answer);
    const record = { version: 1, createdAt, createdBy: 'sub-7', updatedAt: createdAt, updatedBy: 'sub-7' };
    expect(answer).toEqual({
      status: 201,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        etag: '"1"',
        location: `/products/${id}`,
      },
      body: { id, ...body, ...record },
    });
    expect(await readProduct(id)).toEqual(answer.body);
  });

  it('gives optional fields their defaults', async () => {
    const fields = productFields(ids.category);
    const { id, slug, createdAt, ...rest } = await createProduct(ids.category, fields);
    const record = { version: 1, createdBy: 'admin-sub', updatedAt: createdAt, updatedBy: 'admin-sub' };
    expect(rest).toEqual({ ...fields, stockCount: 0, status: 'active', ...record });
    expect(slug).toBe(fields.name.toLowerCase().replace(' ', '-'));
    expect(await readProduct(id)).toMatchObject(fields);
  });

  it.each([
    ['the smallest', { price: { amount: 0, currency: 'JPY' }, stockCount: 0, description: '', attributes: {} }],
    ['the largest', { price: { amount: 1e12, currency: 'ZWG' }, stockCount: 1e9, description: 'x'.repeat(5_000) }],
    ['the longest', { sku: 's'.repeat(64), name: 'n'.repeat(200), slug: 'l'.repeat(200) }],
    [
      '50',
      { attributes: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}`.padEnd(100), ' '.repeat(1_000)])) },
    ],
    ['oddly named', { attributes: { toString: 'b', 'a/b~c': 'd', pk: 'e' } }],
    ["an attribute named constructor's", { attributes: { constructor: 'a' } }],
  ])('keeps %s values exactly', async (_, fields) => {
    const { id } = await createProduct(ids.category, fields);
    expect(await readProduct(id)).toMatchObject(fields);
  });

  it('normalises text to NFC', async () => {
    const fields = { name: 'Cafe\u0301', description: 'e\u0301', attributes: { 'cle\u0301': 'e\u0301' } };
    const { id } = await createProduct(ids.category, fields);
    const stored = { name: 'Caf\u00e9', description: '\u00e9', attributes: { 'cl\u00e9': '\u00e9' } };
    expect(await readProduct(id)).toMatchObject(stored);
  });

  it('adds a short suffix when the derived slug is taken', async () => {
    await createProduct(ids.category, { name: 'Blue hat' });
    expect((await createProduct(ids.category, { name: 'Blue hat' })).slug).toMatch(/^blue-hat-[0-9a-z]{6}$/);
  });

  it('may have the slug of a category', async () => {
    const { slug } = await createCategory();
    expect(await createProduct(ids.category, { slug })).toMatchObject({ slug });
  });

  it('tells SKUs apart by case', async () => {
    await createProduct(ids.category, { sku: 'case-1' });
    expect(await createProduct(ids.category, { sku: 'CASE-1' })).toMatchObject({ sku: 'CASE-1' });
  });

  it('adds one to the product count of its category', async () => {
    const { id } = await createCategory();
    await createProduct(id);
    await createProduct(id);
    expect(await readCategory(id)).toMatchObject({ productCount: 2 });
  });

  it.each([
    ['SKU', 'sku_taken', 'sku'],
    ['chosen slug', 'slug_taken', 'slug'],
  ] as const)('returns 409 when the %s is taken', async (_, code, field) => {
    const taken = (await createProduct(ids.category))[field];
    const body = { ...productFields(ids.category), [field]: taken };
    const answer = await leavingNoTrace(() => send('POST /products', { body }));
    expectProblem(answer, 409, code, { field, value: taken });
  });

  it('returns 409 for the SKU also where the derived slug is taken', async () => {
    const { sku, name } = await createProduct(ids.category);
    const body = { ...productFields(ids.category), sku, name };
    const answer = await leavingNoTrace(() => send('POST /products', { body }));
    expectProblem(answer, 409, 'sku_taken', { field: 'sku', value: sku });
  });

  it('returns 422 when there is no such category', async () => {
    const categoryId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const answer = await leavingNoTrace(() => send('POST /products', { body: productFields(categoryId) }));
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: categoryId });
  });

  it('returns 422 when the category has been deleted', async () => {
    const { id } = await createCategory();
    await send('DELETE /categories/{categoryId}', { id });
    const answer = await leavingNoTrace(() => send('POST /products', { body: productFields(id) }));
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: id });
  });

  afterAll(expectSoundTable);
});
