/** GET /admin/categories/{categoryId}/history */
import { requireGroup } from '../src/access/require-group';
import { categoryPath } from '../src/catalog/category';
import { listCategoryHistory } from '../src/catalog/category-operations';
import { historyQuery } from '../src/catalog/history-query';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: categoryPath,
  query: historyQuery,
  run: ({ path, query }) => listCategoryHistory(path.categoryId, query),
  respond: page,
});
