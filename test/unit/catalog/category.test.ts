import * as z from 'zod/mini';
import { categoryChanges, categoryPath, categoryQuery, newCategory } from '../../../src/catalog/category';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const parse = (json: string): unknown => JSON.parse(json);
const accepts = (schema: z.ZodMiniType, value: unknown) => z.safeParse(schema, value).success;

const badFields: unknown[] = [
  { name: '' },
  { name: ' ' },
  { name: 'x'.repeat(201) },
  { name: 'a\nb' },
  { name: 'a\u202Eb' },
  { name: '\uDC00' },
  { name: 1 },
  { name: null },
  { slug: '' },
  { slug: 'Shoes' },
  { slug: 'a--b' },
  { slug: 1 },
  { description: 'x'.repeat(5_001) },
  { description: 'a\0' },
  { description: {} },
  { id },
  { version: 1 },
  { productCount: 0 },
  { createdAt: '2026-01-01T00:00:00.000Z' },
  { createdBy: 'me' },
  { updatedAt: '2026-01-01T00:00:00.000Z' },
  { updatedBy: 'me' },
  { parentId: 'shoes' },
  { parentId: '' },
  { parentId: [id] },
  { parent: 'shoes' },
  { constructor: {} },
];
const noObjects: unknown[] = [[], [{ name: 'Shoes' }], null, 'Shoes', 1, parse('{"name":"Shoes","__proto__":{}}')];

describe('newCategory', () => {
  it.each([
    { name: 'Shoes' },
    { name: 'x'.repeat(200), slug: 'x'.repeat(200), description: 'x'.repeat(5_000) },
    { name: 'Shoes', description: '' },
    { name: 'Shoes', description: 'One line.\r\nAnother.' },
    { name: 'Shoes', parentId: id },
    { name: 'Shoes', parentId: null },
  ])('accepts %j and adds nothing to it', (category) => {
    expect(z.parse(newCategory, category)).toEqual(category);
  });

  it.each(badFields)('refuses %j', (fields) => {
    expect(accepts(newCategory, Object.assign({ name: 'Shoes' }, fields))).toBe(false);
  });

  it.each([{}, { slug: 'shoes' }, { name: 'Shoes', slug: null }, { name: 'Shoes', description: null }])(
    'refuses %j',
    (category) => {
      expect(accepts(newCategory, category)).toBe(false);
    },
  );

  it.each(noObjects.map((value) => [value]))('refuses %j as a whole', (value) => {
    expect(accepts(newCategory, value)).toBe(false);
  });
});

describe('categoryChanges', () => {
  it.each([
    {},
    { name: 'Boots' },
    { slug: 'boots' },
    { slug: null, description: null },
    { description: '' },
    { parentId: id },
    { parentId: null },
  ])('accepts %j and adds nothing to it', (changes) => {
    expect(z.parse(categoryChanges, changes)).toEqual(changes);
  });

  it.each(badFields)('refuses %j', (changes) => {
    expect(accepts(categoryChanges, changes)).toBe(false);
  });

  it.each(noObjects.map((value) => [value]))('refuses %j as a whole', (value) => {
    expect(accepts(categoryChanges, value)).toBe(false);
  });
});

describe('categoryQuery', () => {
  it.each([
    [{}, { limit: 25 }],
    [
      { limit: '100', nextToken: 'shoes' },
      { limit: 100, nextToken: 'shoes' },
    ],
  ])('reads %j', (query, parsed) => {
    expect(z.parse(categoryQuery, query)).toEqual(parsed);
  });

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: 'abc' },
    { nextToken: '' },
    { nextToken: id },
    { slug: 'shoes' },
  ])('refuses %j', (query) => {
    expect(accepts(categoryQuery, query)).toBe(false);
  });
});

describe('categoryPath', () => {
  it.each([
    [{ categoryId: id }, true],
    [{ categoryId: 'shoes' }, false],
    [{ productId: id }, false],
    [{}, false],
  ])('decides on %j: %s', (path, accepted) => {
    expect(accepts(categoryPath, path)).toBe(accepted);
  });
});
