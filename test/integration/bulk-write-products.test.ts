import { bulk, bulkDelete, bulkRoute, wordsOf } from '../support/bulk';
import { sorted } from '../support/changes';
import { createCategory, createProduct, productFields, readCategory, readProduct, send } from '../support/catalog';
import { productHistory, readHistory } from '../support/history-pages';
import { expectProblem } from '../support/problems';
import { reads } from '../support/reads';
import { productIn } from '../support/representations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

afterAll(expectSoundTable);

describe(bulkRoute, () => {
  const ids = { category: '', other: '' };

  beforeAll(async () => {
    ids.category = (await createCategory({ name: 'Bulk', slug: 'bulk' })).id;
    ids.other = (await createCategory({ name: 'Other', slug: 'other' })).id;
  });

  it('returns 200 and creates, changes and leaves products, each by its own row, in the order of the rows', async () => {
    const [bySku, byId, same] = [
      await createProduct(ids.category, { stockCount: 1 }),
      await createProduct(ids.category, { description: 'Old' }),
      await createProduct(ids.category, { stockCount: 7 }),
    ];
    const fresh = productFields(ids.category);
    const results = await bulk(
      [
        fresh,
        { sku: bySku.sku, stockCount: 5 },
        { id: byId.id, sku: `${byId.sku}-new`, description: null, status: 'draft' },
        { sku: same.sku, stockCount: 7 },
      ],
      { sub: 'ben' },
    );
    expect(wordsOf(results)).toEqual(['created', 'changed', 'changed', 'unchanged']);
    const created = await readProduct(results[0]?.id ?? '');
    expect(created).toMatchObject({
      ...fresh,
      version: 1,
      createdBy: 'ben',
      updatedBy: 'ben',
      stockCount: 0,
      status: 'active',
    });
    expect(sorted(results[0]?.changes ?? [])).toEqual((await readHistory(productHistory, created.id))[0]?.changes);
    expect(results[1]).toEqual({
      action: 'changed',
      id: bySku.id,
      version: 2,
      changes: [{ pointer: '/stockCount', before: 1, after: 5 }],
    });
    expect(await readProduct(byId.id)).toMatchObject({ sku: `${byId.sku}-new`, status: 'draft', version: 2 });
    expect((await readProduct(byId.id)).description).toBeUndefined();
    expect(results[3]).toEqual({ action: 'unchanged', id: same.id, version: 1, changes: [] });
    expect(await readHistory(productHistory, same.id)).toHaveLength(1);
  });

  it('names the category by its slug', async () => {
    const { categoryId, ...fields } = productFields('');
    const product = await createProduct(ids.category);
    const results = await bulk([
      { ...fields, category: 'other' },
      { sku: product.sku, category: 'other' },
      { ...productFields(''), categoryId: undefined, category: 'none-such' },
      { ...productFields(ids.category), category: 'other' },
    ]);
    expect(categoryId).toBe('');
    expect(wordsOf(results)).toEqual(['created', 'changed', 'category_not_found', 'invalid_request']);
    expect((await readProduct(results[0]?.id ?? '')).categoryId).toBe(ids.other);
    expect((await readProduct(product.id)).categoryId).toBe(ids.other);
    expect(results[2]?.problem).toMatchObject({ field: 'category', value: 'none-such', status: 422 });
  });

  it('says by which slug a row named a category that is gone when the row is written, new product or not', async () => {
    const gone = await createCategory();
    const { sku } = await createProduct(ids.category);
    let planned = false;
    reads.after = async ({ command, input }) => {
      // The last read before the rows are written: who has the SKUs and slugs, and then the products.
      if (command !== 'BatchGetItemCommand' || planned || !JSON.stringify(input).includes('PRODUCT#')) return;
      planned = true;
      expect((await send('DELETE /categories/{categoryId}', { id: gone.id })).status).toBe(204);
    };
    const results = await bulk([
      { ...productFields(''), categoryId: undefined, category: gone.slug },
      { sku, category: gone.slug },
      { ...productFields(ids.category) },
    ]);
    reads.after = undefined;
    expect(planned).toBe(true);
    expect(wordsOf(results)).toEqual(['category_not_found', 'category_not_found', 'created']);
    for (const { problem } of results.slice(0, 2))
      expect(problem).toMatchObject({ field: 'category', value: gone.slug });
  });

  it('takes null in the row of a new product for what was left out, and no pictures with it', async () => {
    const [bare, pictured] = [productFields(ids.category), productFields(ids.category)];
    const results = await bulk([
      {
        ...bare,
        slug: null,
        description: null,
        stockCount: null,
        status: null,
        attributes: { colour: 'red', size: null },
      },
      { ...pictured, images: [{ id: ids.category }] },
    ]);
    expect(wordsOf(results)).toEqual(['created', 'invalid_request']);
    const created = await readProduct(results[0]?.id ?? '');
    expect(created).toMatchObject({ ...bare, stockCount: 0, status: 'active', attributes: { colour: 'red' } });
    expect(results[1]?.problem).toMatchObject({ errors: [{ pointer: '/rows/1/images/0/id' }] });
  });

  it('derives a slug anew with a suffix where another row of the request has the plain one', async () => {
    const products = [await createProduct(ids.category), await createProduct(ids.category)];
    const results = await bulk(products.map(({ sku }) => ({ sku, name: 'One name for two', slug: null })));
    expect(wordsOf(results)).toEqual(['changed', 'changed']);
    const slugs = await Promise.all(products.map(async ({ id }) => (await readProduct(id)).slug));
    expect(slugs).toEqual(['one-name-for-two', expect.stringMatching(/^one-name-for-two-[0-9a-z]{6}$/)]);
  });

  it('rejects rows by themselves, with what each would have been answered alone', async () => {
    const [taken, mine] = [await createProduct(ids.category), await createProduct(ids.category)];
    const gone = '01KB0V2H4MHC0E3Z5J7QY9S1TA';
    const good = productFields(ids.category);
    const results = await bulk([
      { sku: 'no product, for a space' },
      'no row',
      { name: 'Of nothing' },
      { sku: 'NEW-1', name: 'Lacks the price', categoryId: ids.category },
      { id: gone, name: 'None' },
      { sku: 'NEW-2', version: 3, name: 'None' },
      { sku: mine.sku, version: 2, name: 'Stale' },
      { id: mine.id, sku: taken.sku },
      { ...productFields(ids.category), slug: taken.slug },
      { ...productFields(gone) },
      good,
    ]);
    expect(wordsOf(results)).toEqual([
      'invalid_request',
      'invalid_request',
      'invalid_request',
      'invalid_request',
      'not_found',
      'not_found',
      'stale_version',
      'sku_taken',
      'slug_taken',
      'category_not_found',
      'created',
    ]);
    expect(results[0]?.problem?.['errors']).toEqual([
      { in: 'body', pointer: '/rows/0/sku', detail: expect.stringContaining('1 to 64 characters') },
    ]);
    expect(results[2]?.problem?.['errors']).toEqual([
      { in: 'body', pointer: '/rows/2/sku', detail: expect.stringContaining('or an id') },
    ]);
    expect(results[3]?.problem?.['errors']).toEqual([expect.objectContaining({ pointer: '/rows/3/price' })]);
    expect(results[6]?.problem).toMatchObject({ status: 412, currentVersion: 1 });
    expect(await readProduct(mine.id)).toEqual(mine);
  });

  it('rejects the second of two rows for one product, SKU or slug, and gives the second of two names another slug', async () => {
    const product = await createProduct(ids.category);
    const twin = productFields(ids.category);
    const same = await createProduct(ids.category);
    const results = await bulk([
      { sku: product.sku, stockCount: 3 },
      { id: product.id, stockCount: 4 },
      twin,
      { ...twin, name: 'Again' },
      { ...productFields(ids.category), slug: 'the-same' },
      { ...productFields(ids.category), slug: 'the-same' },
      { ...productFields(ids.category), name: 'Alike' },
      { ...productFields(ids.category), name: 'Alike' },
      { sku: same.sku, name: same.name },
      { id: same.id, name: 'Changed' },
    ]);
    expect(wordsOf(results)).toEqual([
      'changed',
      'repeated_row',
      'created',
      'repeated_row',
      'created',
      'repeated_row',
      'created',
      'created',
      'unchanged',
      'repeated_row',
    ]);
    const repeated = [results[1], results[3], results[5], results[9]];
    expect(repeated.map((result) => result?.problem?.['row'])).toEqual([0, 2, 4, 8]);
    const slugs = await Promise.all(
      [results[6], results[7]].map(async (result) => (await readProduct(result?.id ?? '')).slug),
    );
    expect(slugs).toEqual(['alike', expect.stringMatching(/^alike-[0-9a-z]{6}$/)]);
  });

  it('merges attributes, or replaces them where the row says so', async () => {
    const attributes = { colour: 'red', constructor: 'size' };
    const [merged, replaced] = [
      await createProduct(ids.category, { attributes }),
      await createProduct(ids.category, { attributes }),
    ];
    const change = { attributes: { colour: 'blue' } };
    await bulk([
      { sku: merged.sku, ...change },
      { sku: replaced.sku, ...change, replaceAttributes: true },
    ]);
    expect((await readProduct(merged.id)).attributes).toEqual({ colour: 'blue', constructor: 'size' });
    expect((await readProduct(replaced.id)).attributes).toEqual({ colour: 'blue' });
  });

  it('derives another slug where the plain one is taken', async () => {
    const { slug, name } = await createProduct(ids.category, { name: 'Taken before' });
    const [result] = await bulk([{ ...productFields(ids.category), name }]);
    expect((await readProduct(result?.id ?? '')).slug).toMatch(new RegExp(`^${slug}-[0-9a-z]{6}$`));
  });

  it('writes a hundred rows, in one category or in many', async () => {
    const categories = await Promise.all(Array.from({ length: 5 }, () => createCategory()));
    const rows = Array.from({ length: 100 }, (_, number) => productFields(categories[number % 5]?.id ?? ''));
    expect(new Set(wordsOf(await bulk(rows)))).toEqual(new Set(['created']));
    const moved = rows.map(({ sku }) => ({ sku, categoryId: ids.other, status: 'archived' }));
    expect(new Set(wordsOf(await bulk(moved)))).toEqual(new Set(['changed']));
    expect(new Set(wordsOf(await bulk(moved)))).toEqual(new Set(['unchanged']));
    expect((await readCategory(categories[0]?.id ?? '')).productCount).toBe(0);
    await expectSoundTable();
    expect(new Set(wordsOf(await bulkDelete(rows.map(({ sku }) => ({ sku })))))).toEqual(new Set(['deleted']));
  });

  it('leaves what is as the row says, whatever version the row names, key order, -0 and Unicode form', async () => {
    const product = await createProduct(ids.category, {
      name: 'Caf\u00e9',
      stockCount: 0,
      price: { amount: 0, currency: 'EUR' },
      attributes: { a: '1', b: 'é' },
    });
    const rows = [
      `{"sku":"${product.sku}","version":7,"name":"Cafe\u0301","stockCount":-0,"price":{"currency":"EUR","amount":-0}}`,
      `{"sku":"${product.sku}","attributes":{"b":"e\u0301","a":"1"},"replaceAttributes":true}`,
    ];
    for (const row of rows) {
      const answer = await send(bulkRoute, { body: `{"rows":[${row}]}` });
      expect(answer.body.results).toEqual([{ action: 'unchanged', id: product.id, version: 1, changes: [] }]);
    }
  });

  it.each<[string, unknown, string]>([
    ['no rows', { rows: [] }, '/rows'],
    ['more than a hundred rows', { rows: Array.from({ length: 101 }, () => ({ sku: 'A' })) }, '/rows'],
    ['rows that are no list', { rows: { sku: 'A' } }, '/rows'],
    ['a dryRun that is no boolean', { rows: [{ sku: 'A' }], dryRun: 'yes' }, '/dryRun'],
    ['an unknown field', { rows: [{ sku: 'A' }], dry: true }, '/dry'],
  ])('returns 400 for %s', async (_, body, pointer) => {
    const answer = await send(bulkRoute, { body });
    expectProblem(answer, 400, 'invalid_request', {
      errors: [{ in: 'body', pointer, detail: expect.stringMatching(/\S/) }],
    });
  });

  it('returns 413 for a body of more than 1 MiB', async () => {
    const body = { rows: [{ sku: 'A', description: 'x'.repeat(1024 * 1024) }] };
    expectProblem(await send(bulkRoute, { body }), 413, 'body_too_large');
  });

  it('returns 403 and does nothing for somebody who is not in the group', async () => {
    const body = { rows: [productFields(ids.category)] };
    const answer = await leavingNoTrace(() => send(bulkRoute, { groups: ['user'], body }));
    expectProblem(answer, 403, 'forbidden');
  });
});

