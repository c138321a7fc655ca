/** POST /admin/products/bulk-delete */
import { requireGroup } from '../src/access/require-group';
import { deleteProducts } from '../src/bulk/operations';
import { bulkBody, longestBulkBody } from '../src/bulk/rows';
import { endpoint } from '../src/http/endpoint';
import { rowResults } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: bulkBody,
  longestBody: longestBulkBody,
  run: ({ caller, body }) => deleteProducts(body, caller.sub),
  respond: rowResults,
});
