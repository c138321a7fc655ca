/** GET /admin/users/{sub} */
import { requireGroup } from '../src/access/require-group';
import { endpoint } from '../src/http/endpoint';
import { shown } from '../src/http/responses';
import { getAccount } from '../src/users/accounts';
import { userPath } from '../src/users/parameters';

export const handler = endpoint({
  access: requireGroup('admin'),
  path: userPath,
  run: ({ path }) => getAccount(path.sub),
  respond: shown,
});
