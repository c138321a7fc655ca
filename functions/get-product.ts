/** GET /products/{productId} */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product';
import { getActiveProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { cacheable } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('user', 'admin'),
  path: productPath,
  run: ({ path }) => getActiveProduct(path.productId),
  respond: cacheable,
});
