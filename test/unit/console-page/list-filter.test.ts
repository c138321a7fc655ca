/** What the list of products takes from its address. */
import { addressOf, filterOf, newProductAddress } from '../../../console/products/list-filter';

const categoryId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

it.each(['q=red+mug&sort=-price&status=draft', `categoryId=${categoryId}`, 'sort=name', ''])(
  'takes all of "%s", and leads there again',
  (search) => expect(addressOf(filterOf(new URLSearchParams(search)))).toBe(search),
);

it.each([
  'status=sold',
  'status=toString',
  'sort=colour',
  'sort=relevance',
  'categoryId=mugs',
  'limit=9&nextToken=abc',
  'q=&sort=&status=&categoryId=',
])('takes nothing from "%s"', (search) => expect(filterOf(new URLSearchParams(search))).toEqual({}));

it('leaves out a category that is none of those that are there', () => {
  const address = new URLSearchParams({ categoryId });
  expect(filterOf(address, () => false)).toEqual({});
  expect(filterOf(address, (id) => id === categoryId)).toEqual({ categoryId });
});

it('makes a new product in the category and with the status that are shown', () => {
  expect(newProductAddress({ q: 'mug', sort: 'name', status: 'active', categoryId })).toBe(
    `/products/new?status=active&categoryId=${categoryId}`,
  );
  expect(newProductAddress({ q: 'mug' })).toBe('/products/new');
});
