/** PUT and PATCH /categories/{categoryId} */
import { requireGroup } from '../src/access/require-group';
import { categoryChanges, categoryPath, newCategory } from '../src/catalog/category';
import { patchCategory, replaceCategory } from '../src/catalog/category-operations';
import { byMethod } from '../src/http/by-method';
import { endpoint } from '../src/http/endpoint';
import { ok } from '../src/http/responses';

const category = { access: requireGroup('admin'), path: categoryPath, conditional: true, respond: ok };

export const handler = byMethod({
  PUT: endpoint({
    ...category,
    body: newCategory,
    run: ({ caller, path, body, expected }) => replaceCategory(path.categoryId, body, caller.sub, expected),
  }),
  PATCH: endpoint({
    ...category,
    body: categoryChanges,
    run: ({ caller, path, body, expected }) => patchCategory(path.categoryId, body, caller.sub, expected),
  }),
});
