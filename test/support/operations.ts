/** Every operation of the API, in each of the ways that differ in cost, ready to be run once. */
import { randomUUID } from 'node:crypto';
import { ifMatch, productFields, send, type Request } from './catalog';
import type { Answer } from './events';
import { categoryIn, productIn } from './representations';

export interface Operation {
  routeKey: string;
  /** What is particular to this way; empty for the plain one. */
  variant: string;
  /** Makes what the operation is to find, and answers the request. */
  prepare: () => Request | Promise<Request>;
}

/** As tests and reports call it: `POST /products, with an Idempotency-Key`. */
export const nameOf = ({ routeKey, variant }: Operation) => (variant === '' ? routeKey : `${routeKey}, ${variant}`);

/** Sends a request that must not be refused. */
export async function succeed(routeKey: string, request: Request): Promise<Answer> {
  const answer = await send(routeKey, request);
  if (answer.status >= 400) throw new Error(`${routeKey} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

const statuses = ['draft', 'active', 'archived'];

const categoryFields = () => ({ name: `Category ${randomUUID()}` });
const newCategory = async (parentId?: string) =>
  categoryIn(await succeed('POST /categories', { body: { ...categoryFields(), parentId } }));

/** The id of a category that has so many above it. */
async function newCategoryBelow(count: number): Promise<string> {
  return (await newCategory(count === 0 ? undefined : await newCategoryBelow(count - 1))).id;
}
const fields = async () => ({ ...productFields((await newCategory()).id), description: 'Sold by the pair.' });
const newProduct = async () => productIn(await succeed('POST /products', { body: await fields() }));

const newDraft = async () =>
  productIn(await succeed('POST /products', { body: { ...(await fields()), status: 'draft' } }));

async function newRows() {
  const { id } = await newCategory();
  return Array.from({ length: 20 }, () => productFields(id));
}

const keyed = (body: object): Request => ({ body, headers: { 'idempotency-key': randomUUID() } });

/** The request, which has been made once before. */
async function repeated(routeKey: string, request: Request): Promise<Request> {
  await succeed(routeKey, request);
  return request;
}

const category = async (changes?: object): Promise<Request> => ({ id: (await newCategory()).id, body: changes });
const product = async (changes?: object): Promise<Request> => ({ id: (await newProduct()).id, body: changes });

async function deleted(): Promise<Request> {
  const request = await product();
  await succeed('DELETE /products/{productId}', request);
  return request;
}

/** A record that has been written more often than a page shows. */
async function written(routeKey: string, { id }: Request): Promise<Request> {
  for (let version = 1; version <= 26; version += 1)
    await succeed(routeKey, { id, body: { description: `${version}` } });
  return { id };
}

/** More categories than a page shows, made once. */
async function manyCategories(): Promise<Request> {
  await (listed ??= makeCategories());
  return {};
}
let listed: Promise<void> | undefined;

async function makeCategories(): Promise<void> {
  for (let number = 0; number < 26; number += 1) await newCategory();
}

/** The id of a category with more than a page of products in each status, made once. */
async function fillCategory(): Promise<string> {
  const { id } = await newCategory();
  for (const status of statuses) {
    const rows = Array.from({ length: 26 }, () => ({ ...productFields(id), status }));
    await succeed('POST /admin/products/bulk', { body: { rows } });
  }
  return id;
}
let filled: Promise<string> | undefined;
const fullCategory = () => (filled ??= fillCategory());

const page = async (query: Record<string, string> = {}): Promise<Request> => {
  await fullCategory();
  return { query };
};
const pageOfCategory = async (query: Record<string, string> = {}): Promise<Request> =>
  page({ ...query, categoryId: await fullCategory() });

/** A page of a full category that has another below it. */
async function subtree(): Promise<Request> {
  const { query } = await pageOfCategory();
  await (below ??= newCategory(query?.['categoryId']));
  return { query: { ...query, descendants: 'true' } };
}
let below: Promise<unknown> | undefined;

const ways: Readonly<Record<string, Readonly<Record<string, Operation['prepare']>>>> = {
  // First, because it costs a query for each category that there is.
  'GET /categories/tree': {
    '': async () => {
      await newCategoryBelow(2);
      return {};
    },
  },
  'POST /categories': {
    '': () => ({ body: categoryFields() }),
    'with an Idempotency-Key': () => keyed(categoryFields()),
    'repeated with its key': () => repeated('POST /categories', keyed(categoryFields())),
    'whose derived slug is taken': async () => ({ body: { name: (await newCategory()).name } }),
    'on the third level': async () => ({ body: { ...categoryFields(), parentId: await newCategoryBelow(1) } }),
  },
  'PUT /categories/{categoryId}': {
    '': async () => {
      const { id, name, slug } = await newCategory();
      return { ...ifMatch(1), id, body: { name, slug, description: 'New.' } };
    },
  },
  'PATCH /categories/{categoryId}': {
    '': () => category({ description: 'New.' }),
    'another slug': () => category({ slug: randomUUID() }),
    'from the top to the third level': async () => category({ parentId: await newCategoryBelow(1) }),
  },
  'DELETE /categories/{categoryId}': {
    '': () => category(),
    'on the third level': async () => ({ id: await newCategoryBelow(2) }),
  },
  'GET /categories': {
    '': manyCategories,
    'of one level': async () => {
      await manyCategories();
      return { query: { parentId: 'none' } };
    },
  },
  'GET /categories/{categoryId}': {
    '': () => category(),
    'on the third level': async () => ({ id: await newCategoryBelow(2) }),
  },
  'GET /admin/categories/{categoryId}/history': {
    '': async () => written('PATCH /categories/{categoryId}', await category()),
  },
  'POST /products': {
    '': async () => ({ body: await fields() }),
    'with an Idempotency-Key': async () => keyed(await fields()),
    'repeated with its key': async () => repeated('POST /products', keyed(await fields())),
    'whose derived slug is taken': async () => ({ body: { ...(await fields()), name: (await newProduct()).name } }),
  },
  'PUT /products/{productId}': {
    '': async () => {
      const { id, sku, name, slug, price, categoryId } = await newProduct();
      return { ...ifMatch(1), id, body: { sku, name, slug, price, categoryId } };
    },
  },
  'PATCH /products/{productId}': {
    '': () => product({ stockCount: 7 }),
    'another status': () => product({ status: 'draft' }),
    'another SKU': () => product({ sku: randomUUID() }),
    'another slug': () => product({ slug: randomUUID() }),
    'another category': async () => product({ categoryId: (await newCategory()).id }),
    'another SKU, slug, status and category': async () =>
      product({
        sku: randomUUID(),
        slug: randomUUID(),
        status: 'draft',
        categoryId: (await newCategory()).id,
      }),
    'whose derived slug is taken': async () => product({ name: (await newProduct()).name, slug: null }),
  },
  'DELETE /products/{productId}': { '': () => product() },
  'POST /admin/products/{productId}/restore': { '': deleted },
  'POST /admin/products/bulk': {
    'twenty new ones of a category': async () => ({ body: { rows: await newRows() } }),
    'twenty, none of which changes': async () =>
      repeated('POST /admin/products/bulk', { body: { rows: await newRows() } }),
    'twenty new ones, tried out': async () => ({ body: { dryRun: true, rows: await newRows() } }),
  },
  'POST /admin/products/bulk-delete': {
    twenty: async () => {
      const rows = await newRows();
      await succeed('POST /admin/products/bulk', { body: { rows } });
      return { body: { rows: rows.map(({ sku }) => ({ sku })) } };
    },
  },
  'GET /products/{productId}': { '': () => product() },
  'GET /admin/products/{productId}': { '': () => product() },
  'GET /admin/products/{productId}/history': {
    '': async () => written('PATCH /products/{productId}', await product()),
  },
  'GET /products': {
    '': () => page(),
    'of a category': () => pageOfCategory(),
    'of a category and what is below it': subtree,
    'by SKU': async () => ({ query: { sku: (await newProduct()).sku } }),
    'by slug': async () => ({ query: { slug: (await newProduct()).slug } }),
    'by the SKU of a draft': async () => ({ query: { sku: (await newDraft()).sku } }),
    'by the slug of a draft': async () => ({ query: { slug: (await newDraft()).slug } }),
    'by an SKU that no product has': () => ({ query: { sku: randomUUID() } }),
    'by a slug that no product has': () => ({ query: { slug: randomUUID() } }),
  },
  'GET /admin/products': {
    'of one status': () => page({ status: 'draft' }),
    'of one status of a category': () => pageOfCategory({ status: 'draft' }),
    'of all statuses': () => page(),
    'of all statuses of a category': () => pageOfCategory(),
    'of all statuses of a category and what is below it': subtree,
    'by SKU': async () => ({ query: { sku: (await newProduct()).sku } }),
    'by slug': async () => ({ query: { slug: (await newProduct()).slug } }),
    'that are deleted': async () => {
      await deleted();
      return { query: { deleted: 'true', limit: '1' } };
    },
  },
  'POST /admin/products/{productId}/images': {
    '': () => product({ contentType: 'image/webp', bytes: 1_000 }),
  },
  'GET /admin/products/{productId}/images': {
    '': async () => {
      const request = await product();
      await succeed('POST /admin/products/{productId}/images', {
        ...request,
        body: { contentType: 'image/png', bytes: 1 },
      });
      return request;
    },
  },
  'GET /admin/changes': { '': () => page() },
};

export const operations: readonly Operation[] = Object.entries(ways).flatMap(([routeKey, variants]) =>
  Object.entries(variants).map(([variant, prepare]) => ({ routeKey, variant, prepare })),
);
