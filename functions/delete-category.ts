/** DELETE /categories/{categoryId} */
import { requireGroup } from '../src/access/require-group';
import { categoryPath } from '../src/catalog/category';
import { deleteCategory } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { noContent } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: categoryPath,
  conditional: true,
  run: ({ caller, path, expected }) => deleteCategory(path.categoryId, caller.sub, expected),
  respond: noContent,
});
