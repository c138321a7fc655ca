/** Random writes to a handful of products, for tests that hold whatever is written. */
import fc from 'fast-check';
import { send } from './catalog';
import type { Answer } from './events';
import { restore } from './restorations';

/** So many products are in use at a time; each may make way for a new one once it is deleted. */
const places = 6;

const plain = { noNullPrototype: true };
const attributeName = fc.constantFrom('colour', 'a/b~c', '~1', '~01', 'constructor', 'toString', '0', '10', '/');
const attributesOf = (value: fc.Arbitrary<unknown>) => fc.dictionary(attributeName, value, { maxKeys: 4, ...plain });
const attribute = fc.constantFrom('', 'x', 'é');

// Few values of each, so that some stay as they are and some are taken.
const numbered = (name: string) => fc.integer({ min: 1, max: 20 }).map((number) => `${name}-${number}`);
const sku = numbered('SKU');
const slug = numbered('shoe');
const name = fc.constantFrom('Shoe', 'Boot', 'Ünder/shoe~', '靴');
const amount = fc.nat({ max: 2 });
const currency = fc.constantFrom('EUR', 'USD');
const description = fc.constantFrom('', 'Line\nbreak', '"quoted" \\', '👟');
const stockCount = fc.nat({ max: 2 });
const status = fc.constantFrom('draft', 'active', 'archived');
const imageUrl = fc.constantFrom('https://example.com/a.png', 'https://example.com/b.png');

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
  },
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
  },
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
export type RandomWrite = typeof randomWrite extends fc.Arbitrary<infer Write> ? Write : never;

/** Sends a write for the product of this id, as this caller. */
export function sendWrite(
  kind: Kind,
  id: string,
  sub: string,
  categoryId: string,
  write: RandomWrite,
): Promise<Answer> {
  switch (kind) {
    case 'create':
      return send('POST /products', { sub, body: { ...write.whole, categoryId } });
    case 'PUT':
      return send('PUT /products/{productId}', {
        id,
        sub,
        body: { ...write.whole, categoryId },
        headers: { 'if-match': '*' },
      });
    case 'PATCH':
      return send('PATCH /products/{productId}', {
        id,
        sub,
        body: { ...write.part, ...(write.moves ? { categoryId } : {}) },
      });
    case 'DELETE':
      return send('DELETE /products/{productId}', { id, sub });
    case 'restore':
      return restore(id, { sub });
  }
}
