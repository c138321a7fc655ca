import * as z from 'zod/mini';
import { productPath } from '../../../src/catalog/product-parameters';
import { anyProductSearch, productSearch } from '../../../src/search/parameters';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe.each([
  ['productSearch', productSearch],
  ['anyProductSearch', anyProductSearch],
])('%s', (_, schema) => {
  it.each<[Record<string, string>, object]>([
    [{}, { limit: 25 }],
    [{ limit: '1' }, { limit: 1 }],
    [{ limit: '100' }, { limit: 100 }],
    [{ nextToken: id }, { nextToken: id, limit: 25 }],
    [
      { categoryId: id, sku: 'A-1', slug: 'shoe' },
      { categoryId: id, sku: 'A-1', slug: 'shoe', limit: 25 },
    ],
  ])('reads %j', (query, parsed) => {
    expect(z.parse(schema, query)).toEqual(parsed);
  });

  it.each<object>([
    { limit: '0' },
    { limit: '101' },
    { limit: 'abc' },
    { limit: '' },
    { nextToken: '' },
    { nextToken: 'abc' },
    { nextToken: id.slice(1) },
    { nextToken: `${id}x` },
    { categoryId: 'x' },
    { sku: '' },
    { sku: 'A 1' },
    { slug: 'Shoe' },
    { Limit: '1' },
    { name: 'Shoe' },
    { 'limit[]': '1' },
    { constructor: 'x' },
  ])('refuses %j', (query) => {
    expect(z.safeParse(schema, query).success).toBe(false);
  });
});

describe('the status filter', () => {
  it.each(['draft', 'active', 'archived'])('takes %s in the admin list alone', (status) => {
    expect(z.safeParse(anyProductSearch, { status }).success).toBe(true);
    expect(z.safeParse(productSearch, { status }).success).toBe(false);
  });

  it.each(['', 'Draft', 'deleted', 'draft,active'])('refuses "%s"', (status) => {
    expect(z.safeParse(anyProductSearch, { status }).success).toBe(false);
  });
});

describe('productPath', () => {
  it.each([
    [{ productId: id }, true],
    [{ productId: id.toLowerCase() }, false],
    [{ productId: '1' }, false],
    [{ productId: `${id}%00` }, false],
    [{ categoryId: id }, false],
    [{ productId: id, more: id }, false],
    [{}, false],
  ])('decides on %j: %s', (path, accepted) => {
    expect(z.safeParse(productPath, path).success).toBe(accepted);
  });
});
