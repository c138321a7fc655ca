import {
  bodyTooLarge,
  busy,
  categoryCycle,
  categoryHasChildren,
  categoryInUse,
  categoryNotFound,
  categoryTooDeep,
  forbidden,
  idempotencyKeyReused,
  invalidJson,
  invalidRequest,
  notDeleted,
  parentNotFound,
  tooManyCategories,
  notFound,
  preconditionRequired,
  skuTaken,
  slugTaken,
  staleVersion,
  tooManyImages,
  unsupportedMediaType,
} from '../../../src/errors';
import { repeatedRow, rowNotDone } from '../../../src/bulk/refusals';
import { problem, statusOf } from '../../../src/http/problem';
import { accountExists, accountUnproved, lastAdmin } from '../../../src/users/refusals';

const errors = [{ in: 'body' as const, pointer: '/name', detail: 'must not be empty' }];

const documents = [
  [invalidRequest(errors), 400, 'Bad Request', { errors }],
  [invalidJson('The body is empty'), 400, 'Bad Request', { detail: 'The body is empty' }],
  [forbidden(), 403, 'Forbidden', { detail: 'You do not have permission' }],
  [notFound('product'), 404, 'Not Found', {}],
  [skuTaken('A-1'), 409, 'Conflict', { field: 'sku', value: 'A-1' }],
  [slugTaken('category', 'shoes'), 409, 'Conflict', { field: 'slug', value: 'shoes' }],
  [categoryInUse(3), 409, 'Conflict', { allProductCount: 3 }],
  [categoryHasChildren(2), 409, 'Conflict', { childCount: 2 }],
  [notDeleted(), 409, 'Conflict', {}],
  [accountExists('jo@example.com'), 409, 'Conflict', { field: 'email', value: 'jo@example.com' }],
  [accountUnproved(), 409, 'Conflict', {}],
  [lastAdmin(), 409, 'Conflict', {}],
  [tooManyImages(20), 409, 'Conflict', { mostImages: 20 }],
  [repeatedRow(3), 409, 'Conflict', { row: 3 }],
  [staleVersion(7), 412, 'Precondition Failed', { currentVersion: 7 }],
  [bodyTooLarge(65_536), 413, 'Payload Too Large', {}],
  [rowNotDone(), 413, 'Payload Too Large', {}],
  [unsupportedMediaType(['application/json']), 415, 'Unsupported Media Type', {}],
  [categoryNotFound('C-1'), 422, 'Unprocessable Entity', { field: 'categoryId', value: 'C-1' }],
  [parentNotFound('C-1'), 422, 'Unprocessable Entity', { field: 'parentId', value: 'C-1' }],
  [categoryCycle('C-1'), 422, 'Unprocessable Entity', { field: 'parentId', value: 'C-1' }],
  [categoryTooDeep(8, 'C-1'), 422, 'Unprocessable Entity', { field: 'parentId', value: 'C-1' }],
  [tooManyCategories(5_000, 'read less'), 422, 'Unprocessable Entity', { mostCategories: 5_000 }],
  [idempotencyKeyReused(), 422, 'Unprocessable Entity', {}],
  [preconditionRequired(), 428, 'Precondition Required', {}],
  [busy(new Error('unreachable')), 503, 'Service Unavailable', {}],
] as const;

const table = documents.map(([error, ...rest]) => [error.code, error, ...rest] as const);

describe('problem', () => {
  it.each(table)('turns %s into its document', (code, error, status, title, members) => {
    const { statusCode, headers, body } = problem('request-1', error);
    const document: unknown = JSON.parse(String(body));

    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(document).toEqual({
      type: 'about:blank',
      title,
      status,
      detail: error.message,
      code,
      requestId: 'request-1',
      ...error.facts,
    });
    expect(document).toMatchObject(members);
  });

  it('has a document for every code', () => {
    expect(Object.keys(statusOf).sort()).toEqual([...table.map(([code]) => code), 'internal_error'].sort());
  });

  it('asks to come back later for busy alone', () => {
    const withRetryAfter = table.filter(([, error]) => problem('r', error).headers?.['retry-after'] !== undefined);
    expect(withRetryAfter.map(([code]) => code)).toEqual(['busy']);
    expect(problem('r', busy(new Error('unreachable'))).headers).toMatchObject({ 'retry-after': '1' });
    expect(problem('r').headers).not.toHaveProperty('retry-after');
  });

  it('says nothing of the cause of a 500', () => {
    const { statusCode, headers, body } = problem('request-1');
    expect(statusCode).toBe(500);
    expect(headers).toEqual({ 'content-type': 'application/problem+json' });
    expect(JSON.parse(String(body))).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'Something went wrong on our side',
      code: 'internal_error',
      requestId: 'request-1',
    });
  });
});
