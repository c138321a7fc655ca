/** What the form of a product has, when the product changes beneath it. */
import type { Product } from '../../../console/api/client';
import { afterSaving, draftOf, follow, formsOf, hasJoinedAlone } from '../../../console/products/draft';
import { changedFields, valuesOf, type Values } from '../../../console/products/values';

const image = (id: string, alt = '') => ({ id, alt, url: `https://images.example.com/${id}.png`, width: 1, height: 1 });
const [a, b, c] = [image('A'), image('B'), image('C')];

const product: Product = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  sku: 'LAMP-1',
  name: 'Lamp',
  slug: 'lamp',
  price: { amount: 4900, currency: 'EUR' },
  stockCount: 3,
  categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  status: 'active',
  images: [a, b],
  version: 1,
  createdAt: '2026-11-01T00:00:00.000Z',
  createdBy: 'ada',
  updatedAt: '2026-11-01T00:00:00.000Z',
  updatedBy: 'ada',
};
const newer = (changes: Partial<Product>, version = 2): Product => ({ ...product, ...changes, version });
const typed = (changes: Partial<Values>) => draftOf(product, { ...valuesOf(product), ...changes });
const joined = newer({ images: [a, b, c] });

it('a picture that joins stands at the end, and takes nothing away of what is typed or put in order', () => {
  const next = follow(typed({ name: 'Typed', images: [b, a] }), joined);
  expect(next).toEqual(draftOf(joined, { ...valuesOf(joined), name: 'Typed', images: [b, a, c] }));
});

it('a picture that joins brings none back that somebody has removed in the form', () => {
  expect(follow(typed({ images: [b] }), joined).values.images).toEqual([b, c]);
});

it.each<[string, Partial<Values>, Partial<Product>]>([
  ['of a field', { name: 'Ours' }, { name: 'Theirs', images: [a, b, c] }],
  ['of the order of pictures', { images: [b, a] }, { images: [b, { ...a, alt: 'Theirs' }] }],
  ['of the text of a picture', { images: [{ ...a, alt: 'Ours' }, b] }, { images: [{ ...a, alt: 'Theirs' }, b] }],
])('two changes %s are left to be chosen', (_, ours, theirs) => {
  const draft = typed(ours);
  expect(follow(draft, newer(theirs))).toEqual({ ...draft, theirs: newer(theirs) });
});

it.each<[string, Partial<Values>, Partial<Product>, Partial<Values>]>([
  ['of two fields', { name: 'Ours' }, { stockCount: 9 }, { name: 'Ours', stockCount: '9' }],
  ['to the same', { name: 'Same' }, { name: 'Same' }, { name: 'Same' }],
  ['of a field and of pictures', { name: 'Ours' }, { images: [b] }, { name: 'Ours', images: [b] }],
])('two changes %s are put together', (_, ours, theirs, both) => {
  const there = newer(theirs);
  expect(follow(typed(ours), there)).toEqual(draftOf(there, { ...valuesOf(there), ...both }));
});

it('attributes that are answered in another order are nobody’s change, and stand by name', () => {
  const read = newer({ attributes: { Watts: '5', 'Size 10': 'b', 'Size 9': 'a' } });
  const again = newer({ attributes: { 'Size 9': 'a', Watts: '5', 'Size 10': 'b' }, name: 'Theirs' }, 3);
  const typed: Values['attributes'] = [
    ['Size 9', 'a'],
    ['Size 10', 'b'],
    ['Watts', '5'],
    ['Colour', 'red'],
  ];
  expect(valuesOf(read).attributes).toEqual(typed.slice(0, 3));
  expect(follow(draftOf(read, { ...valuesOf(read), attributes: typed }), again)).toEqual(
    draftOf(again, { ...valuesOf(again), attributes: typed }),
  );
  const attributes = { Watts: '5', 'Size 9': 'a', Colour: 'red', 'Size 10': 'b' };
  const saved = newer({ attributes, name: 'Theirs' }, 4);
  expect(changedFields({ ...valuesOf(again), attributes: typed }, valuesOf(saved))).toEqual([]);
});

it('while somebody has to choose, what joins is neither theirs nor ours', () => {
  const draft = follow(typed({ name: 'Ours' }), newer({ name: 'Theirs' }));
  const { base, values } = formsOf(follow(draft, newer({ name: 'Theirs', images: [a, b, c] }, 3)));
  expect([base.images, values.images]).toEqual([
    [a, b, c],
    [a, b, c],
  ]);
  expect([base.name, values.name]).toEqual(['Lamp', 'Ours']);
});

it('what is typed while the form is saved stays', () => {
  const sent = { ...valuesOf(product), name: ' Sent ' };
  const saved = newer({ name: 'Sent' });
  const draft = draftOf(product, { ...sent, description: 'Typed since.' });
  expect(afterSaving(draft, sent, saved)).toEqual(draftOf(saved, { ...valuesOf(saved), description: 'Typed since.' }));
});

it('an answer that is older than what is known changes nothing', () => {
  const draft = follow(typed({ name: 'Sent' }), newer({ name: 'Sent', images: [a, b, c] }, 3));
  expect(afterSaving(draft, draft.values, newer({ name: 'Sent' }))).toBe(draft);
});

it.each<[boolean, Partial<Product>]>([
  [true, {}],
  [true, { images: [a, b, c] }],
  [false, { images: [b, a, c] }],
  [false, { images: [a] }],
  [false, { images: [a, b, c], name: 'Other' }],
])('knows that it is %s of %j that pictures have joined, and nothing else', (expected, changes) => {
  expect(hasJoinedAlone(product, newer(changes))).toBe(expected);
});
