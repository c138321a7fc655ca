import { createCategory, createProduct, send } from '../support/catalog';
import { productPages } from '../support/pages';
import { productsIn, type Product } from '../support/representations';

describe('GET /products', () => {
  const seed: { shoes: string; hats: string; active: Product[]; draft: Product[] } = {
    shoes: '',
    hats: '',
    active: [],
    draft: [],
  };

  /** Nine active products over two categories, with drafts and archived ones in between. */
  beforeAll(async () => {
    seed.shoes = (await createCategory()).id;
    seed.hats = (await createCategory()).id;
    for (let index = 0; index < 9; index += 1) {
      seed.active.unshift(await createProduct(index % 3 === 0 ? seed.hats : seed.shoes));
      seed.draft.unshift(await createProduct(seed.shoes, { status: index % 2 === 0 ? 'draft' : 'archived' }));
    }
  });

  const list = async (query: Record<string, string> = {}) =>
    productsIn(await send('GET /products', { query, groups: ['user'] }));

  const newest = () => {
    const [product] = seed.active;
    if (!product) throw new Error('There are no products');
    return product;
  };

  it('returns 200 with the active products alone, whole, newest first, and no nextToken at the end', async () => {
    expect(await send('GET /products', { groups: ['user'] })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: { items: seed.active },
    });
  });

  it('shows only active products to admins too', async () => {
    expect(productsIn(await send('GET /products')).items).toEqual(seed.active);
  });

  it.each([1, 2, 3, 8, 9, 10])('returns every product once in pages of %d', async (limit) => {
    const pages = await productPages('GET /products', { limit: String(limit) });
    expect(pages.flat()).toEqual(seed.active);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    expect(pages.at(-1)?.length).toBe(seed.active.length % limit || limit);
  });

  it('filters by category, over several pages', async () => {
    const pages = await productPages('GET /products', { categoryId: seed.shoes, limit: '4' });
    expect(pages.map((page) => page.length)).toEqual([4, 2]);
    expect(pages.flat()).toEqual(seed.active.filter(({ categoryId }) => categoryId === seed.shoes));
  });

  it.each(['sku', 'slug'] as const)('finds the one product with a %s', async (field) => {
    expect(await list({ [field]: newest()[field] })).toEqual({ items: [newest()] });
  });

  it('finds a product by all filters at once', async () => {
    const { sku, slug, categoryId } = newest();
    expect(await list({ sku, slug, categoryId, limit: '1' })).toEqual({ items: [newest()] });
  });

  it('returns an empty list where filters contradict each other', async () => {
    const { sku, slug } = newest();
    const [, other] = seed.active;
    const contradictions: Record<string, string>[] = [
      { sku, slug: String(other?.slug) },
      { sku: String(other?.sku), slug },
      { sku, categoryId: seed.hats },
      { slug, categoryId: seed.hats },
    ];
    for (const query of contradictions) expect({ query, ...(await list(query)) }).toEqual({ query, items: [] });
  });

  it.each(['sku', 'slug'] as const)('does not find a draft or archived product by its %s', async (field) => {
    for (const product of seed.draft.slice(0, 2))
      expect(await list({ [field]: product[field] })).toEqual({ items: [] });
  });

  it.each<Record<string, string>>([
    { sku: 'nobodys' },
    { slug: 'nobodys' },
    { categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
  ])('returns an empty list for %j', async (query) => {
    expect(await list(query)).toEqual({ items: [] });
  });

  it.each([
    ['00000000000000000000000000', 0],
    ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', 9],
  ])('is harmed by no forged nextToken: %s shows %d', async (nextToken, count) => {
    expect((await list({ nextToken })).items).toEqual(seed.active.slice(9 - count));
    expect((await list({ nextToken, sku: newest().sku })).items).toHaveLength(count > 0 ? 1 : 0);
  });

  it('shows nothing of a product by its SKU behind its own nextToken', async () => {
    const { id, sku } = newest();
    expect((await list({ nextToken: id, sku })).items).toEqual([]);
  });

  it('takes the id of a draft for a nextToken without showing it', async () => {
    const older = seed.active.filter(({ id }) => id < String(seed.draft[3]?.id));
    expect(older.length).toBeGreaterThan(0);
    expect((await list({ nextToken: String(seed.draft[3]?.id) })).items).toEqual(older);
  });

  it('goes on after a nextToken whose product has been deleted', async () => {
    const category = await createCategory();
    const [oldest, middle] = [await createProduct(category.id), await createProduct(category.id)];
    await createProduct(category.id);
    const { nextToken } = await list({ categoryId: category.id, limit: '2' });
    expect(nextToken).toBe(middle.id);
    await send('DELETE /products/{productId}', { id: middle.id });
    expect(await list({ categoryId: category.id, nextToken: middle.id })).toEqual({ items: [oldest] });
  });

  it('shows 25 where no limit is given, and up to 100', async () => {
    const { id: categoryId } = await createCategory();
    for (let index = 0; index < 26; index += 1) await createProduct(categoryId);
    const lengths = (pages: Product[][]) => pages.map((page) => page.length);
    expect(lengths(await productPages('GET /products', { categoryId }))).toEqual([25, 1]);
    expect(lengths(await productPages('GET /products', { categoryId, limit: '100' }))).toEqual([26]);
  });
});
