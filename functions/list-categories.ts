/** GET /categories */
import { requireGroup } from '../src/access/require-group';
import { categoryQuery } from '../src/catalog/category';
import { listCategories } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('user', 'admin'),
  query: categoryQuery,
  run: ({ query }) => listCategories(query),
  respond: page,
});
