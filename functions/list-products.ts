/** GET /products */
import { requireReader } from '../src/access/require-reader';
import { listActiveProducts } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';
import { showPage } from '../src/images/shown';
import { findProducts, isSearch } from '../src/search/find-products';
import { productSearch, type ProductSearch } from '../src/search/parameters';
import { listSubtree } from '../src/tree/subtree-products';

export const handler = endpoint({
  access: requireReader,
  query: productSearch,
  run: async ({ query }) => showPage(await list(query)),
  respond: page,
});

function list(query: ProductSearch) {
  if (isSearch(query)) return findProducts(query, 'active');
  return query.descendants ? listSubtree(query, 'active') : listActiveProducts(query);
}
