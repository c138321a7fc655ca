/** GET /categories/tree */
import { requireReader } from '../src/access/require-reader';
import { endpoint } from '../src/http/endpoint';
import { tagged } from '../src/http/responses';
import { readTree } from '../src/tree/tree-store';

export const handler = endpoint({
  access: requireReader,
  run: readTree,
  respond: tagged,
});
