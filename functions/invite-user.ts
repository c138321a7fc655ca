/** POST /admin/users */
import { requireGroup } from '../src/access/require-group';
import { endpoint } from '../src/http/endpoint';
import { invited } from '../src/http/responses';
import { inviteAccount } from '../src/users/accounts';
import { invitation } from '../src/users/parameters';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: invitation,
  run: ({ caller, body }) => inviteAccount(body.email, body.group, caller.sub),
  respond: invited,
});
