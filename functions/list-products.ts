/** GET /products */
import { requireGroup } from '../src/access/require-group';
import { productQuery } from '../src/catalog/product';
import { listActiveProducts } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('user', 'admin'),
  query: productQuery,
  run: ({ query }) => listActiveProducts(query),
  respond: page,
});
