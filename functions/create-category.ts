/** POST /categories */
import { requireGroup } from '../src/access/require-group';
import { newCategory } from '../src/catalog/category';
import { createCategory } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { created } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: newCategory,
  run: ({ caller, body }) => createCategory(body, caller.sub),
  respond: created,
});
