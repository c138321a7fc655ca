/** Problem documents (RFC 9457): how each error code looks over HTTP. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { STATUS_CODES } from 'node:http';
import type { ApplicationError, ErrorCode } from '../errors';

export const statusOf: Readonly<Record<ErrorCode | 'internal_error', number>> = {
  invalid_request: 400,
  invalid_json: 400,
  forbidden: 403,
  not_found: 404,
  sku_taken: 409,
  slug_taken: 409,
  category_in_use: 409,
  category_has_children: 409,
  not_deleted: 409,
  account_exists: 409,
  account_unproved: 409,
  last_admin: 409,
  too_many_images: 409,
  repeated_row: 409,
  stale_version: 412,
  body_too_large: 413,
  row_not_done: 413,
  unsupported_media_type: 415,
  category_not_found: 422,
  parent_not_found: 422,
  category_cycle: 422,
  category_too_deep: 422,
  too_many_categories: 422,
  idempotency_key_reused: 422,
  precondition_required: 428,
  internal_error: 500,
  busy: 503,
};

const retryAfterSeconds = 1;

const membersOf = (code: ErrorCode | 'internal_error', detail: string) => ({
  type: 'about:blank',
  title: STATUS_CODES[statusOf[code]],
  status: statusOf[code],
  detail,
  code,
});

/** What there is to say of an error, of a request or of a part of one. */
export const problemOf = ({ code, message, facts }: ApplicationError) => ({ ...membersOf(code, message), ...facts });

/** The answer for an error. Without one, it is a 500 that says nothing of its cause: the log has it, under `requestId`. */
export function problem(requestId: string, error?: ApplicationError): APIGatewayProxyStructuredResultV2 {
  const members = error ? problemOf(error) : membersOf('internal_error', 'Something went wrong on our side');
  return {
    statusCode: members.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(members.code === 'busy' ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
    body: JSON.stringify({ ...members, requestId }),
  };
}
