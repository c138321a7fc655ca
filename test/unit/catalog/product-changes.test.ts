import * as z from 'zod/mini';
import { productChanges } from '../../../src/catalog/product-changes';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const parse = (json: string): unknown => JSON.parse(json);
const accepts = (value: unknown) => z.safeParse(productChanges, value).success;
const manyAttributes = (count: number) => ({
  attributes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`name ${index}`, null])),
});

describe('productChanges', () => {
  it.each([
    {},
    { sku: 'B-2' },
    { name: 'Boot' },
    { categoryId: id },
    { price: {} },
    { price: { amount: 5 } },
    { price: { currency: 'USD' } },
    { slug: null, description: null, stockCount: null, status: null, imageUrl: null, attributes: null },
    { slug: 'boot', description: '', stockCount: 0, status: 'draft', imageUrl: 'https://example.com/a.png' },
    { attributes: { colour: 'red', size: null } },
    manyAttributes(50),
  ])('accepts %j and adds nothing to it', (changes) => {
    expect(z.parse(productChanges, changes)).toEqual(changes);
  });

  it.each([
    { sku: null },
    { name: null },
    { price: null },
    { categoryId: null },
    { price: { amount: null } },
    { price: { currency: null } },
    { price: { amount: 1, tax: 1 } },
    { price: { amount: -1 } },
    { price: { currency: 'eur' } },
    { sku: '' },
    { name: '' },
    { slug: '' },
    { stockCount: -1 },
    { status: 'deleted' },
    { imageUrl: 'http://example.com' },
    { attributes: { colour: 1 } },
    { attributes: { '': null } },
    { attributes: parse('{"__proto__":null}') },
    manyAttributes(51),
    { id },
    { version: 2 },
    { updatedBy: 'me' },
    { colour: 'red' },
    parse('{"__proto__":{}}'),
    [],
    null,
    '{}',
  ])('refuses %j', (changes) => {
    expect(accepts(changes)).toBe(false);
  });
});
