/** GET /products/{productId} */
import { requireReader } from '../src/access/require-reader';
import { productPath } from '../src/catalog/product-parameters';
import { getActiveProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { cacheable } from '../src/http/responses';
import { showProduct } from '../src/images/shown';

export const handler = endpoint({
  access: requireReader,
  path: productPath,
  run: async ({ path }) => showProduct(await getActiveProduct(path.productId)),
  respond: cacheable,
});
