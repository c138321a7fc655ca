/** POST /admin/products/{productId}/restore */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product-parameters';
import { restoreProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { ok } from '../src/http/responses';
import { showProduct } from '../src/images/shown';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: productPath,
  run: async ({ caller, path }) => showProduct(await restoreProduct(path.productId, caller.sub)),
  respond: ok,
});
