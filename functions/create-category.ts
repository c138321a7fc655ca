/** POST /categories */
import { requireGroup } from '../src/access/require-group';
import { newCategory } from '../src/catalog/category';
import { createCategory } from '../src/catalog/category-operations';
import { endpoint } from '../src/http/endpoint';
import { created } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: newCategory,
  repeatable: true,
  run: ({ caller, body, request }) => createCategory(body, caller.sub, request),
  respond: created,
});
