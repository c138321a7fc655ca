/** GET /admin/products */
import { requireGroup } from '../src/access/require-group';
import { listAllProducts } from '../src/catalog/product-operations';
import { listDeletedProducts } from '../src/changes/deleted-products';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';
import { showPage } from '../src/images/shown';
import { findProducts, isSearch } from '../src/search/find-products';
import { anyProductSearch, type AnyProductSearch } from '../src/search/parameters';
import { listSubtree } from '../src/tree/subtree-products';

export const handler = endpoint({
  access: requireGroup('admin'),
  query: anyProductSearch,
  run: async ({ query }) => showPage(await list(query)),
  respond: page,
});

function list(query: AnyProductSearch) {
  if (query.deleted) return listDeletedProducts(query);
  if (isSearch(query)) return findProducts(query, query.status);
  return query.descendants ? listSubtree(query, query.status) : listAllProducts(query);
}
