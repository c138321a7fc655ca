/** Fifty callers at once on products: unique values, versions, and fields that must not get lost. */
import { createCategory, createProduct, ifMatch, productFields, readProduct, send } from '../support/catalog';
import { callers, later, outcomes, race } from '../support/race';
import type { Product } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';

const ids = { category: '' };
const post = (fields: object) => send('POST /products', { body: { ...productFields(ids.category), ...fields } });
const patch = (id: string, body: object, condition: object = {}) =>
  send('PATCH /products/{productId}', { id, body, ...condition });

beforeAll(async () => {
  ids.category = (await createCategory()).id;
});

describe('POST /products by 50 callers', () => {
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

describe('PATCH /products/{productId} by 50 callers', () => {
  it('lets exactly one through with the same If-Match', async () => {
    const { id } = await createProduct(ids.category);
    const answers = await race((caller) => patch(id, { stockCount: caller + 1 }, ifMatch(1)));
    expect(outcomes(answers)).toEqual({ '200': 1, '412 stale_version': callers - 1 });
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await readProduct(id)).toMatchObject({ version: 2, stockCount: winner + 1 });
    await expectSoundTable();
  });

  it('loses none of 50 attributes without If-Match', async () => {
    const { id } = await createProduct(ids.category);
    const answers = await race((caller) => patch(id, { attributes: { [`name-${caller}`]: `value-${caller}` } }));
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
    const answers = await race((caller) => patch(id, changes[caller % changes.length] ?? {}));
    expect(outcomes(answers)).toEqual({ '200': callers });
    const after = await readProduct(id);
    for (const change of changes) expect(after).toMatchObject(change);
    expect(after.version).toBe(callers + 1);
    await expectSoundTable();
  });

  it.each([
    ['SKU', 'sku', 'CLAIMED-1', '409 sku_taken'],
    ['slug', 'slug', 'claimed-1', '409 slug_taken'],
  ] as const)('lets exactly one of 50 products take a %s', async (_, field, value, refusal) => {
    const products: Product[] = [];
    for (let index = 0; index < callers; index += 1) products.push(await createProduct(ids.category));
    const answers = await race((caller) => patch(products[caller]?.id ?? '', { [field]: value }));
    expect(outcomes(answers)).toEqual({ '200': 1, [refusal]: callers - 1 });
    await expectSoundTable();
  });
});

describe('a rename that frees a SKU while 49 others take it', () => {
  /** One product goes from an old SKU to the next one; the others want either, and begin this many round trips later. */
  async function contest(round: number, lead: number) {
    const [old, next] = [`OLD-${round}`, `NEXT-${round}`];
    const { id } = await createProduct(ids.category, { sku: old });
    const wish = (caller: number) => (caller % 5 === 0 ? next : old);
    const answers = await race((caller) =>
      caller === 0 ? patch(id, { sku: next }) : later(lead + (caller % 4), () => post({ sku: wish(caller) })),
    );
    const renamed = answers[0]?.status === 200 ? 1 : 0;
    const winners = (sku: string) => answers.filter(({ status }, at) => status === 201 && wish(at) === sku && at > 0);
    return { answers, renamed, old, next, oldTaken: winners(old).length, nextTaken: winners(next).length };
  }

  it('never gives a SKU two owners', async () => {
    const renames = new Set<number>();
    for (const [round, lead] of [0, 0, 1, 1, 2, 2, 3, 8].entries()) {
      const { answers, renamed, old, next, oldTaken, nextTaken } = await contest(round, lead);
      renames.add(renamed);
      expect(renamed + nextTaken).toBe(1);
      expect(oldTaken).toBeLessThanOrEqual(renamed);
      const won = oldTaken + nextTaken;
      const expected = { '200': renamed, '201': won, '409 sku_taken': callers - renamed - won };
      expect({ '200': 0, '201': 0, ...outcomes(answers) }).toEqual(expected);

      const { products } = await expectSoundTable();
      expect(products.filter(({ sku }) => sku === next)).toHaveLength(1);
      expect(products.filter(({ sku }) => sku === old)).toHaveLength(renamed ? oldTaken : 1);
    }
    expect(renames).toEqual(new Set([0, 1]));
  });
});
