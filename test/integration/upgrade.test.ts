/** A table of the version before: used by both versions while one replaces the other, and moved over while it is in use. */
import { documents, tableName } from '../../src/dynamodb/client';
import { upgradeChanges } from '../../upgrade/changes';
import { upgradeCategories } from '../../upgrade/counts';
import { listBySlug } from '../../upgrade/levels';
import { createCategory, createProduct, pathOf, productFields, readCategory, send } from '../support/catalog';
import { rounds } from '../support/depth';
import { interleave } from '../support/interleave';
import { expectProblem } from '../support/problems';
import { categoriesIn, productIn, type Product } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';
import { asBefore, deleteCategoryAsBefore } from '../support/version-before';

const table = { documents, tableName };
const upgrade = async () => {
  const done = await upgradeCategories(table);
  await upgradeChanges(table);
  await listBySlug(table);
  return done;
};
const statuses = ['draft', 'active', 'archived'] as const;
const any = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('There are none');
  return item;
};

beforeEach(emptyTable);

/** A category of the version before with a product of each status. */
async function categoryBefore(): Promise<{ id: string; products: Product[] }> {
  const { id } = await asBefore(() => createCategory());
  const products: Product[] = [];
  for (const status of statuses) products.push(await asBefore(() => createProduct(id, { status })));
  return { id, products };
}

describe('a category of the version before', () => {
  it('is counted as before until it is moved: all of its products', async () => {
    const { id } = await categoryBefore();
    await createProduct(id, { status: 'draft' });
    expect(await readCategory(id)).toMatchObject({ productCount: 4, version: 1 });
    expectProblem(await send('DELETE /categories/{categoryId}', { id }), 409, 'category_in_use', {
      allProductCount: 4,
    });
  });

  it.each([
    ['product in', 'category_in_use', (id: string) => createProduct(id)],
    ['category below', 'category_has_children', (id: string) => createCategory({ parentId: id })],
  ] as const)('does not go with 409 when a %s it is created just before', async (_, code, create) => {
    const { id } = await asBefore(() => createCategory());
    const answer = await interleave(
      () => send('DELETE /categories/{categoryId}', { id }),
      () => create(id),
    );
    expectProblem(answer, 409, code, { [code === 'category_in_use' ? 'allProductCount' : 'childCount']: 1 });
  });

  it('is moved with exact counts of all and of active products', async () => {
    const { id, products } = await categoryBefore();
    await send('PATCH /products/{productId}', { id: products[0]?.id ?? '', body: { status: 'active' } });
    expect(await upgrade()).toEqual({ moved: 1, corrected: 0, right: 0, gone: 0, busy: 0 });
    expect(await readCategory(id)).toMatchObject({ productCount: 2, version: 1 });
    expectProblem(await send('DELETE /categories/{categoryId}', { id }), 409, 'category_in_use', {
      allProductCount: 3,
    });
    await expectSoundTable();
    expect(await upgrade()).toEqual({ moved: 0, corrected: 0, right: 1, gone: 0, busy: 0 });
  });

  it('takes writes of a process that has counted in its item, once it is moved', async () => {
    const { id, products } = await categoryBefore();
    await createProduct(id);
    await upgrade();
    await createProduct(id);
    await send('PATCH /products/{productId}', { id: products[0]?.id ?? '', body: { status: 'active' } });
    expect(await readCategory(id)).toMatchObject({ productCount: 4 });
    await expectSoundTable();
  });

  it('takes categories below it, and keeps the count of them when it is moved', async () => {
    const { id } = await asBefore(() => createCategory());
    const [one, other] = [await createCategory({ parentId: id }), await createCategory({ parentId: id })];
    const remove = (removed: string) => send('DELETE /categories/{categoryId}', { id: removed });
    expectProblem(await remove(id), 409, 'category_has_children', { childCount: 2 });
    expect((await remove(one.id)).status).toBe(204);
    await upgrade();
    expectProblem(await remove(id), 409, 'category_has_children', { childCount: 1 });
    await expectSoundTable();
    expect((await remove(other.id)).status).toBe(204);
    expect((await remove(id)).status).toBe(204);
    await expectSoundTable();
  });

  it('is at the top, and listed there once the upgrade has been', async () => {
    const { id } = await asBefore(() => createCategory());
    const atTop = async () =>
      categoriesIn(await send('GET /categories', { query: { parentId: 'none' } })).items.map((category) => category.id);
    expect(await pathOf(id)).toHaveLength(1);
    expect(await atTop()).toEqual([]);
    expect(await listBySlug(table)).toBe(1);
    expect(await atTop()).toEqual([id]);
    expect(await listBySlug(table)).toBe(0);
  });

  it('is listed by its slug again once the upgrade has been, where the version before has renamed it meanwhile', async () => {
    const parent = await createCategory({ slug: 'parent' });
    const [top, below] = [{ slug: 'b' }, { slug: 'c', parentId: parent.id }];
    const ids = [(await createCategory(top)).id, (await createCategory(below)).id];
    await createCategory({ slug: 'd', parentId: parent.id });
    for (const [at, id] of ids.entries()) {
      const body = { slug: ['q', 'z'][at] };
      await asBefore(() => send('PATCH /categories/{categoryId}', { id, body }));
    }
    const slugs = async (parentId: string) =>
      categoriesIn(await send('GET /categories', { query: { parentId } })).items.map(({ slug }) => slug);
    expect([await slugs('none'), await slugs(parent.id)]).toEqual([
      ['q', 'parent'],
      ['z', 'd'],
    ]);
    expect(await listBySlug(table)).toBe(2);
    expect([await slugs('none'), await slugs(parent.id)]).toEqual([
      ['parent', 'q'],
      ['d', 'z'],
    ]);
    expect(await listBySlug(table)).toBe(0);
    await upgrade();
    await expectSoundTable();
  });

  it('can be deleted without being moved, and refuses products then', async () => {
    const { id } = await asBefore(() => createCategory());
    await createProduct((await categoryBefore()).id);
    expect((await send('DELETE /categories/{categoryId}', { id })).status).toBe(204);
    expectProblem(await send('POST /products', { body: productFields(id) }), 422, 'category_not_found', {
      ...{ field: 'categoryId', value: id },
    });
    await upgrade();
    await expectSoundTable();
  });
});

