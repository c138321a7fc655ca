/** All categories, which lists, forms and the tree share. */
import { useQuery } from '@tanstack/react-query';
import { answerOf, api, type Category } from './client';

/** In the API's order. Throws `Problem`. */
export async function listCategories(): Promise<Category[]> {
  const all: Category[] = [];
  let nextToken: string | undefined;
  do {
    const query = { limit: 100, ...(nextToken === undefined ? {} : { nextToken }) };
    const page = await answerOf(api.GET('/categories', { params: { query } }));
    all.push(...page.items);
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return all;
}

export interface CategoryTree {
  /** Each after the one that it is below, by name. */
  inOrder: { category: Category; depth: number }[];
  nameOf: (id: string) => string;
  has: (id: string) => boolean;
}

/** Size 9 before size 10. */
const byName = new Intl.Collator(undefined, { numeric: true });

function treeOf(categories: readonly Category[]): CategoryTree {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const below = new Map<string | undefined, Category[]>();
  for (const category of categories) {
    const parent = names.has(category.parentId ?? '') ? category.parentId : undefined;
    below.set(parent, [...(below.get(parent) ?? []), category]);
  }
  const walk = (parent: string | undefined, depth: number): CategoryTree['inOrder'] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => byName.compare(a.name, b.name))
      .flatMap((category) => [{ category, depth }, ...walk(category.id, depth + 1)]);
  return { inOrder: walk(undefined, 0), nameOf: (id) => names.get(id) ?? id, has: (id) => names.has(id) };
}

export const categoriesQuery = { queryKey: ['categories'], queryFn: listCategories };

export const useCategories = () => useQuery({ ...categoriesQuery, select: treeOf });
