/** GET /admin/users */
import { requireGroup } from '../src/access/require-group';
import { endpoint } from '../src/http/endpoint';
import { page } from '../src/http/responses';
import { listAccounts } from '../src/users/accounts';
import { userQuery } from '../src/users/parameters';

export const handler = endpoint({
  access: requireGroup('admin'),
  query: userQuery,
  run: ({ query }) => listAccounts(query),
  respond: page,
});