it('a category of this version is not deleted by the version before, which sees none of its products', async () => {
  const { id } = await createCategory();
  await createProduct(id);
  expect(await deleteCategoryAsBefore(id)).toBe(false);
  // It does not count there either: a number that came back to none would let it go.
  expect((await asBefore(() => send('POST /products', { body: productFields(id) }))).status).toBe(500);
  expect(await deleteCategoryAsBefore(id)).toBe(false);
  await expectSoundTable();
});

it('sets a count right that the version before has missed, as where it hid a product', async () => {
  const { id } = await createCategory();
  const product = await createProduct(id);
  await asBefore(() => send('PATCH /products/{productId}', { id: product.id, body: { status: 'draft' } }));
  expect(await readCategory(id)).toMatchObject({ productCount: 1 });
  expect(await upgrade()).toEqual({ moved: 0, corrected: 1, right: 0, gone: 0, busy: 0 });
  expect(await readCategory(id)).toMatchObject({ productCount: 0 });
  await expectSoundTable();
});

it('puts entries of the version before into the record of all changes, and leaves the others', async () => {
  const { id, products } = await categoryBefore();
  const product = await createProduct(id);
  const ids = async () => {
    const { body } = await send('GET /admin/changes', { query: { limit: '100' } });
    return (body as { items: { id: string }[] }).items.map((item) => item.id);
  };
  expect(await ids()).toEqual([product.id]);
  expect(await upgradeChanges(table)).toBe(4);
  expect(await upgradeChanges(table)).toBe(0);
  expect((await ids()).sort()).toEqual([id, product.id, ...products.map((made) => made.id)].sort());
  await upgrade();
  await expectSoundTable();
});

describe('writers of both versions, and the upgrade', () => {
  type Write = (run: typeof asBefore) => Promise<unknown>;
  const now: typeof asBefore = (call) => call();

  /** Random writes in these categories, which add to and take from the products. */
  function writes(categories: string[], products: Product[], count: number): Write[] {
    return Array.from({ length: count }, (): Write => async (run) => {
      const chance = Math.random();
      if (chance < 0.4) {
        const body = { ...productFields(any(categories)), status: any(statuses) };
        const answer = await run(() => send('POST /products', { body }));
        if (answer.status === 201) products.push(productIn(answer));
      } else if (chance < 0.75) {
        const body = chance < 0.6 ? { status: any(statuses) } : { categoryId: any(categories) };
        await run(() => send('PATCH /products/{productId}', { id: any(products).id, body }));
      } else if (chance < 0.9) {
        await run(() => send('DELETE /products/{productId}', { id: any(products).id }));
      } else if (run === now) await send('DELETE /categories/{categoryId}', { id: any(categories) });
      else await deleteCategoryAsBefore(any(categories));
    });
  }

  const writeAll = (all: Write[], run: (number: number) => typeof asBefore) => {
    const waiting = all.entries();
    const worker = async () => {
      for (const [number, write] of waiting) await write(run(number));
    };
    return Promise.all(Array.from({ length: 8 }, worker));
  };

  it('leave exact counts and no orphan, whoever writes when', async () => {
    const made = [await categoryBefore(), await categoryBefore(), await categoryBefore()];
    const empty = await asBefore(() => createCategory());
    const young = await createCategory();
    const categories = [...made.map(({ id }) => id), empty.id, young.id];
    const products = made.flatMap((category) => category.products);

    // While one version replaces the other.
    await writeAll(writes(categories, products, rounds(150)), (number) => (number % 2 === 0 ? asBefore : now));
    // Then this one alone, and the upgrade, by two at once.
    await Promise.all([writeAll(writes(categories, products, rounds(100)), () => now), upgrade(), upgrade()]);
    expect(await upgrade()).toMatchObject({ moved: 0, busy: 0 });
    await expectSoundTable();
    expect(await upgrade()).toMatchObject({ moved: 0, corrected: 0, busy: 0 });
  });
});
