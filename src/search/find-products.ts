/** Products that a search finds, as they are now. */
import type { Product } from '../catalog/product';
import { passes } from '../catalog/product-filter';
import type { ProductStatus } from '../catalog/product-parameters';
import { readProducts } from '../catalog/product-store';
import { withinAnswer, type Page } from '../dynamodb/page';
import { ask } from './ask';
import { sortOf, type ProductSearch } from './parameters';
import type { Position, Sort } from './question';
import { decodeToken, encodeToken } from './token';

/** A page, and when the index that found it was brought up to date: later changes may be missing. */
export interface SearchPage extends Page<Product> {
  indexedAt: string;
}

/** Whether a query asks for a search, and not for the plain list. */
export const isSearch = (query: ProductSearch): boolean => sortOf(query) !== undefined;

/**
 * The products of a status, or of all, that have the words and filters, in the order that is asked for. Each is read as it is
 * now: one that has been deleted or hidden since it was indexed is left out. Throws `busy`.
 */
export async function findProducts(query: ProductSearch, status?: ProductStatus): Promise<SearchPage> {
  const { q, categoryId, descendants, sku, slug, limit, nextToken } = query;
  const sort: Sort = sortOf(query) ?? 'relevance';
  const question = { q, sort, status, categoryId, descendants, sku, slug, limit };
  let after: Position | undefined = nextToken === undefined ? undefined : decodeToken(nextToken, sort);
  // If none of the hits may be shown, the search goes on at once: a page without items would need a token, and only
  // that of a hidden product would be at hand.
  for (;;) {
    const { hits, more, indexedAt } = await ask({ ...question, after });
    const found = await readProducts(hits.map(({ id }) => id));
    const visible = hits.flatMap(({ id, categoryId: foundIn, position }) => {
      const product = found.get(id);
      const wanted = { sku, slug, status, categoryId: categoryId && foundIn };
      return product && passes(product, wanted) ? [{ product, position }] : [];
    });
    const shown = withinAnswer(visible.map(({ product }) => product)).length;
    const last = visible[shown - 1];
    after = hits.at(-1)?.position;
    if (!last && more) continue;
    const page = { items: visible.slice(0, shown).map(({ product }) => product), indexedAt };
    return last && (more || shown < visible.length) ? { ...page, nextToken: encodeToken(sort, last.position) } : page;
  }
}
