import { createCategory, createProduct, send } from '../support/catalog';
import { productPages } from '../support/pages';
import { productsIn, type Product } from '../support/representations';

const route = 'GET /admin/products';
const statuses = ['draft', 'active', 'archived'] as const;

describe(route, () => {
  const seed: { shoes: string; hats: string; products: Product[] } = { shoes: '', hats: '', products: [] };

  /** Twelve products: statuses in runs and alone, over two categories. */
  beforeAll(async () => {
    seed.shoes = (await createCategory()).id;
    seed.hats = (await createCategory()).id;
    const order = [0, 0, 0, 1, 2, 1, 0, 2, 2, 2, 1, 0];
    for (const [index, status] of order.entries()) {
      const categoryId = index % 4 === 3 ? seed.hats : seed.shoes;
      seed.products.unshift(await createProduct(categoryId, { status: statuses[status] }));
    }
  });

  const list = async (query: Record<string, string> = {}) => productsIn(await send(route, { query }));

  it('returns 200 with products of every status, newest first, and no nextToken at the end', async () => {
    expect(await send(route)).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: { items: seed.products },
    });
  });

  it.each([1, 2, 3, 5, 11, 12, 13])('merges statuses: every product once in pages of %d', async (limit) => {
    const pages = await productPages(route, { limit: String(limit) });
    expect(pages.flat()).toEqual(seed.products);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    expect(pages.at(-1)?.length).toBe(seed.products.length % limit || limit);
  });

  it.each([1, 2, 3, 4])('merges the statuses of one category in pages of %d', async (limit) => {
    for (const categoryId of [seed.shoes, seed.hats]) {
      const pages = await productPages(route, { categoryId, limit: String(limit) });
      expect(pages.flat()).toEqual(seed.products.filter((product) => product.categoryId === categoryId));
    }
  });

  describe.each(statuses)('?status=%s', (status) => {
    const having = (matches: (product: Product) => boolean) =>
      seed.products.filter((product) => product.status === status && matches(product));

    it('returns the products of this status alone', async () => {
      expect((await productPages(route, { status, limit: '2' })).flat()).toEqual(having(() => true));
    });

    it('combines with a category', async () => {
      const query = { status, categoryId: seed.hats };
      expect((await list(query)).items).toEqual(having(({ categoryId }) => categoryId === seed.hats));
    });

    it('combines with a SKU or slug, of this status or another', async () => {
      for (const product of seed.products) {
        const items = product.status === status ? [product] : [];
        expect(await list({ status, sku: product.sku })).toEqual({ items });
        expect(await list({ status, slug: product.slug, categoryId: product.categoryId })).toEqual({ items });
      }
    });
  });

  it.each(['sku', 'slug'] as const)('finds a product of any status by its %s', async (field) => {
    for (const product of seed.products) expect(await list({ [field]: product[field] })).toEqual({ items: [product] });
  });

  it('moves a product whose status changes, and shows it once', async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createProduct(categoryId, { status: 'draft' });
    await send('PATCH /products/{productId}', { id, body: { status: 'archived' } });
    expect((await list({ categoryId })).items).toMatchObject([{ id, status: 'archived' }]);
    expect((await list({ categoryId, status: 'draft' })).items).toEqual([]);
  });
});
