/** Bulk requests and the results of their rows. */
import type { RowResult } from '../../src/bulk/ledger';
import { send, type Request } from './catalog';

export const bulkRoute = 'POST /admin/products/bulk';
const bulkDeleteRoute = 'POST /admin/products/bulk-delete';

type Settled = Exclude<RowResult, { action: 'rejected' }>;
/** Of a rejected row, the problem; of the others, the rest. */
export type Result = Partial<Settled> & { action: string; problem?: Problem };
interface Problem {
  code: string;
  [member: string]: unknown;
}

/** The results of a request that is answered with 200, whatever they are. */
async function resultsOf(route: string, rows: unknown[], request: Request & { dryRun?: boolean } = {}) {
  const { dryRun, ...rest } = request;
  const answer = await send(route, { ...rest, body: { rows, ...(dryRun === undefined ? {} : { dryRun }) } });
  expect(answer.status).toBe(200);
  const results = answer.body.results as Result[];
  expect(results).toHaveLength(rows.length);
  return results;
}

export const bulk = (rows: unknown[], request?: Request & { dryRun?: boolean }) => resultsOf(bulkRoute, rows, request);
export const bulkDelete = (rows: unknown[], request?: Request & { dryRun?: boolean }) =>
  resultsOf(bulkDeleteRoute, rows, request);

/** What became of each row, in a word: the action, or the code of what it was rejected with. */
export const wordsOf = (results: Result[]) => results.map(({ action, problem }) => problem?.code ?? action);
