/** POST /products */
import { requireGroup } from '../src/access/require-group';
import { newProduct } from '../src/catalog/product';
import { createProduct } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { created } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: newProduct,
  repeatable: true,
  run: ({ caller, body, request }) => createProduct(body, caller.sub, request),
  respond: created,
});
