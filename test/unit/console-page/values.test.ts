import {
  changedFields,
  emptyValues,
  faultsOf,
  inputOf,
  merged,
  patchOf,
  type Values,
} from '../../../console/products/values';
import { readIn } from '../../support/reader-language';

beforeEach(() => readIn('en'));
afterEach(() => jest.restoreAllMocks());

const base: Values = {
  ...emptyValues,
  name: 'Lamp',
  sku: 'LAMP-1',
  slug: 'lamp',
  amount: '49.00',
  stockCount: '3',
  categoryId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  description: 'Bright.',
  attributes: [
    ['Colour', 'blue'],
    ['Watts', '5'],
  ],
};
const having = (changes: Partial<Values>): Values => ({ ...base, ...changes });

it.each<[string, Partial<Values>, object]>([
  ['nothing', {}, {}],
  ['a name', { name: 'Big lamp' }, { name: 'Big lamp' }],
  ['a price', { amount: '50' }, { price: { amount: 5000, currency: 'EUR' } }],
  ['a currency', { currency: 'JPY', amount: '4900' }, { price: { amount: 4900, currency: 'JPY' } }],
  ['a slug that is to be made anew', { slug: '' }, { slug: null }],
  ['a description that is taken away', { description: '' }, { description: null }],
  [
    'an attribute that is renamed',
    {
      attributes: [
        ['Color', 'blue'],
        ['Watts', '5'],
      ],
    },
    { attributes: { Colour: null, Color: 'blue', Watts: '5' } },
  ],
  [
    'pictures in another order',
    { images: [{ id: 'B', alt: 'New', url: 'https://images.example.com/B.png', width: 1, height: 1 }] },
    { images: [{ id: 'B', alt: 'New' }] },
  ],
  ['all attributes taken away', { attributes: [] }, { attributes: { Colour: null, Watts: null } }],
])('sends of %s what has changed alone', (_, changes, patch) => {
  expect(patchOf(base, having(changes))).toEqual(patch);
});

it.each<[Partial<Values>, (keyof Values)[]]>([
  [{}, []],
  [{ name: ' ' }, ['name']],
  [{ sku: '' }, ['sku']],
  [{ amount: '1.999' }, ['amount']],
  [{ amount: '10000000000.01' }, ['amount']],
  [{ amount: '10000000000' }, []],
  [{ stockCount: '1.5' }, ['stockCount']],
  [{ categoryId: '' }, ['categoryId']],
  [{ attributes: [['', 'x']] }, ['attributes']],
  [
    {
      attributes: [
        ['a', 'x'],
        ['a ', 'y'],
      ],
    },
    ['attributes'],
  ],
])('finds fault in %j', (changes, fields) => {
  expect(Object.keys(faultsOf(having(changes)))).toEqual(fields);
});

it('says the most that a price can be in the units that it is typed in', () => {
  expect(faultsOf(having({ amount: '10000000001' }))).toEqual({ amount: 'Type at most 10000000000.00 EUR' });
});

it('leaves out of a new product what is left empty', () => {
  expect(inputOf(having({ slug: '', description: '', attributes: [] }))).toEqual({
    name: 'Lamp',
    sku: 'LAMP-1',
    price: { amount: 4900, currency: 'EUR' },
    stockCount: 3,
    categoryId: base.categoryId,
    status: 'draft',
  });
});

it('merges two changes: what one has changed is kept, and what both have is theirs or ours as chosen', () => {
  const ours = having({ name: 'Ours', description: 'Ours.' });
  const theirs = having({ name: 'Theirs', stockCount: '9' });
  expect(merged(base, theirs, ours, new Set())).toEqual(
    having({ name: 'Ours', description: 'Ours.', stockCount: '9' }),
  );
  const taken = merged(base, theirs, ours, new Set(['name']));
  expect(taken).toEqual(having({ name: 'Theirs', description: 'Ours.', stockCount: '9' }));
  expect(changedFields(theirs, taken)).toEqual(['description']);
});

it('takes a price for one thing, with its currency: nobody’s amount comes to stand in another currency', () => {
  const ours = having({ amount: '45.00' });
  const theirs = having({ currency: 'USD' });
  expect(changedFields(base, theirs)).toEqual(['amount', 'currency']);
  expect(merged(base, theirs, ours, new Set())).toEqual(ours);
  expect(merged(base, theirs, ours, new Set(['amount', 'currency']))).toEqual(theirs);
  expect(patchOf(base, theirs)).toEqual({ price: { amount: 4900, currency: 'USD' } });
});
