/** The API as integration tests use it: every route with its real handler, and records made through them. */
import { decodeTime } from 'ulid';
import { handler as bulkDeleteProductsHandler } from '../../functions/bulk-delete-products';
import { handler as bulkWriteProductsHandler } from '../../functions/bulk-write-products';
import { handler as createCategoryHandler } from '../../functions/create-category';
import { handler as createImageUploadHandler } from '../../functions/create-image-upload';
import { handler as createProductHandler } from '../../functions/create-product';
import { handler as deleteCategoryHandler } from '../../functions/delete-category';
import { handler as deleteProductHandler } from '../../functions/delete-product';
import { handler as getAnyProductHandler } from '../../functions/get-any-product';
import { handler as getCategoryHandler } from '../../functions/get-category';
import { handler as getCategoryTreeHandler } from '../../functions/get-category-tree';
import { handler as getProductHandler } from '../../functions/get-product';
import { handler as listAllProductsHandler } from '../../functions/list-all-products';
import { handler as listChangesHandler } from '../../functions/list-changes';
import { handler as listCategoryHistoryHandler } from '../../functions/list-category-history';
import { handler as listCategoriesHandler } from '../../functions/list-categories';
import { handler as listProductHistoryHandler } from '../../functions/list-product-history';
import { handler as listProductsHandler } from '../../functions/list-products';
import { handler as restoreProductHandler } from '../../functions/restore-product';
import { handler as updateCategoryHandler } from '../../functions/update-category';
import { handler as updateProductHandler } from '../../functions/update-product';
import type { Endpoint } from '../../src/http/endpoint';
import { call, type Answer, type FakeRequest } from './events';
import { expectDocumented } from './openapi';
import { repetitionHeaders } from './repetition';
import { categoryIn, categoryWithPathIn, productIn, type Category, type Product } from './representations';

const handlers: Readonly<Record<string, Endpoint>> = {
  'POST /categories': createCategoryHandler,
  'PUT /categories/{categoryId}': updateCategoryHandler,
  'PATCH /categories/{categoryId}': updateCategoryHandler,
  'DELETE /categories/{categoryId}': deleteCategoryHandler,
  'GET /categories': listCategoriesHandler,
  'GET /categories/tree': getCategoryTreeHandler,
  'GET /categories/{categoryId}': getCategoryHandler,
  'POST /products': createProductHandler,
  'PUT /products/{productId}': updateProductHandler,
  'PATCH /products/{productId}': updateProductHandler,
  'DELETE /products/{productId}': deleteProductHandler,
  'GET /products': listProductsHandler,
  'GET /products/{productId}': getProductHandler,
  'GET /admin/products': listAllProductsHandler,
  'GET /admin/products/{productId}': getAnyProductHandler,
  'GET /admin/products/{productId}/history': listProductHistoryHandler,
  'POST /admin/products/{productId}/restore': restoreProductHandler,
  'POST /admin/products/{productId}/images': createImageUploadHandler,
  'GET /admin/products/{productId}/images': createImageUploadHandler,
  'POST /admin/products/bulk': bulkWriteProductsHandler,
  'POST /admin/products/bulk-delete': bulkDeleteProductsHandler,
  'GET /admin/categories/{categoryId}/history': listCategoryHistoryHandler,
  'GET /admin/changes': listChangesHandler,
};

export function handlerOf(routeKey: string): Endpoint {
  const handler = handlers[routeKey];
  if (!handler) throw new Error(`No handler for ${routeKey}`);
  return handler;
}

export interface Request extends Omit<FakeRequest, 'routeKey' | 'path'> {
  /** Fills the route's one path parameter. */
  id?: string;
}

/**
 * Calls the handler of a route, as an admin unless the request says otherwise. Expects the answer to be one that
 * docs/openapi.json tells of.
 */
export async function send(routeKey: string, { id, ...request }: Request = {}): Promise<Answer> {
  const parameter = /\{(\w+)\}/.exec(routeKey)?.[1];
  const path = parameter !== undefined && id !== undefined ? { path: { [parameter]: id } } : {};
  const headers = { ...repetitionHeaders(routeKey), ...request.headers };
  const answer = await call(handlerOf(routeKey), { ...request, ...path, headers, routeKey });
  expectDocumented(routeKey, answer);
  return answer;
}

/** The header that makes a write conditional on the version. */
export const ifMatch = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

const numbers = (function* () {
  for (let number = 1; ; number += 1) yield number;
})();
const nextNumber = () => numbers.next().value;

/** Several, so that one which is lost or taken from somewhere else shows. */
const currencies = ['EUR', 'USD', 'JPY', 'BHD'];

/** Until the millisecond in this id is over, or for two where the clock stands still: what is made next is listed before it. */
function outlast(id: string): void {
  const end = performance.now() + 2;
  while (decodeTime(id) === Date.now() && performance.now() < end);
}

/** What POST needs at least; the SKU and the name are new every time. */
export function productFields(categoryId: string) {
  const number = nextNumber();
  const currency = currencies[number % currencies.length] ?? '';
  return { sku: `SKU-${number}`, name: `Product ${number}`, price: { amount: 1999, currency }, categoryId };
}

export async function createCategory(fields: object = {}): Promise<Category> {
  const answer = await send('POST /categories', { body: { name: `Category ${nextNumber()}`, ...fields } });
  expect(answer.status).toBe(201);
  return categoryIn(answer);
}

/** Those made one after another are listed in that order, however fast the machine. */
export async function createProduct(categoryId: string, fields: object = {}): Promise<Product> {
  const answer = await send('POST /products', { body: { ...productFields(categoryId), ...fields } });
  expect(answer.status).toBe(201);
  const product = productIn(answer);
  outlast(product.id);
  return product;
}

/** The category as it is now, and its path from the top. */
export const readCategoryWithPath = async (id: string) =>
  categoryWithPathIn(await send('GET /categories/{categoryId}', { id }));

/** The category as it is now, as lists show it. */
export async function readCategory(id: string): Promise<Category> {
  const { path, ...category } = await readCategoryWithPath(id);
  return category;
}

/** The slugs from the top down to the category. */
export const pathOf = async (id: string) => (await readCategoryWithPath(id)).path.map(({ slug }) => slug);

/** The product as it is now, whatever its status. */
export const readProduct = async (id: string) => productIn(await send('GET /admin/products/{productId}', { id }));
