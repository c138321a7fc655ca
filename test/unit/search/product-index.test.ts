/** Where the pages of a search end. */
import type { Searchable } from '../../../src/search/entry';
import { ProductIndex } from '../../../src/search/product-index';

const product = (id: string): Searchable => ({
  ...{ id, version: 1, sku: id, name: 'Mug', slug: id, stockCount: 0, categoryId: 'kitchen', status: 'active' },
  price: { amount: 1, currency: 'EUR' },
  createdAt: '2026-11-27T12:00:00.000Z',
  updatedAt: '2026-11-27T12:00:00.000Z',
});

it.each(['mug', undefined])('others follow only where there are more than were asked for: q is %s', (q) => {
  const index = new ProductIndex();
  index.apply([product('a'), product('b')], []);
  const search = (limit: number) => index.search({ q, sort: 'name', limit });
  expect([1, 2, 3].map((limit) => search(limit).more)).toEqual([true, false, false]);
  expect(search(2).hits.map(({ id }) => id)).toEqual(['a', 'b']);
});
