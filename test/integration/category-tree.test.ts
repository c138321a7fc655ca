import { createCategory, createProduct, send } from '../support/catalog';
import { itAtFullDepth } from '../support/depth';
import { aroundPlainQueries } from '../support/plain-queries';
import { expectProblem } from '../support/problems';
import { putCategories, slugOf } from '../support/put-categories';
import { emptyTable } from '../support/test-table';

const read = (request: object = {}) => send('GET /categories/tree', request);

const plain: { refusal?: { statusCode: number; body: unknown } | undefined; refused: boolean } = { refused: false };
aroundPlainQueries((input, send) => {
  if (!plain.refusal) return send(input);
  plain.refused = true;
  return plain.refusal;
});

beforeEach(emptyTable);

describe('GET /categories/tree', () => {
  it('returns 200 with an empty tree while there are no categories', async () => {
    expect(await read()).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('returns all categories nested, siblings by slug, with their own active products and those of all below', async () => {
    const shoes = await createCategory({ name: 'Shoes', slug: 'shoes' });
    const hats = await createCategory({ name: 'Hats', slug: 'hats' });
    const running = await createCategory({ name: 'Running', slug: 'running', parentId: shoes.id });
    const boots = await createCategory({ name: 'Boots', slug: 'boots', parentId: shoes.id });
    const trail = await createCategory({ name: 'Trail', slug: 'trail', parentId: running.id });
    for (const status of ['active', 'draft', 'active', 'archived']) await createProduct(trail.id, { status });
    await createProduct(shoes.id);
    await createProduct(boots.id);
    const node = (
      { id, name, slug }: typeof shoes,
      [productCount, subtreeProductCount]: [number, number],
      children: object[] = [],
    ) => ({ id, name, slug, productCount, subtreeProductCount, children });
    const below = [node(boots, [1, 1]), node(running, [0, 2], [node(trail, [2, 2])])];
    const items = [node(hats, [0, 0]), node(shoes, [1, 4], below)];
    const answer = await read({ groups: ['user'] });
    expect(answer).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        etag: expect.stringMatching(/^"[\w-]{43}"$/) as string,
      },
      body: { items },
    });
  });

  it('returns the same where its counts are throttled at first, or cannot be understood', async () => {
    const { id } = await createCategory();
    for (const name of ['A', 'B']) await createProduct(id, { name });
    for (const refusal of [
      { statusCode: 400, body: { __type: 'ThrottlingException' } },
      { statusCode: 200, body: '' },
    ]) {
      plain.refusal = refusal;
      expect((await read()).body.items).toMatchObject([{ productCount: 2, subtreeProductCount: 2 }]);
      expect(plain.refused).toBe(true);
      Object.assign(plain, { refusal: undefined, refused: false });
    }
  });

  it('returns 304 with If-None-Match until anything in it has changed', async () => {
    const { id } = await createCategory();
    const etag = String((await read()).headers['etag']);
    const again = () => read({ headers: { 'if-none-match': `"other", W/${etag}` } });
    expect(await again()).toEqual({ status: 304, headers: { etag, 'cache-control': 'no-store' }, body: undefined });
    await createProduct(id, { status: 'draft' });
    expect((await again()).status).toBe(304);
    await createProduct(id);
    expect((await again()).status).toBe(200);
  });

  async function expectAllOf(count: number): Promise<void> {
    await putCategories(count);
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0].children.map((child: { slug: string }) => child.slug)).toEqual(
      Array.from({ length: count - 1 }, (_, number) => slugOf(number + 1)),
    );
  }

  it('returns hundreds of categories', () => expectAllOf(300));

  // To write so many takes two seconds of processor time.
  itAtFullDepth('returns 5,000 categories, and 422 where there are more', async () => {
    await expectAllOf(5_000);
    await createCategory();
    expectProblem(await read(), 422, 'too_many_categories', { mostCategories: 5_000 });
  });
});
