/** POST /admin/products/bulk */
import { requireGroup } from '../src/access/require-group';
import { writeProducts } from '../src/bulk/operations';
import { bulkBody, longestBulkBody } from '../src/bulk/rows';
import { endpoint } from '../src/http/endpoint';
import { rowResults } from '../src/http/responses';

export const handler = endpoint({
  access: requireGroup('admin'),
  body: bulkBody,
  longestBody: longestBulkBody,
  run: ({ caller, body }) => writeProducts(body, caller.sub),
  respond: rowResults,
});
