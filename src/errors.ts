/* eslint-disable max-lines -- One table of all errors, each with its sentence and its facts. */
/** The errors a caller is told about: a stable code, a sentence, and the facts that go with it. No HTTP here. */

export type ErrorCode =
  | 'invalid_request'
  | 'invalid_json'
  | 'forbidden'
  | 'not_found'
  | 'sku_taken'
  | 'slug_taken'
  | 'category_in_use'
  | 'category_has_children'
  | 'not_deleted'
  | 'account_exists'
  | 'account_unproved'
  | 'last_admin'
  | 'stale_version'
  | 'precondition_required'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'category_not_found'
  | 'parent_not_found'
  | 'category_cycle'
  | 'category_too_deep'
  | 'too_many_categories'
  | 'too_many_images'
  | 'idempotency_key_reused'
  | RowErrorCode
  | 'busy';

/** What only a row of a bulk request can be told. */
export type RowErrorCode = 'repeated_row' | 'row_not_done';

/** One rejected value. `pointer` is a JSON Pointer (RFC 6901) into the part of the request that `in` names. */
export interface FieldError {
  in: 'body' | 'path' | 'query' | 'header';
  pointer: string;
  detail: string;
}

/** What a code carries beside its sentence; each key becomes a member of the problem document. */
export interface ErrorFacts {
  errors?: FieldError[];
  field?: string;
  value?: string;
  allProductCount?: number;
  childCount?: number;
  /** The most categories that an answer is made of. */
  mostCategories?: number;
  /** The most pictures that a product may have. */
  mostImages?: number;
  currentVersion?: number;
  /** The position of a row in a bulk request, from 0. */
  row?: number;
}

/** An error whose code, sentence and facts may be shown to the caller as they are. */
export class ApplicationError extends Error {
  override readonly name = 'ApplicationError';

  constructor(
    readonly code: ErrorCode,
    detail: string,
    readonly facts: ErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

export const invalidRequest = (errors: FieldError[]) =>
  new ApplicationError('invalid_request', 'The request has values that cannot be accepted', { errors });

export const invalidJson = (detail: string) => new ApplicationError('invalid_json', detail);

export const accessTokenWanted = () =>
  new ApplicationError(
    'forbidden',
    'Send the access token: an ID token is for the application that signed the user in',
  );

export const forbidden = () => new ApplicationError('forbidden', 'You do not have permission');

export const notFound = (what: 'product' | 'category' | 'user') =>
  new ApplicationError('not_found', `There is no such ${what}`);

export const skuTaken = (sku: string) =>
  new ApplicationError('sku_taken', `Another product has the SKU "${sku}"`, { field: 'sku', value: sku });

export const slugTaken = (owner: 'product' | 'category', slug: string) =>
  new ApplicationError('slug_taken', `Another ${owner} has the slug "${slug}"`, { field: 'slug', value: slug });

/** `allProductCount` is of products of every status. */
export const categoryInUse = (allProductCount: number) =>
  new ApplicationError('category_in_use', `Products that still belong to this category: ${allProductCount}`, {
    allProductCount,
  });

export const categoryHasChildren = (childCount: number) =>
  new ApplicationError('category_has_children', `Categories that are still right below this one: ${childCount}`, {
    childCount,
  });

const inPlace = (code: ErrorCode, detail: string, value: string) =>
  new ApplicationError(code, detail, { field: 'parentId', value });

export const parentNotFound = (value: string) =>
  inPlace('parent_not_found', 'The category that it is to be below does not exist', value);

export const categoryCycle = (value: string) =>
  inPlace('category_cycle', 'A category cannot be below itself, or below one that is below it', value);

export const categoryTooDeep = (mostLevels: number, value: string) =>
  inPlace('category_too_deep', `There, it or what is below it would be on a level beyond the ${mostLevels}th`, value);

/** `instead` says what would do. */
export const tooManyCategories = (mostCategories: number, instead: string) =>
  new ApplicationError('too_many_categories', `There are more than ${mostCategories} categories: ${instead}`, {
    mostCategories,
  });

export const tooManyImages = (mostImages: number) =>
  new ApplicationError('too_many_images', `A product may have at most ${mostImages} pictures: remove one first`, {
    mostImages,
  });

export const notDeleted = () => new ApplicationError('not_deleted', 'The product has not been deleted');

export const idempotencyKeyReused = () =>
  new ApplicationError('idempotency_key_reused', 'This Idempotency-Key came with another request before');

export const categoryNotFound = (value: string, field: 'categoryId' | 'category' = 'categoryId') =>
  new ApplicationError('category_not_found', 'The product names a category that does not exist', { field, value });

export const staleVersion = (currentVersion: number) =>
  new ApplicationError('stale_version', 'It has changed since the version that the request names', { currentVersion });

export const preconditionRequired = () =>
  new ApplicationError('precondition_required', 'PUT needs If-Match with the ETag of the version it replaces');

export const bodyTooLarge = (limit: number) =>
  new ApplicationError('body_too_large', `A body may have at most ${limit} bytes`);

export const unsupportedMediaType = (accepted: readonly string[]) =>
  new ApplicationError('unsupported_media_type', `Content-Type must be ${accepted.join(' or ')}, in UTF-8`);

export const unsupportedEncoding = () =>
  new ApplicationError('unsupported_media_type', 'Content-Encoding must be identity: the body is read as it is sent');

/** `cause` is for the log alone. */
export const busy = (cause: Error) =>
  new ApplicationError('busy', 'The service cannot answer just now; try again', {}, { cause });
