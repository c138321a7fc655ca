import { bytesInAnswer } from '../../../src/payload';
import { mostCategories, nest } from '../../../src/tree/nodes';

const category = (id: string, parentId?: string, productCount = 1) => ({
  ...{ id, name: id, slug: id, productCount },
  ...(parentId === undefined ? {} : { parentId }),
});
const [top, child] = [category('top'), category('child', 'top')];

it.each([
  ['a parent that is missing', [top, category('child', 'gone')]],
  ['two that are below each other', [top, category('left', 'right'), category('right', 'left')]],
  ['one that is below itself', [category('self', 'self')]],
])('nest makes nothing of %s', (_, categories) => {
  expect(nest(categories)).toBeUndefined();
});

it('nest adds up what is below, in the order in which siblings come', () => {
  const tree = nest([category('z'), top, child, category('leaf', 'child', 5), category('other', 'top', 0)]);
  expect(tree?.map(({ id, subtreeProductCount }) => [id, subtreeProductCount])).toEqual([
    ['z', 1],
    ['top', 7],
  ]);
  expect(
    tree?.[1]?.children.map(({ id, productCount, subtreeProductCount }) => [id, productCount, subtreeProductCount]),
  ).toEqual([
    ['child', 1, 6],
    ['other', 0, 0],
  ]);
});

it('a tree of the longest names and slugs fits into an answer of Lambda', () => {
  const longest = Array.from({ length: mostCategories }, (_, number) => ({
    ...{ id: `01ARZ3NDEKTSV4RRFFQ69${String(number).padStart(5, '0')}`, name: '👟'.repeat(200) },
    ...{ slug: 's'.repeat(200), productCount: 1_000_000_000 },
  }));
  // Its quota for synchronous answers, 6 MB.
  expect(bytesInAnswer({ items: nest(longest) })).toBeLessThan(6 * 1024 * 1024);
});
