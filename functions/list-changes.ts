/** GET /admin/changes */
import { requireGroup } from '../src/access/require-group';
import { listChanges } from '../src/changes/change-store';
import { changeQuery } from '../src/changes/parameters';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  query: changeQuery,
  run: ({ query }) => listChanges(query),
  respond: page,
});
