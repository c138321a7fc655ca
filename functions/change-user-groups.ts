/** PUT and DELETE /admin/users/{sub}/groups/{group} */
import { requireGroup } from '../src/access/require-group';
import { byMethod } from '../src/http/by-method';
import { endpoint } from '../src/http/endpoint';
import { shown } from '../src/http/responses';
import { joinGroup, leaveGroup } from '../src/users/accounts';
import { membershipPath } from '../src/users/parameters';

const membership = { access: requireGroup('admin'), path: membershipPath, respond: shown };

export const handler = byMethod({
  PUT: endpoint({
    ...membership,
    run: ({ caller, path }) => joinGroup(path.sub, path.group, caller.sub),
  }),
  DELETE: endpoint({
    ...membership,
    run: ({ caller, path }) => leaveGroup(path.sub, path.group, caller.sub),
  }),
});
