/** GET /admin/products */
import { requireGroup } from '../src/access/require-group';
import { anyProductQuery } from '../src/catalog/product-parameters';
import { listAllProducts } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  query: anyProductQuery,
  run: ({ query }) => listAllProducts(query),
  respond: page,
});
