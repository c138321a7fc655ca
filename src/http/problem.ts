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
  not_deleted: 409,
  repeated_row: 409,
  stale_version: 412,
  body_too_large: 413,
  row_not_done: 413,
  unsupported_media_type: 415,
  category_not_found: 422,
  idempotency_key_reused: 422,
  precondition_required: 428,
  internal_error: 500,
  busy: 503,
};

const retryAfterSeconds = 1;

/** The answer for an error. Without one, it is a 500 that says nothing of its cause: the log has it, under `requestId`. */
export function problem(requestId: string, error?: ApplicationError): APIGatewayProxyStructuredResultV2 {
  const code = error?.code ?? 'internal_error';
  const statusCode = statusOf[code];
  return {
    statusCode,
    headers: {
      'content-type': 'application/problem+json',
      ...(code === 'busy' ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
    body: JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[statusCode],
      status: statusCode,
      detail: error?.message ?? 'Something went wrong on our side',
      code,
      requestId,
      ...error?.facts,
    }),
  };
}
