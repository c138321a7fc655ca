/** Many callers at once on products: unique values, versions, and fields that must not get lost. */
import { createCategory, createProduct, ifMatch, productFields, readProduct, send } from '../support/catalog';
import { callers } from '../support/depth';
import { rebuild } from '../support/histories';
import { productHistory, readHistory } from '../support/history-pages';
import { outcomes, race, scatter } from '../support/race';
import { productIn, type Product } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';

const ids = { category: '' };
const post = (fields: object) => send('POST /products', { body: { ...productFields(ids.category), ...fields } });
const patch = (id: string, body: object, condition: object = {}) =>
  send('PATCH /products/{productId}', { id, body, ...condition });

/** As often as it takes: many writers of one product may be told to come back later, which loses nothing. */
async function patchPatiently(id: string, body: object) {
  for (;;) {
    const answer = await patch(id, body);
    if (answer.status !== 503) return answer;
  }
}

beforeEach(async () => {
  await emptyTable();
  ids.category = (await createCategory()).id;
});

describe(`POST /products by ${callers} callers`, () => {
  it.each([
    ['SKU', 'sku', 'RACE-1', '409 sku_taken'],
    ['chosen slug', 'slug', 'race-1', '409 slug_taken'],
  ] as const)('lets exactly one have a %s', async (_, field, value, refusal) => {
    expect(outcomes(await race(() => post({ [field]: value })))).toEqual({ '201': 1, [refusal]: callers - 1 });
    const { products } = await expectSoundTable();
    expect(products.filter((product) => product[field] === value)).toHaveLength(1);
  });

  it('gives each a slug of its own from the same name', async () => {
    expect(outcomes(await race(() => post({ name: 'Same name' })))).toEqual({ '201': callers });
    const { products } = await expectSoundTable();
    const slugs = products.filter(({ name }) => name === 'Same name').map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(callers);
    expect(slugs).toContain('same-name');
  });
});

describe(`PATCH /products/{productId} by ${callers} callers`, () => {
  it('lets exactly one through with the same If-Match', async () => {
    const { id } = await createProduct(ids.category);
    const answers = await race((caller) => patch(id, { stockCount: caller + 1 }, ifMatch(1)));
    expect(outcomes(answers)).toEqual({ '200': 1, '412 stale_version': callers - 1 });
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await readProduct(id)).toMatchObject({ version: 2, stockCount: winner + 1 });
    await expectSoundTable();
  });

  it(`loses none of ${callers} attributes without If-Match`, async () => {
    const { id } = await createProduct(ids.category);
    const answers = await race((caller) =>
      patchPatiently(id, { attributes: { [`name-${caller}`]: `value-${caller}` } }),
    );
    expect(outcomes(answers)).toEqual({ '200': callers });
    const expected = Object.fromEntries(answers.map((_, caller) => [`name-${caller}`, `value-${caller}`]));
    expect(await readProduct(id)).toMatchObject({ version: callers + 1, attributes: expected });
    const tags = answers.map(({ headers }) => String(headers['etag']));
    expect(new Set(tags)).toEqual(new Set(answers.map((_, caller) => `"${caller + 2}"`)));
    await expectSoundTable();
  });

  it('loses no change of different fields without If-Match', async () => {
    const { id } = await createProduct(ids.category);
    const changes = [
      { sku: 'CHANGED-1' },
      { slug: 'changed-1' },
      { name: 'Changed' },
      { description: 'Changed' },
      { price: { amount: 7 } },
      { price: { currency: 'USD' } },
      { stockCount: 7 },
      { status: 'draft' },
      { imageUrl: 'https://images.example.com/changed.png' },
      { attributes: { colour: 'changed' } },
    ];
    const answers = await race((caller) => {
      // With something of each caller's own, so that each has something to change.
      const { attributes, ...change } = changes[caller % changes.length] ?? {};
      return patchPatiently(id, { ...change, attributes: { ...attributes, [`name-${caller % 40}`]: String(caller) } });
    });
    expect(outcomes(answers)).toEqual({ '200': callers });
    const after = await readProduct(id);
    for (const change of changes) expect(after).toMatchObject(change);
    expect(after.version).toBe(callers + 1);
    await expectSoundTable();
  });

  it('answers each a version that is what they asked for, whoever wrote it', async () => {
    const { id } = await createProduct(ids.category);
    const wish = (caller: number) => caller % 3;
    const answers = await scatter((caller) => patchPatiently(id, { stockCount: wish(caller) }));
    expect(outcomes(answers)).toEqual({ '200': callers });
    const history = (await readHistory(productHistory, id, { limit: '100' })).reverse();
    for (const [caller, answer] of answers.entries()) {
      const { version, stockCount } = productIn(answer);
      expect(stockCount).toBe(wish(caller));
      expect(rebuild(history.slice(0, version))).toMatchObject({ '/stockCount': stockCount });
    }
    expect(history.slice(1).filter(({ changes }) => changes.length !== 1)).toEqual([]);
    await expectSoundTable();
  });

  it.each([
    ['SKU', 'sku', 'CLAIMED-1', '409 sku_taken'],
    ['slug', 'slug', 'claimed-1', '409 slug_taken'],
  ] as const)(`lets exactly one of ${callers} products take a %s`, async (_, field, value, refusal) => {
    const products: Product[] = [];
    for (let index = 0; index < callers; index += 1) products.push(await createProduct(ids.category));
    const answers = await race((caller) => patch(products[caller]?.id ?? '', { [field]: value }));
    expect(outcomes(answers)).toEqual({ '200': 1, [refusal]: callers - 1 });
    await expectSoundTable();
  });
});

describe(`a rename that frees a SKU while ${callers - 1} others take it`, () => {
  it.each([0, 0, 1, 2, callers / 2, callers - 1])(
    'never gives a SKU two owners (caller %d renames)',
    async (renamer) => {
      const { id, sku: old } = await createProduct(ids.category);
      const next = `${old}-next`;
      const wish = (caller: number) => (caller % 5 === 4 ? next : old);
      const answers = await race((caller) =>
        caller === renamer ? patch(id, { sku: next }) : post({ sku: wish(caller) }),
      );
      const renamed = answers[renamer]?.status === 200 ? 1 : 0;
      const winners = answers.flatMap(({ status }, caller) => (status === 201 ? [wish(caller)] : []));
      const oldTaken = winners.filter((sku) => sku === old).length;
      const nextTaken = winners.length - oldTaken;

      expect(renamed + nextTaken).toBe(1);
      expect(oldTaken).toBeLessThanOrEqual(renamed);
      const expected = { '200': renamed, '201': winners.length, '409 sku_taken': callers - renamed - winners.length };
      expect({ '200': 0, '201': 0, ...outcomes(answers) }).toEqual(expected);
      const { products } = await expectSoundTable();
      expect(products.filter(({ sku }) => sku === next)).toHaveLength(1);
      expect(products.filter(({ sku }) => sku === old)).toHaveLength(renamed ? oldTaken : 1);
    },
  );
});
