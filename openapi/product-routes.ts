/** What is particular to each route of products. */
import { historyQuery } from '../src/catalog/history-query';
import { anyProductSearch, productSearch } from '../src/search/parameters';
import { created, history, lag, noContent, ok, patch, put, type Operation } from './operation';

const search =
  'With `q` or `sort` it is a search: products as they are now, found by an index that knows all writes up to `indexedAt`, or ' +
  'a moment before. Those of one page that are in the wrong order, or no longer fit, have changed since.';

/** Under the route keys of serverless.yml. */
export const productRoutes: Readonly<Record<string, Operation>> = {
  'POST /products': {
    id: 'createProduct',
    tag: 'Products',
    summary: 'Create a product',
    body: 'ProductInput',
    repeatable: true,
    status: created,
    answer: 'Product',
    errors: ['sku_taken', 'slug_taken', 'category_not_found'],
  },
  'GET /products': {
    id: 'listProducts',
    tag: 'Products',
    summary: 'List active products, newest first, or search them',
    description: `${lag} ${search}`,
    query: productSearch,
    status: ok,
    answer: 'ProductPage',
    errors: ['too_many_categories'],
  },
  'GET /products/{productId}': {
    id: 'getProduct',
    tag: 'Products',
    summary: 'Read an active product',
    cacheable: true,
    status: ok,
    answer: 'Product',
    errors: [],
  },
  'PUT /products/{productId}': {
    id: 'replaceProduct',
    tag: 'Products',
    summary: 'Replace a product',
    description: `${put} \`images\` stay where it is absent.`,
    body: 'ProductReplacement',
    ifMatch: 'required',
    status: ok,
    answer: 'Product',
    errors: ['sku_taken', 'slug_taken', 'category_not_found'],
  },
  'PATCH /products/{productId}': {
    id: 'patchProduct',
    tag: 'Products',
    summary: 'Change fields of a product',
    description: `${patch} \`price\` and \`attributes\` are merged field by field; \`images\` names the pictures that are to stay, in their new order.`,
    body: 'ProductChanges',
    ifMatch: 'heeded',
    status: ok,
    answer: 'Product',
    errors: ['sku_taken', 'slug_taken', 'category_not_found'],
  },
  'DELETE /products/{productId}': {
    id: 'deleteProduct',
    tag: 'Products',
    summary: 'Delete a product',
    ifMatch: 'heeded',
    status: noContent,
    errors: [],
  },
  'GET /admin/products': {
    id: 'listAllProducts',
    tag: 'Products',
    summary: 'List products of every status, newest first, or search them',
    description: `${lag} Without \`status\`, a product that is there all the while is in the list once, whatever changes meanwhile. With \`deleted\`: those that can be restored, where \`version\`, \`updatedAt\` and \`updatedBy\` tell of the deletion; other filters look at what the product was. ${search}`,
    query: anyProductSearch,
    status: ok,
    answer: 'ProductPage',
    errors: ['too_many_categories'],
  },
  'GET /admin/products/{productId}': {
    id: 'getAnyProduct',
    tag: 'Products',
    summary: 'Read a product of any status',
    cacheable: true,
    status: ok,
    answer: 'Product',
    errors: [],
  },
  'GET /admin/products/{productId}/history': {
    id: 'listProductHistory',
    tag: 'Products',
    summary: 'List what was done to a product',
    description: history,
    query: historyQuery,
    status: ok,
    answer: 'HistoryPage',
    errors: [],
  },
  'POST /admin/products/{productId}/restore': {
    id: 'restoreProduct',
    tag: 'Products',
    summary: 'Bring a deleted product back as it was',
    description: 'Without its pictures, where it was deleted 90 days ago or longer: their files may be gone.',
    status: ok,
    answer: 'Product',
    errors: ['not_deleted', 'sku_taken', 'slug_taken', 'category_not_found'],
  },
};
