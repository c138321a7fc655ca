/** GET /categories */
import { requireReader } from '../src/access/require-reader';
import { categoryQuery } from '../src/catalog/category';
import { listCategories } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireReader,
  query: categoryQuery,
  run: ({ query }) => listCategories(query),
  respond: page,
});
