/** GET /admin/products */
import { requireGroup } from '../src/access/require-group';
import { anyProductQuery } from '../src/catalog/product-parameters';
import { listAllProducts } from '../src/catalog/product-operations';
import { listDeletedProducts } from '../src/changes/deleted-products';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  query: anyProductQuery,
  run: ({ query }) => (query.deleted ? listDeletedProducts(query) : listAllProducts(query)),
  respond: page,
});
