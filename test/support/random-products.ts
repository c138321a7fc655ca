/** Random products and changes to them, of few values each, so that some stay as they are and some are taken. */
import fc from 'fast-check';
import type { NewProduct } from '../../src/catalog/product';

/** So many products are in use at a time; each may make way for a new one once it is deleted. */
export const places = 6;

/** Objects as JSON gives them. */
export const plain = { noNullPrototype: true };
const attributeName = fc.constantFrom('colour', 'a/b~c', '~1', '~01', 'constructor', 'toString', '0', '10', '/');
const attributesOf = <Value>(value: fc.Arbitrary<Value>) =>
  fc.dictionary(attributeName, value, { maxKeys: 4, ...plain });
const attribute: fc.Arbitrary<string> = fc.constantFrom('', 'x', 'é');

const numbered = (name: string) => fc.integer({ min: 1, max: 20 }).map((number) => `${name}-${number}`);
const sku = numbered('SKU');
const slug = numbered('shoe');
const name: fc.Arbitrary<string> = fc.constantFrom('Shoe', 'Boot', 'Ünder/shoe~', '靴');
const amount = fc.nat({ max: 2 });
const currency: fc.Arbitrary<string> = fc.constantFrom('EUR', 'USD');
const description: fc.Arbitrary<string> = fc.constantFrom('', 'Line\nbreak', '"quoted" \\', '👟');
const stockCount = fc.nat({ max: 2 });
const status = fc.constantFrom('draft', 'active', 'archived');
const imageUrl: fc.Arbitrary<string> = fc.constantFrom('https://example.com/a.png', 'https://example.com/b.png');

const whole = fc.record(
  {
    sku,
    name,
    slug,
    description,
    price: fc.record({ amount, currency }, plain),
    stockCount,
    status,
    imageUrl,
    attributes: attributesOf(attribute),
  } satisfies Record<Exclude<keyof NewProduct, 'categoryId'>, unknown>,
  { requiredKeys: ['sku', 'name', 'price'], ...plain },
);
const part = fc.record(
  {
    sku,
    name,
    slug: fc.option(slug),
    description: fc.option(description),
    price: fc.record({ amount, currency }, { requiredKeys: [], ...plain }),
    stockCount: fc.option(stockCount),
    status: fc.option(status),
    imageUrl: fc.option(imageUrl),
    attributes: fc.option(attributesOf(fc.option(attribute))),
  } satisfies Record<Exclude<keyof NewProduct, 'categoryId'>, unknown>,
  { requiredKeys: [], ...plain },
);

export type Kind = 'create' | 'PUT' | 'PATCH' | 'DELETE' | 'restore';

/** What is done to the product in a place, depending on whether it is there, and with what. */
export const randomWrite = fc.record({
  place: fc.nat({ max: places - 1 }),
  ifLive: fc.constantFrom<Kind[]>('PATCH', 'PATCH', 'PATCH', 'PUT', 'PUT', 'DELETE', 'restore'),
  ifDeleted: fc.constantFrom<Kind[]>('restore', 'restore', 'restore', 'create', 'PATCH', 'DELETE'),
  whole,
  part,
  /** Which of the categories that there are, and now and then none of them. */
  category: fc.nat({ max: 9 }),
  moves: fc.boolean(),
});

type Of<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never;
export type RandomWrite = Of<typeof randomWrite>;
export type Whole = Of<typeof whole>;
export type Part = Of<typeof part>;
