/** GET /products */
import { requireReader } from '../src/access/require-reader';
import { listActiveProducts } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';
import { findProducts, isSearch } from '../src/search/find-products';
import { productSearch } from '../src/search/parameters';

export const handler = endpoint({
  access: requireReader,
  query: productSearch,
  run: ({ query }) => (isSearch(query) ? findProducts(query, 'active') : listActiveProducts(query)),
  respond: page,
});
