/** PATCH /admin/users/{sub}, POST /admin/users/{sub}/sign-out */
import { requireGroup } from '../src/access/require-group';
import { byMethod } from '../src/http/by-method';
import { endpoint } from '../src/http/endpoint';
import { shown } from '../src/http/responses';
import { disableAccount, enableAccount, signOutAccount } from '../src/users/accounts';
import { userChanges, userPath } from '../src/users/parameters';

const account = { access: requireGroup('admin'), path: userPath, respond: shown };

export const handler = byMethod({
  PATCH: endpoint({
    ...account,
    body: userChanges,
    run: ({ caller, path, body }) => (body.enabled ? enableAccount : disableAccount)(path.sub, caller.sub),
  }),
  POST: endpoint({
    ...account,
    run: ({ caller, path }) => signOutAccount(path.sub, caller.sub),
  }),
});
