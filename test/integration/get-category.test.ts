import { createCategory, createProduct, pathOf, readCategory, readCategoryWithPath, send } from '../support/catalog';
import { expectProblem } from '../support/problems';
import { partitionOf, reads } from '../support/reads';

afterEach(() => {
  reads.before = undefined;
});

describe('GET /categories/{categoryId}', () => {
  const get = (id: string, request: object = {}) => send('GET /categories/{categoryId}', { id, ...request });

  it.each(['user', 'admin'])('returns 200 with the category and its ETag to group %s', async (group) => {
    const category = await createCategory({ description: 'All of them' });
    expect(await get(category.id, { groups: [group] })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"1"' },
      body: { ...category, path: [{ id: category.id, name: category.name, slug: category.slug }] },
    });
  });

  it('has the path from the top, and follows what is moved or renamed on the way', async () => {
    const shoes = await createCategory({ name: 'Shoes', slug: 'shoes' });
    const running = await createCategory({ name: 'Running', slug: 'running', parentId: shoes.id });
    const trail = await createCategory({ name: 'Trail', slug: 'trail', parentId: running.id });
    expect((await readCategoryWithPath(trail.id)).path).toEqual([
      { id: shoes.id, name: 'Shoes', slug: 'shoes' },
      { id: running.id, name: 'Running', slug: 'running' },
      { id: trail.id, name: 'Trail', slug: 'trail' },
    ]);
    await send('PATCH /categories/{categoryId}', { id: shoes.id, body: { slug: 'footwear' } });
    expect(await pathOf(trail.id)).toEqual(['footwear', 'running', 'trail']);
    await send('PATCH /categories/{categoryId}', { id: running.id, body: { parentId: null } });
    expect(await pathOf(trail.id)).toEqual(['running', 'trail']);
  });

  it('has a path that there was at one moment, where categories on it are moved or go while it is read', async () => {
    const move = (id: string, parentId: string | null) =>
      send('PATCH /categories/{categoryId}', { id, body: { parentId } });
    /** The category, read while it leaves the one above it, with which this is done then. */
    async function readWhileLeaving(happens: (above: string) => Promise<unknown>) {
      const above = await createCategory();
      const category = await createCategory({ parentId: above.id });
      reads.before = async (read) => {
        if (partitionOf(read) !== `CATEGORY#${above.id}`) return;
        reads.before = undefined;
        await move(category.id, null);
        await happens(above.id);
      };
      const found = await readCategoryWithPath(category.id);
      expect(reads.before).toBeUndefined();
      return { path: found.path.map(({ slug }) => slug), parentId: found.parentId, own: category.slug };
    }
    const elsewhere = await createCategory();
    for (const found of [
      await readWhileLeaving((above) => move(above, elsewhere.id)),
      await readWhileLeaving((id) => send('DELETE /categories/{categoryId}', { id })),
    ]) {
      expect(found).toEqual({ path: [found.own], parentId: undefined, own: found.own });
    }
  });

  it.each(['user', 'admin'])('counts active products alone for group %s, without a new version', async (group) => {
    const { id } = await createCategory();
    for (const status of ['draft', 'active', 'archived', 'active']) await createProduct(id, { status });
    expect(await get(id, { groups: [group] })).toMatchObject({ body: { productCount: 2, version: 1 } });
  });

  it('counts a product from when it becomes active until it is so no more', async () => {
    const { id } = await createCategory();
    const product = await createProduct(id, { status: 'draft' });
    const counts: number[] = [];
    for (const status of ['draft', 'active', 'active', 'archived', 'draft', 'active']) {
      await send('PATCH /products/{productId}', { id: product.id, body: { status } });
      counts.push((await readCategory(id)).productCount);
    }
    expect(counts).toEqual([0, 1, 1, 0, 0, 1]);
  });

  it('returns 404 when there is no such category', async () => {
    expectProblem(await get('01ARZ3NDEKTSV4RRFFQ69G5FAV'), 404, 'not_found');
  });

  it('returns 404 for the id of a product', async () => {
    const { id } = await createProduct((await createCategory()).id);
    expectProblem(await get(id), 404, 'not_found');
  });
});
