/** Categories as a tree that can be answered: each with those below it, and with the products of all of them. */
import type { Category } from '../catalog/category';

/** The most categories that one tree is made of; reading the counts of as many takes seconds (docs/category-tree.md). */
export const mostCategories = 5_000;

type Counted = Pick<Category, 'id' | 'name' | 'slug' | 'parentId' | 'productCount'>;

/** `productCount` is of the category's own active products, `subtreeProductCount` also of those below it. */
export interface CategoryNode extends Pick<Category, 'id' | 'name' | 'slug' | 'productCount'> {
  subtreeProductCount: number;
  children: CategoryNode[];
}

/**
 * The categories at the top with all that is below them, siblings in the order in which they come. Undefined if some
 * are connected to no category at the top, because what is known of them is of different moments.
 */
export function nest(categories: Counted[]): CategoryNode[] | undefined {
  const below = new Map<string | undefined, Counted[]>();
  for (const category of categories) {
    const siblings = below.get(category.parentId);
    if (siblings) siblings.push(category);
    else below.set(category.parentId, [category]);
  }
  let nested = 0;
  const nodesOf = (parentId?: string): CategoryNode[] =>
    (below.get(parentId) ?? []).map(({ id, name, slug, productCount }) => {
      nested += 1;
      const children = nodesOf(id);
      const more = children.reduce((sum, { subtreeProductCount }) => sum + subtreeProductCount, 0);
      return { id, name, slug, productCount, subtreeProductCount: productCount + more, children };
    });
  const tree = nodesOf();
  return nested === categories.length ? tree : undefined;
}
