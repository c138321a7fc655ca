/** GET /categories/{categoryId} */
import { requireGroup } from '../src/access/require-group';
import { categoryPath } from '../src/catalog/category';
import { getCategory } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { ok } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('user', 'admin'),
  path: categoryPath,
  run: ({ path }) => getCategory(path.categoryId),
  respond: ok,
});
