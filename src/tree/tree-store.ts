/** The tree of all categories as the index shows it, with the active products of each. */
import { readActive } from '../catalog/active-count-store';
import type { CategoryItem } from '../catalog/category-item-store';
import { categoryList } from '../catalog/list-store';
import { sideBySide } from '../side-by-side';
import { Contention, retryOnContention } from '../dynamodb/transaction';
import { tooManyCategories } from '../errors';
import { readBySlug } from './by-slug';
import { mostCategories, nest, type CategoryNode } from './nodes';

type Known = Pick<CategoryItem, 'id' | 'name' | 'slug' | 'parentId' | 'productCount'>;

/** The categories at the top with all below them, siblings by slug. Throws `too_many_categories`. */
export const readTree = (): Promise<{ items: CategoryNode[] }> =>
  retryOnContention(async () => {
    const known = await readKnown();
    // For a moment, the index may show only a part of a move.
    if (!nest(known.map((category) => ({ ...category, productCount: 0 })))) throw new Contention();
    const counted = await sideBySide(known, async (category) => ({
      ...category,
      productCount: category.productCount ?? (await readActive(category.id, { consistent: false })),
    }));
    return { items: nest(counted) ?? [] };
  });

async function readKnown(): Promise<Known[]> {
  const fields = ['id', 'name', 'slug', 'parentId', 'productCount'];
  const known = await readBySlug<Known>({ ...categoryList(), fields }, mostCategories);
  if (known.length <= mostCategories) return known;
  throw tooManyCategories(mostCategories, 'read them level by level, by GET /categories with parentId');
}
