/** The JSON Schemas of the API's description accept what the handlers' schemas accept, and nothing else. */
import * as fc from 'fast-check';
import type * as z from 'zod/mini';
import { nameOf } from '../../../openapi/components';
import { toJsonSchema } from '../../../openapi/json-schema';
import { categoryQuery, newCategory } from '../../../src/catalog/category';
import { newProduct } from '../../../src/catalog/product';
import { productChanges } from '../../../src/catalog/product-changes';
import { repeatableRequest } from '../../../src/http/idempotency';
import { expectedVersion } from '../../../src/http/preconditions';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';
import { fakeEvent } from '../../support/events';
import { documented, faults } from '../../support/openapi';

type Described = typeof newCategory | typeof newProduct | typeof productChanges;
const described = new Map<Described, unknown>(
  [newCategory, newProduct, productChanges].map((schema) => [schema, toJsonSchema(schema, 'request', nameOf)]),
);
const asDescribed = (schema: Described, value: unknown) => faults(described.get(schema), value).length === 0;
const asHandled = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).success;

const product = {
  sku: 'A-1',
  name: 'A',
  price: { amount: 1, currency: 'EUR' },
  categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};
const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 'v']));
const changed = (fields: object) => ({ ...product, ...fields });

it.each([
  ['name', 'x'.repeat(200), true],
  ['name', 'x'.repeat(201), false],
  ['name', '👟'.repeat(200), true],
  ['name', '', false],
  ['name', ' \u00a0\u3000', false],
  ['name', 'a\u0000', false],
  ['name', 'a\nb', false],
  ['name', 'a\u202eb', false],
  ['name', 'a\ufffdb', false],
  ['name', null, false],
  ['description', '', true],
  ['description', 'a\n\tb', true],
  ['description', 'a\u000bb', false],
  ['description', 'x'.repeat(5_001), false],
  ['slug', 'red-shoe', true],
  ['slug', 'red--shoe', false],
  ['slug', 'x'.repeat(201), false],
  ['imageUrl', 'https://example.com/%C3%BC?a=b#c', true],
  ['imageUrl', 'https://example.com/ü', false],
  ['imageUrl', 'https://example.com/%C3%B', false],
  ['imageUrl', 'http://example.com/', false],
  ['imageUrl', 'https://example.com/a b', false],
  ['imageUrl', `https://example.com/${'x'.repeat(2_029)}`, false],
  ['stockCount', 1e9, true],
  ['stockCount', 1e9 + 1, false],
  ['stockCount', 0.5, false],
  ['categoryId', product.categoryId.toLowerCase(), false],
  ['price', { amount: 1e12, currency: 'XXX' }, false],
  ['price', { amount: 1, currency: 'EUR', tax: 1 }, false],
  ['attributes', pairs(50), true],
  ['attributes', pairs(51), false],
  ['attributes', JSON.parse('{"__proto__": "x"}'), false],
  ['attributes', { '': 'x' }, false],
  ['attributes', { ['x'.repeat(101)]: 'x' }, false],
  ['attributes', { colour: 'x'.repeat(1_001) }, false],
  ['attributes', { colour: null }, false],
  ['attributes', ['x'], false],
  ['version', 1, false],
])('says of a product with the %s %j what its schema says', (field, value, accepted) => {
  expect(asHandled(newProduct, changed({ [field]: value }))).toBe(accepted);
  expect(asDescribed(newProduct, changed({ [field]: value }))).toBe(accepted);
});

it.each([
  [{}, true],
  [{ slug: null, description: null, stockCount: null, status: null, imageUrl: null, attributes: null }, true],
  [{ attributes: { colour: null } }, true],
  [{ price: {} }, true],
  [{ price: null }, false],
  [{ name: null }, false],
  [{ sku: undefined }, true],
  [{ colour: 'red' }, false],
])('says of the changes %j what their schema says', (changes, accepted) => {
  expect(asHandled(productChanges, changes)).toBe(accepted);
  expect(asDescribed(productChanges, changes)).toBe(accepted);
});

it('says of any text what the schema says', () => {
  const anything = fc.string({ unit: anyCharacter, maxLength: 12 });
  fc.assert(
    fc.property(anything, anything, (name, description) => {
      // Of characters beyond U+FFFF the patterns do not say which show nothing.
      const showsNothing =
        /[\u{10000}-\u{10FFFF}]/u.test(name) && /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(name);
      expect(asHandled(newCategory, { name })).toBe(!showsNothing && asDescribed(newCategory, { name }));
      const category = { name: 'A', description };
      expect(asDescribed(newCategory, category)).toBe(asHandled(newCategory, category));
    }),
    { numRuns: rounds(2_000) },
  );
});

it('says of any limit, a number there and text in the query, what the schema says', () => {
  const { limit } = toJsonSchema(categoryQuery, 'request', nameOf).properties ?? {};
  const numbers = Array.from({ length: 1_002 }, (_, number) => number - 1);
  expect(numbers.filter((number) => faults(limit, number).length === 0)).toEqual(
    numbers.filter((number) => asHandled(categoryQuery, { limit: String(number) })),
  );
  expect(limit).toMatchObject({ default: categoryQuery.parse({}).limit });
});

describe.each([
  ['If-Match', ['"1"', '"999999999999999"', '*', '1', '"0"', 'W/"1"', '"1", "2"', '']],
  ['Idempotency-Key', ['k', '~'.repeat(255), '!', '', ' ', 'ü', 'k'.repeat(256)]],
])('%s', (name, values) => {
  const [routeKey, operation] =
    [...documented].find(([, { parameters }]) => parameters.some((parameter) => parameter.name === name)) ?? [];
  const parameter = operation?.parameters.find((candidate) => candidate.name === name);

  it.each(values)('may be %j exactly when the handlers take it', (value) => {
    const event = fakeEvent({ routeKey: routeKey ?? '', headers: { [name.toLowerCase()]: value } });
    let taken = true;
    try {
      expectedVersion(event, true);
      repeatableRequest(event, 'caller', {});
    } catch {
      taken = false;
    }
    expect(faults(parameter?.schema, value).length === 0).toBe(taken);
  });
});
