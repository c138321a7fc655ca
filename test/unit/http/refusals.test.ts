/** Whatever is wrong with a value is said in the product's words, and never in those of the library that found it. */
import * as fs from 'node:fs';
import type { Schema } from '../../../src/http/validation';
import { validate } from '../../../src/http/validation';
import { bulkBody, deletionRow, productRow } from '../../../src/bulk/rows';
import { categoryChanges, categoryPath, categoryQuery, newCategory } from '../../../src/catalog/category';
import { historyQuery } from '../../../src/catalog/history-query';
import { changeQuery } from '../../../src/changes/parameters';
import { newProduct } from '../../../src/catalog/product';
import { productChanges, productReplacement } from '../../../src/catalog/product-changes';
import { productPath } from '../../../src/catalog/product-parameters';
import { anyProductSearch, productSearch } from '../../../src/search/parameters';
import { invitation, membershipPath, userChanges, userPath, userQuery } from '../../../src/users/parameters';
import { newImage, uploadQuery } from '../../../src/images/upload-parameters';
import { ApplicationError, type FieldError } from '../../../src/errors';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const user = 'b3a4c852-7091-70f5-1a2e-3c0d5be3a1f7';
const price = { amount: 1999, currency: 'EUR' };
const product = {
  ...{ sku: 'A-1', name: 'Shoe', slug: 'shoe', description: 'Red', price, stockCount: 1, categoryId: id },
  ...{ status: 'draft', imageUrl: 'https://example.com/a.png', attributes: { colour: 'red' } },
};
const category = { name: 'Shoes', slug: 'shoes', description: 'For feet' };
const listed = { limit: '10', nextToken: id };

/** Each schema that a request is held against, with a value that passes. */
const schemas: [name: string, schema: Schema<unknown>, where: FieldError['in'], valid: object][] = [
  ['newProduct', newProduct, 'body', product],
  ['productChanges', productChanges, 'body', { ...product, images: [{ id, alt: 'Red' }] }],
  ['productReplacement', productReplacement, 'body', { ...product, images: [{ id, alt: 'Red' }] }],
  ['newImage', newImage, 'body', { contentType: 'image/png', bytes: 5, alt: 'Red', preview: { bytes: 5 } }],
  ['uploadQuery', uploadQuery, 'query', listed],
  ['newCategory', newCategory, 'body', category],
  ['categoryChanges', categoryChanges, 'body', category],
  ['bulkBody', bulkBody, 'body', { rows: [{}], dryRun: true }],
  ['productRow', productRow, 'body', { id, version: 1, replaceAttributes: true, ...product }],
  ['deletionRow', deletionRow, 'body', { id, sku: 'A-1', version: 1 }],
  ['productPath', productPath, 'path', { productId: id }],
  ['categoryPath', categoryPath, 'path', { categoryId: id }],
  ['productSearch', productSearch, 'query', { categoryId: id, sku: 'A-1', slug: 'shoe', ...listed }],
  ['productSearch', productSearch, 'query', { q: 'red shoe', sort: '-price' }],
  ['anyProductSearch', anyProductSearch, 'query', { status: 'draft', ...listed }],
  ['categoryQuery', categoryQuery, 'query', { limit: '10', nextToken: 'shoes' }],
  [
    'changeQuery',
    changeQuery,
    'query',
    { since: '2026-11-26', until: '2026-11-27', by: 'ada', action: 'created', record: 'product', limit: '10' },
  ],
  ['historyQuery', historyQuery, 'query', { limit: '10', nextToken: '5' }],
  ['userPath', userPath, 'path', { sub: user }],
  ['membershipPath', membershipPath, 'path', { sub: user, group: 'admin' }],
  ['userQuery', userQuery, 'query', { limit: '10', nextToken: 'x', email: 'jo@' }],
  ['userChanges', userChanges, 'body', { enabled: true }],
  ['invitation', invitation, 'body', { email: 'jo@example.com', group: 'admin' }],
];

function errorsOf(schema: Schema<unknown>, value: unknown, where: FieldError['in']): FieldError[] {
  try {
    validate(schema, value, where);
    return [];
  } catch (error) {
    if (error instanceof ApplicationError) return error.facts.errors ?? [];
    throw error;
  }
}

