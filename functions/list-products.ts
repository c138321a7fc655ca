/** GET /products */
import { requireReader } from '../src/access/require-reader';
import { productQuery } from '../src/catalog/product-parameters';
import { listActiveProducts } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireReader,
  query: productQuery,
  run: ({ query }) => listActiveProducts(query),
  respond: page,
});
