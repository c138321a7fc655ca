/** GET /admin/products/{productId} */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product-parameters';
import { getAnyProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { cacheable } from '../src/http/responses';
import { showProduct } from '../src/images/shown';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: productPath,
  run: async ({ path }) => showProduct(await getAnyProduct(path.productId)),
  respond: cacheable,
});
