import { bulk, bulkDelete, bulkRoute, wordsOf } from '../support/bulk';
import { createCategory, createProduct, productFields, readCategory, readProduct, send } from '../support/catalog';
import { expectSoundTable } from '../support/table-contents';

const products = (categoryId: string, count: number) => Array.from({ length: count }, () => productFields(categoryId));
const countOf = (words: unknown[], word: string) => words.filter((found) => found === word).length;

describe(`${bulkRoute}, raced`, () => {
  it('creates each product once when the same rows are sent by several at once', async () => {
    const { id } = await createCategory();
    const rows = products(id, 40);
    const results = await Promise.all(Array.from({ length: 4 }, () => bulk(rows)));
    const words = results.flatMap(wordsOf);
    expect(countOf(words, 'created')).toBe(40);
    expect(countOf(words, 'unchanged')).toBe(120);
    expect((await readCategory(id)).productCount).toBe(40);
    await expectSoundTable();
  });

  it('loses no change where several change other fields of the same products', async () => {
    const { id } = await createCategory();
    const rows = products(id, 20);
    await bulk(rows);
    const changes = [{ stockCount: 3 }, { description: 'New' }, { price: { amount: 5 } }, { attributes: { a: 'b' } }];
    const results = await Promise.all(changes.map((change) => bulk(rows.map(({ sku }) => ({ sku, ...change })))));
    expect(new Set(results.flatMap(wordsOf))).toEqual(new Set(['changed']));
    const product = await readProduct(results[0]?.[7]?.id ?? '');
    expect(product).toMatchObject({ stockCount: 3, description: 'New', attributes: { a: 'b' }, version: 5 });
    expect(product.price).toEqual({ amount: 5, currency: rows[7]?.price.currency });
    await expectSoundTable();
  });

  it('leaves no product without its category, and no count wrong, when the category is deleted meanwhile', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await createCategory();
      const [words, deleted] = await Promise.all([
        bulk(products(id, 30)).then(wordsOf),
        send('DELETE /categories/{categoryId}', { id }),
      ]);
      expect(words.every((word) => word === 'created' || word === 'category_not_found')).toBe(true);
      expect(countOf(words, 'created') > 0).toBe(deleted.status !== 204);
      await expectSoundTable();
    }
  });

  it('lets one of two have each SKU and slug', async () => {
    const { id } = await createCategory();
    const mine = await Promise.all(Array.from({ length: 20 }, () => createProduct(id)));
    const claims = mine.map(({ id: product }, number) => ({
      id: product,
      sku: `RACED-${number}`,
      slug: `raced-${number}`,
    }));
    const rivals = claims.map(({ sku, slug }) => ({ ...productFields(id), sku, slug }));
    const [renamed, made] = await Promise.all([bulk(claims).then(wordsOf), bulk(rivals).then(wordsOf)]);
    for (const [position, word] of renamed.entries()) {
      // A rival that came later finds the product under its SKU, and makes it what the row says.
      expect([word, made[position]]).toEqual(
        word === 'changed' ? ['changed', 'changed'] : [expect.stringMatching(/_taken$/), 'created'],
      );
    }
    await expectSoundTable();
  });

  it('deletes each product once, whoever else writes them', async () => {
    const { id } = await createCategory();
    const rows = products(id, 40);
    await bulk(rows);
    const skus = rows.map(({ sku }) => ({ sku }));
    const [one, two, changed] = await Promise.all([
      bulkDelete(skus).then(wordsOf),
      bulkDelete(skus).then(wordsOf),
      bulk(rows.map(({ sku }) => ({ sku, version: 1, stockCount: 1 }))).then(wordsOf),
    ]);
    expect(countOf([...one, ...two], 'deleted')).toBe(40);
    expect(changed.every((word) => ['changed', 'not_found', 'stale_version'].includes(word))).toBe(true);
    expect((await readCategory(id)).productCount).toBe(0);
    await expectSoundTable();
  });
});
