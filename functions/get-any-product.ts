/** GET /admin/products/{productId} */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product-parameters';
import { getAnyProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { cacheable } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: productPath,
  run: ({ path }) => getAnyProduct(path.productId),
  respond: cacheable,
});
