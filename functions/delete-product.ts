/** DELETE /products/{productId} */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product-parameters';
import { deleteProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { noContent } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: productPath,
  conditional: true,
  run: ({ caller, path, expected }) => deleteProduct(path.productId, caller.sub, expected),
  respond: noContent,
});
