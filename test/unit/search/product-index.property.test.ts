/** The index against a naive filter and sort: random names in several scripts, changes in between, every order, any page size. */
import fc from 'fast-check';
import type { SearchableCategory } from '../../../src/search/categories';
import type { Searchable } from '../../../src/search/entry';
import { ProductIndex } from '../../../src/search/product-index';
import { sort, type Position, type Question } from '../../../src/search/question';
import { rounds } from '../../support/depth';
import { searchNaively } from '../../support/search-oracle';

const syllables = [
  ...['mu', 'mug', 'red', 'Red', 'REDD', 'ü', 'U', 'é', 'e\u0301', 'ß', 'ss', 'SS', 'Æ', 'ae', 'ø', 'o', 'ﬁ', 'fi'],
  ...[
    'カ',
    'ガ',
    'か',
    'ｶﾞ',
    '茶',
    '抹茶',
    'ΣΑΣ',
    'σας',
    'Й',
    'и',
    'हि',
    'ह',
    'ไทย',
    '1',
    '12',
    '-',
    '.',
    '&',
    '😀',
    'İ',
    'ı',
  ],
];
const word = fc.array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));

const categories = ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAW', '01ARZ3NDEKTSV4RRFFQ69G5FAX'] as const;
const category = fc.constantFrom(...categories);
const idOf = (number: number) => `01ARZ3NDEKTSV4RRFFQ69G50${String(number).padStart(2, '0')}`;
const time = fc.integer({ min: 0, max: 5 }).map((day) => `2026-11-0${day + 1}T00:00:00.000Z`);

const sku = fc.constantFrom('A-1', 'a-1', 'RED.2', 'MUG_3', '12');
const slug = fc.constantFrom('red-mug', 'mug', 'hat-1');

const product = fc.record({
  number: fc.integer({ min: 0, max: 15 }),
  name: words,
  sku,
  slug,
  price: fc.record({ amount: fc.integer({ min: 0, max: 3 }), currency: fc.constant('EUR' as const) }),
  stockCount: fc.integer({ min: 0, max: 2 }),
  categoryId: category,
  status: fc.constantFrom('draft' as const, 'active' as const, 'archived' as const),
  createdAt: time,
  updatedAt: time,
});
const step = fc.oneof(
  { weight: 6, arbitrary: product.map((fields) => ({ fields })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 }).map((gone) => ({ gone })) },
  // Moves as they become known, one by one: circles among them.
  {
    weight: 2,
    arbitrary: fc.record({ id: category, name: words, parentId: fc.option(category, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: category.map((goneCategory) => ({ goneCategory })) },
);
const place = fc.oneof(
  fc.constant({}),
  category.map((categoryId) => ({ categoryId })),
  category.map((categoryId) => ({ categoryId, descendants: 'true' as const })),
);
const question = fc
  .record({
    q: fc.option(words, { nil: undefined }),
    sort: fc.constantFrom(...sort.options),
    status: fc.option(fc.constantFrom('draft' as const, 'active' as const), { nil: undefined }),
    place,
    one: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, fc.record({ sku }), fc.record({ slug })),
    limit: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ place: within, one, ...rest }) => ({ ...rest, ...within, ...one }));

const packSize = fc.constantFrom(1, 2, 5, 100);

/** All pages of a search. */
function readAll(index: ProductIndex, asked: Question): string[] {
  const ids: string[] = [];
  let after: Position | undefined;
  for (let pages = 0; pages < 50; pages += 1) {
    const { hits, more } = index.search({ ...asked, after });
    if (more) expect(hits).toHaveLength(asked.limit);
    ids.push(...hits.map(({ id }) => id));
    after = hits.at(-1)?.position;
    if (!more) return ids;
  }
  throw new Error('The search did not end');
}

it('finds in every order, page by page, what a naive search finds, whatever changes in between', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(step, { maxLength: 12 }), question), { maxLength: 8 }),
      packSize,
      (searches, size) => {
        const index = new ProductIndex(size);
        const products = new Map<string, Searchable>();
        const known = new Map<string, SearchableCategory>();
        let version = 0;
        for (const [steps, asked] of searches) {
          for (const change of steps) {
            version += 1;
            if ('fields' in change) {
              const { number, ...fields } = change.fields;
              const next = { id: idOf(number), version, ...fields };
              products.set(next.id, next);
              index.apply([next], []);
              // One that comes late changes nothing back.
              index.apply([{ ...next, version: version - 1, name: 'old' }], []);
            } else if ('gone' in change) {
              products.delete(idOf(change.gone));
              index.apply([], [idOf(change.gone)]);
            } else if ('goneCategory' in change) {
              known.delete(change.goneCategory);
              index.categories.delete(change.goneCategory);
            } else {
              known.set(change.id, change);
              index.categories.set(change);
            }
          }
          if (asked.sort === 'relevance' && asked.q === undefined) continue;
          expect(readAll(index, asked)).toEqual(searchNaively([...products.values()], known, asked));
          expect(index.size).toBe(products.size);
        }
      },
    ),
    { numRuns: rounds(200) },
  );
});
