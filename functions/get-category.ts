/** GET /categories/{categoryId} */
import { requireReader } from '../src/access/require-reader';
import { categoryPath } from '../src/catalog/category';
import { getCategory } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { ok } from '../src/http/responses';

export const handler = endpoint({
  access: requireReader,
  path: categoryPath,
  run: ({ path }) => getCategory(path.categoryId),
  respond: ok,
});
