/** What is particular to the routes that take many products at once. */
import { ok, type Operation } from './operation';

const rows =
  'Rows stand alone: a rejected one stops no other, and of two for one product the second is rejected. Sending the same again is ' +
  'harmless. A row that is rejected with `busy` or `row_not_done` is to be sent again. With `dryRun` nothing is written, and the ' +
  'results are what they would be.';

/** Under the route keys of serverless.yml. */
export const bulkRoutes: Readonly<Record<string, Operation>> = {
  'POST /admin/products/bulk': {
    id: 'writeProducts',
    tag: 'Products',
    summary: 'Create and change many products',
    description: `A row with an \`id\` is what PATCH takes; one without is about the product that has its \`sku\`, or creates one. ${rows}`,
    body: 'ProductRows',
    status: ok,
    answer: 'RowResults',
    errors: [],
  },
  'POST /admin/products/bulk-delete': {
    id: 'deleteProducts',
    tag: 'Products',
    summary: 'Delete many products',
    description: `${rows} A product that is gone by then is \`not_found\`, as for DELETE: name it by \`id\`, for its SKU may be another's.`,
    body: 'DeletionRows',
    status: ok,
    answer: 'RowResults',
    errors: [],
  },
};
