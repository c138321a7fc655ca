/** What the API answers when something goes wrong: a schema and an example for each error code, made by the code that answers. */
import { STATUS_CODES } from 'node:http';
import * as z from 'zod/mini';
import { longestBulkBody } from '../src/bulk/rows';
import { mostLevels } from '../src/catalog/category';
import * as errors from '../src/errors';
import { acceptedTypes } from '../src/http/body';
import { problem, statusOf } from '../src/http/problem';
import * as refusals from '../src/users/refusals';
import { mostImages } from '../src/images/image';
import { ids } from './example-ids';

/** Of whole answers: rows of a bulk request can have others too. */
export type ProblemCode = Exclude<keyof typeof statusOf, errors.RowErrorCode>;

/** The route that answers. */
interface Route {
  method: string;
  resource: 'product' | 'category' | 'user';
  isBulk: boolean;
  /** Why it does not accept some request. */
  invalid: errors.ApplicationError;
}

const text = z.string().check(z.minLength(1));
const count = z.int().check(z.gte(1));
const value = (field: string) => ({ field: z.literal(field), value: text });

export const fieldErrorPlace = z.enum(['body', 'path', 'query', 'header']);
export const fieldError = z.strictObject({
  in: fieldErrorPlace,
  pointer: z.string().check(z.regex(/^(?:\/(?:[^~/]|~[01])*)*$/)),
  detail: text,
});

/** The members that a code adds; the others add none. */
const facts: Partial<Record<ProblemCode, z.core.$ZodShape>> = {
  invalid_request: { errors: z.array(fieldError).check(z.minLength(1), z.maxLength(20)) },
  sku_taken: value('sku'),
  slug_taken: value('slug'),
  category_not_found: value('categoryId'),
  category_in_use: { allProductCount: count },
  category_has_children: { childCount: count },
  parent_not_found: value('parentId'),
  category_cycle: value('parentId'),
  category_too_deep: value('parentId'),
  too_many_categories: { mostCategories: count },
  account_exists: value('email'),
  too_many_images: { mostImages: count },
  stale_version: { currentVersion: count },
};

const samples: Readonly<Record<ProblemCode, (route: Route) => errors.ApplicationError | undefined>> = {
  invalid_request: ({ invalid }) => invalid,
  invalid_json: () => errors.invalidJson('The body is not JSON'),
  forbidden: () => errors.forbidden(),
  not_found: ({ resource }) => errors.notFound(resource),
  sku_taken: () => errors.skuTaken('SHOE-1'),
  slug_taken: ({ resource }) => errors.slugTaken(resource === 'category' ? resource : 'product', 'red-shoe'),
  category_in_use: () => errors.categoryInUse(2),
  category_has_children: () => errors.categoryHasChildren(2),
  not_deleted: () => errors.notDeleted(),
  account_exists: () => refusals.accountExists('jo@example.com'),
  account_unproved: () => refusals.accountUnproved(),
  last_admin: () => refusals.lastAdmin(),
  too_many_images: () => errors.tooManyImages(mostImages),
  stale_version: () => errors.staleVersion(3),
  body_too_large: ({ isBulk }) => errors.bodyTooLarge(isBulk ? longestBulkBody : 65_536),
  unsupported_media_type: ({ method }) => errors.unsupportedMediaType(acceptedTypes(method)),
  category_not_found: () => errors.categoryNotFound(ids.category),
  parent_not_found: () => errors.parentNotFound(ids.parent),
  category_cycle: () => errors.categoryCycle(ids.parent),
  category_too_deep: () => errors.categoryTooDeep(mostLevels, ids.parent),
  too_many_categories: ({ resource }) =>
    resource === 'product'
      ? errors.tooManyCategories(
          200,
          'list the products of a category further down, or search with sort=-createdAt, which knows no such limit',
        )
      : errors.tooManyCategories(5_000, 'read them level by level, by GET /categories with parentId'),
  idempotency_key_reused: () => errors.idempotencyKeyReused(),
  precondition_required: () => errors.preconditionRequired(),
  internal_error: () => undefined,
  busy: () => errors.busy(new Error()),
};

/** The name of a code's schema: `sku_taken` is `SkuTaken`. */
export const schemaName = (code: ProblemCode) =>
  code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

function problemSchema(code: ProblemCode) {
  const status = statusOf[code];
  return z.strictObject({
    type: z.literal('about:blank'),
    title: z.literal(STATUS_CODES[status] ?? ''),
    status: z.literal(status),
    detail: text,
    code: z.literal(code),
    requestId: text,
    ...facts[code],
  });
}

/** The schema of every code, under its name. */
export const problems = Object.fromEntries(
  (Object.keys(samples) as ProblemCode[]).map((code) => [schemaName(code), problemSchema(code)]),
);

/** A problem document as a route answers it. */
export function problemExample(code: ProblemCode, route: Route): unknown {
  const sample = samples[code](route);
  return JSON.parse(problem(ids.request, sample).body ?? '');
}