describe(`${bulkRoute}, dry run`, () => {
  it('writes nothing, and answers what the same rows are answered when they are written', async () => {
    const category = await createCategory({ slug: 'dry' });
    const [taken, mine] = [await createProduct(category.id), await createProduct(category.id)];
    const rows = [
      productFields(category.id),
      { sku: mine.sku, category: 'dry', stockCount: 9 },
      { id: taken.id, sku: mine.sku },
      { ...productFields(category.id), slug: taken.slug },
      { ...productFields(category.id), name: taken.name },
      { ...productFields('01KB0V2H4MHC0E3Z5J7QY9S1TA') },
      { sku: taken.sku, version: 5, name: 'Stale' },
      { sku: 'NONE', name: 'Lacks the rest' },
    ];
    const planned = await leavingNoTrace(() => bulk(rows, { dryRun: true }));
    const done = await bulk(rows);
    const withoutIds = done.map(({ id, ...rest }) => (rest.action === 'created' ? rest : { id, ...rest }));
    expect(wordsOf(planned)).toEqual([
      'created',
      'changed',
      'sku_taken',
      'slug_taken',
      'created',
      'category_not_found',
      'stale_version',
      'invalid_request',
    ]);
    // Who makes it when, and the slug's suffix, are of the moment.
    const comparable = (results: object) =>
      JSON.parse(
        JSON.stringify(results)
          .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*"/g, '""')
          .replaceAll(/-[0-9a-z]{6}"/g, '"'),
      );
    expect(comparable(planned)).toEqual(comparable(withoutIds));
  });
});

describe('POST /admin/products/bulk-delete', () => {
  it('deletes by id and by SKU, and rejects what is not there, is of another version or was named before', async () => {
    const category = await createCategory();
    const [one, two, three] = [
      await createProduct(category.id),
      await createProduct(category.id),
      await createProduct(category.id),
    ];
    const rows = [
      { id: one.id },
      { sku: two.sku, version: 1 },
      { sku: three.sku, version: 2 },
      { sku: 'NONE' },
      { id: two.id },
      {},
    ];
    const words = ['deleted', 'deleted', 'stale_version', 'not_found', 'repeated_row', 'invalid_request'];
    const planned = await leavingNoTrace(() => bulkDelete(rows, { dryRun: true }));
    expect(wordsOf(planned)).toEqual(words);
    const results = await bulkDelete(rows, { sub: 'ben' });
    expect(wordsOf(results)).toEqual(words);
    expect((await readHistory(productHistory, one.id))[0]).toMatchObject({ action: 'deleted', version: 2, by: 'ben' });
    const restored = await send('POST /admin/products/{productId}/restore', { id: one.id });
    expect(productIn(restored).sku).toBe(one.sku);
    expect((await readCategory(category.id)).productCount).toBe(2);
  });
});
