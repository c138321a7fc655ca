import { createCategory, createProduct, send } from '../support/catalog';
import { categoryPages } from '../support/pages';
import { aroundPlainQueries } from '../support/plain-queries';
import { categoriesIn, type Category } from '../support/representations';

const plain: { asked: object[]; refusal?: { statusCode: number; body: unknown } | undefined } = { asked: [] };
aroundPlainQueries((input, send) => {
  plain.asked.push(input);
  return plain.refusal ?? send(input);
});

describe('GET /categories', () => {
  const sorted: Category[] = [];

  it('returns 200 with an empty list while there are none', async () => {
    expect(await send('GET /categories')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: { items: [] },
    });
  });

  describe('with categories', () => {
    beforeAll(async () => {
      const slugs = ['zebra', 'apple', 'apple-pie', 'mango', '2nd-hand', 'apples', 'kiwi'];
      for (const slug of slugs) sorted.push(await createCategory({ slug }));
      sorted.sort((a, b) => (a.slug < b.slug ? -1 : 1));
    });

    it('returns them whole, by slug, without a nextToken at the end', async () => {
      expect((await send('GET /categories', { groups: ['user'] })).body).toEqual({ items: sorted });
    });

    it.each([1, 2, 3, 6, 7, 8])('returns every category once in pages of %d', async (limit) => {
      const pages = await categoryPages({ limit: String(limit) });
      expect(pages.flat()).toEqual(sorted);
      expect(pages.map((page) => page.length)).toEqual(lengthsOf(sorted.length, limit));
    });

    it('returns what follows a forged nextToken', async () => {
      const { items } = categoriesIn(await send('GET /categories', { query: { nextToken: 'b' } }));
      expect(items.map(({ slug }) => slug)).toEqual(['kiwi', 'mango', 'zebra']);
    });

    it('follows a slug that changes', async () => {
      const { id } = await createCategory({ slug: 'aaa' });
      await send('PATCH /categories/{categoryId}', { id, body: { slug: 'zzz' } });
      expect((await categoryPages()).flat().at(-1)).toMatchObject({ id, slug: 'zzz' });
      await send('DELETE /categories/{categoryId}', { id });
      expect((await categoryPages()).flat()).toEqual(sorted);
    });

    it('returns one level by slug when a parent is given, and the top for none', async () => {
      const [kiwi, mango] = [sorted.find(({ slug }) => slug === 'kiwi'), sorted.find(({ slug }) => slug === 'mango')];
      const children: Category[] = [];
      for (const slug of ['green', 'gold', 'red']) children.push(await createCategory({ slug, parentId: kiwi?.id }));
      const leaf = await createCategory({ slug: 'zespri', parentId: children[1]?.id });
      const slugs = async (parentId = '', more: object = {}) =>
        (await categoryPages({ parentId, ...more })).map((page) => page.map(({ slug }) => slug));
      expect(await slugs(kiwi?.id, { limit: '2' })).toEqual([['gold', 'green'], ['red']]);
      expect(await slugs(leaf.id)).toEqual([[]]);
      expect((await slugs('none', { limit: '3' })).flat()).toEqual(sorted.map(({ slug }) => slug));

      await send('PATCH /categories/{categoryId}', { id: children[0]?.id, body: { slug: 'apple-green' } });
      await send('PATCH /categories/{categoryId}', { id: children[2]?.id, body: { parentId: mango?.id } });
      expect(await slugs(kiwi?.id)).toEqual([['apple-green', 'gold']]);
      expect(await slugs(mango?.id)).toEqual([['red']]);
      for (const { id } of [leaf, ...children]) await send('DELETE /categories/{categoryId}', { id });
      expect(await slugs(kiwi?.id)).toEqual([[]]);
    });

    it('counts active products as the last writes left them, also where the counts are refused at first', async () => {
      const { id } = await createCategory({ slug: 'counted' });
      for (const status of ['active', 'draft', 'active']) await createProduct(id, { status });
      const counts = async () => {
        const { items } = categoriesIn(await send('GET /categories', { query: { nextToken: 'counte', limit: '2' } }));
        return items.map(({ slug, productCount }) => [slug, productCount]);
      };
      plain.asked = [];
      const expected = [
        ['counted', 2],
        ['kiwi', 0],
      ];
      expect(await counts()).toEqual(expected);
      expect(plain.asked).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: true }]);
      plain.refusal = { statusCode: 400, body: { __type: 'ThrottlingException' } };
      expect(await counts()).toEqual(expected);
      expect(plain.asked).toHaveLength(4);
      plain.refusal = undefined;
    });

    it('returns 25 when no limit is given', async () => {
      for (let index = 0; index < 18; index += 1) await createCategory();
      expect((await categoryPages()).map((page) => page.length)).toEqual([25, 1]);
      expect((await categoryPages({ limit: '100' })).map((page) => page.length)).toEqual([26]);
    });
  });
});

/** The lengths of full pages and what remains: 7 in pages of 3 are 3, 3 and 1. */
function lengthsOf(total: number, limit: number): number[] {
  return total <= limit ? [total] : [limit, ...lengthsOf(total - limit, limit)];
}
