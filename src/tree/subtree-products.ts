/** Lists the products of a category and of all categories below it: the newest of each category's own list, merged. */
import { categoryList, productList } from '../catalog/list-store';
import type { Product } from '../catalog/product';
import { toProduct, type ProductItem } from '../catalog/product-item-store';
import type { ProductStatus } from '../catalog/product-parameters';
import type { ProductQuery } from '../catalog/product-query';
import { listProducts } from '../catalog/product-store';
import { queryRange } from '../dynamodb/query-range';
import { withinAnswer, type Page } from '../dynamodb/page';
import { getItems, type Key } from '../dynamodb/read';
import { sideBySide } from '../side-by-side';
import { tooManyCategories } from '../errors';
import { readBySlug } from './by-slug';

/** The most categories that one list is put together of: each takes two queries for every page. */
const mostCategories = 200;

/**
 * One page of the products of `categoryId` and of what is below it, of one status or of all, newest first. A product that is moved
 * within just then may be missing. Throws `too_many_categories`.
 */
export async function listSubtree(query: ProductQuery, status?: ProductStatus): Promise<Page<Product>> {
  const { categoryId = '', sku, slug, limit, nextToken } = query;
  const categories = await readSubtree(categoryId);
  if (sku !== undefined || slug !== undefined) {
    const { items } = await listProducts({ sku, slug, limit, nextToken }, status);
    return { items: items.filter((product) => categories.has(product.categoryId)) };
  }
  const { entries, more } = await newestOf([...categories], limit, nextToken, status);
  const shown = withinAnswer(await getItems<ProductItem>(entries));
  const wanted = (item?: ProductItem): item is ProductItem =>
    item !== undefined && categories.has(item.categoryId) && (status === undefined || item.status === status);
  const items = shown.filter(wanted).map(toProduct);
  const end = shown.length < entries.length ? entries[shown.length - 1]?.id : more;
  return end === undefined ? { items } : { items, nextToken: end };
}

interface Entry extends Key {
  id: string;
}

/** The newest entries of these categories before `after`; `more` is where others may follow. */
async function newestOf(categories: string[], limit: number, after = 'Z', status?: ProductStatus) {
  // One more, which tells whether anything follows, and the one that the page before ended with.
  const range = { from: '0', to: after, order: 'descending', limit: limit + 2 } as const;
  const parts = await sideBySide(categories, (id) =>
    queryRange<Entry>({ ...range, ...productList({ categoryId: id, status }), fields: ['pk', 'sk', 'id'] }),
  );
  // A category whose query ended early may have more products below its end, so the merged list is complete only down
  // to the latest of the ends.
  const ends = parts.flatMap(({ end }) => end ?? []).sort();
  const end = ends.at(-1);
  const known = new Map(parts.flatMap(({ entries }) => entries.map((entry) => [entry.id, entry] as const)));
  const entries = [...known.values()]
    .filter(({ id }) => id !== after && (end === undefined || id >= end))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const first = entries.slice(0, limit);
  return { entries: first, more: entries.length > limit ? first.at(-1)?.id : end };
}

/** The ids of a category and of all below it, level by level, as the index shows them. */
async function readSubtree(categoryId: string): Promise<ReadonlySet<string>> {
  const known = new Set([categoryId]);
  for (let level = [categoryId]; level.length > 0;) {
    const children = (await sideBySide(level, readChildren)).flat();
    level = children.filter((id) => !known.has(id));
    for (const id of level) known.add(id);
    if (known.size > mostCategories) {
      throw tooManyCategories(
        mostCategories,
        'list the products of a category further down, or search with sort=-createdAt, which knows no such limit',
      );
    }
  }
  return known;
}

async function readChildren(categoryId: string): Promise<string[]> {
  const children = await readBySlug<Pick<Entry, 'id'>>({ ...categoryList(categoryId), fields: ['id'] }, mostCategories);
  return children.map(({ id }) => id);
}
