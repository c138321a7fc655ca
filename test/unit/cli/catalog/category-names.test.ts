import { readCategoryNames } from '../../../../cli/catalog/category-names';
import { routesOf } from '../../../../deployment/routes';

const categories = [
  { id: '1', version: 1, slug: 'shoes', name: 'Shoes' },
  { id: '2', version: 1, slug: 'boots', name: 'shoes' },
  { id: '3', version: 1, slug: 'new', name: 'New' },
  { id: '4', version: 1, slug: 'new-2', name: 'New' },
  { id: '5', version: 1, slug: 'winter', name: 'Winter boots' },
  { id: '6', version: 1, slug: 'men', name: 'Men\u00a0only' },
];
const names = () =>
  readCategoryNames(routesOf('http://localhost', () => Promise.resolve(Response.json({ items: categories }))));

describe('readCategoryNames', () => {
  it.each([
    ['a slug', 'boots', 'boots'],
    ['a name', 'Shoes', 'shoes'],
    ['a name with another kind of blank', 'Winter\u00a0boots', 'winter'],
    ['a name without its kind of blank', 'Men  only', 'men'],
    ['a slug, also where it is the name of another', 'shoes', 'shoes'],
    ['what may be the slug of a newer one', 'hats', 'hats'],
  ])('takes %s', async (_, text, slug) => {
    expect((await names()).slugOf(text)).toBe(slug);
  });

  it.each([
    [
      'a name of several, with the slugs',
      'New',
      'category: "New" is the name of several, say which by slug: new, new-2',
    ],
    ['a name in another case', 'SHOES', 'category: there is none with the slug or the name "SHOES"'],
  ])('refuses %s', async (_, text, reason) => {
    const { slugOf } = await names();
    expect(() => slugOf(text)).toThrow(expect.objectContaining({ name: 'Failure', message: reason }));
  });

  it('shows an id by the slug', async () => {
    const { show } = await names();
    expect([show('2'), show('9')]).toEqual(['boots', '9']);
  });
});