const wrong: unknown[] = [
  ...[undefined, null, true, 5, 0.5, -1, -0.5, 1e15, 1e300, Infinity, NaN, '', ' ', 'ä ö', 'x'.repeat(9_000), '\ud800'],
  ...[[], [1], Array.from({ length: 101 }, () => ({})), {}, { a: 1 }, { a: { b: 'c' } }, { amount: 1 }],
  Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`n${index}`, 'v'])),
];

/** The value with each of its fields, and of the fields in them, in turn missing and wrong in all these ways. */
function* spoilt(valid: object): Generator<object> {
  for (const [name, value] of Object.entries(valid)) {
    for (const bad of wrong) yield { ...valid, [name]: bad };
    if (typeof value !== 'object' || Array.isArray(value)) continue;
    for (const inner of spoilt(value as object)) yield { ...valid, [name]: inner };
  }
}

const ours = /^(?:is required$|is not (?:a known|allowed)|is needed, or|goes without|must (?:be|have|not) \S)/;
const theirs = /invalid|expected|received|too (?:big|small)|unrecognized|nan\b|undefined|\[object|->|something else/i;

describe.each(schemas)('what is refused by %s', (_, schema, where, valid) => {
  it('accepts what is right', () => {
    expect(errorsOf(schema, valid, where)).toEqual([]);
  });

  it('says what must be, for each field that is missing, of another type or out of range', () => {
    const refused = [...spoilt(valid), null, [], 'x', {}].flatMap((value) => errorsOf(schema, value, where));
    const details = new Set(refused.map(({ detail }) => detail));
    expect(details.size).toBeGreaterThan(1);
    for (const detail of details) expect(detail).toMatch(ours);
    for (const detail of details) expect(detail).not.toMatch(theirs);
  });
});

it.each<[string, Schema<unknown>, object, string, string]>([
  ['a missing field', newProduct, { ...product, name: undefined }, '/name', 'is required'],
  ['a missing part', newProduct, { ...product, price: { amount: 5 } }, '/price/currency', 'is required'],
  ['null', newProduct, { ...product, name: null }, '/name', 'must be text'],
  ['a fraction', newProduct, { ...product, stockCount: 1.5 }, '/stockCount', 'must be a whole number'],
  ['too little', newProduct, { ...product, stockCount: -1 }, '/stockCount', 'must be at least 0'],
  ['too much', newProduct, { ...product, stockCount: 2e9 }, '/stockCount', 'must be at most 1000000000'],
  ['more than 53 bits', newProduct, { ...product, stockCount: 2 ** 53 }, '/stockCount', 'must be at most 1000000000'],
  [
    'more than a double',
    newProduct,
    { ...product, stockCount: Infinity },
    '/stockCount',
    'must be a number of at most 308 digits',
  ],
  ['a number for text', newProduct, { ...product, name: 5 }, '/name', 'must be text'],
  ['another word', newProduct, { ...product, status: 'on' }, '/status', 'must be one of draft, active, archived'],
  [
    'text for an object',
    newProduct,
    { ...product, price: '19.99' },
    '/price',
    'must be an object with amount, currency',
  ],
  ['no rows', bulkBody, { rows: [] }, '/rows', 'must have at least 1 entry'],
  ['text for a boolean', bulkBody, { rows: [{}], dryRun: 'yes' }, '/dryRun', 'must be true or false'],
])('says of %s what would do', (_, schema, value, pointer, detail) => {
  expect(errorsOf(schema, value, 'body')).toEqual([{ in: 'body', pointer, detail }]);
});

it.each(schemas.filter(([, , , valid]) => 'nextToken' in valid))(
  'says of a nextToken that %s cannot have given only that',
  (_, schema, where, valid) => {
    for (const nextToken of ['', 'No token', 'x'.repeat(6_000)]) {
      const detail = expect.stringMatching(/^must be a token as the list gave it/);
      expect(errorsOf(schema, { ...valid, nextToken }, where)).toEqual([{ in: where, pointer: '/nextToken', detail }]);
    }
  },
);

it('has every schema that a request is held against', () => {
  const entries = fs.readdirSync('functions').map((file) => fs.readFileSync(`functions/${file}`, 'utf8'));
  const used = entries.flatMap((entry) => [...entry.matchAll(/^ +(?:path|query|body): (\w+),$/gm)]);
  expect(used.length).toBeGreaterThan(20);
  const known = schemas.map(([name]) => name);
  expect([...new Set(used.map(([, name = '']) => name))].filter((name) => !known.includes(name))).toEqual([]);
});
