/** What a search knows of categories after some have moved or gone. */
import { Categories } from '../../../src/search/categories';

function newCategories(...parents: [id: string, parentId?: string][]): Categories {
  const categories = new Categories();
  for (const [id, parentId] of parents) categories.set({ id, name: `Category ${id}`, parentId });
  return categories;
}
const below = (categories: Categories, id: string) => [...categories.subtree(id)].sort();

it('a category that has moved to the top is no longer below the one that it was in, nor is what is below it', () => {
  const categories = newCategories(['a'], ['b', 'a'], ['c', 'b']);
  expect(below(categories, 'a')).toEqual(['a', 'b', 'c']);
  categories.set({ id: 'b', name: 'Category b' });
  expect([below(categories, 'a'), below(categories, 'b')]).toEqual([['a'], ['b', 'c']]);
});

it('a category that is gone is below none, and has no name to be found by', () => {
  const categories = newCategories(['a'], ['b', 'a']);
  categories.delete('b');
  expect(below(categories, 'a')).toEqual(['a']);
  expect([...categories.texts.keys()]).toEqual(['a']);
});

it('a circle, as where one of two moves is known, comes to an end', () => {
  const categories = newCategories(['a', 'b'], ['b', 'a'], ['c', 'b']);
  expect(below(categories, 'a')).toEqual(['a', 'b', 'c']);
});
