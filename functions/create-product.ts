/** POST /products */
import { requireGroup } from '../src/access/require-group';
import { newProduct } from '../src/catalog/product';
import { createProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { created } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: newProduct,
  run: ({ caller, body }) => createProduct(body, caller.sub),
  respond: created,
});
