/** GET /admin/products/{productId}/history */
import { requireGroup } from '../src/access/require-group';
import { historyQuery } from '../src/catalog/history-query';
import { productPath } from '../src/catalog/product-parameters';
import { listProductHistory } from '../src/catalog/product-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: productPath,
  query: historyQuery,
  run: ({ path, query }) => listProductHistory(path.productId, query),
  respond: page,
});
