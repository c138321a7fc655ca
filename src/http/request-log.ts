/** One line in the log for each request: what was asked, what was answered, and why, where it was refused or failed. */
import type { APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';
import type { Caller } from '../access/caller';
import { ApplicationError } from '../errors';
import { log } from '../log';
import type { HttpEvent } from './event';

/**
 * `failure` is what was thrown. Anything but an `ApplicationError` is unforeseen, and logged as an error with its
 * stack.
 */
export function logRequest(
  event: HttpEvent,
  response: Response,
  caller: Caller | undefined,
  failure: { error: unknown } | undefined,
  milliseconds: number,
): void {
  const line = {
    route: event.routeKey,
    status: response.statusCode,
    requestId: event.requestContext.requestId,
    sub: caller?.sub,
    milliseconds: Math.round(milliseconds),
  };
  if (!failure) log.info('request', line);
  else if (failure.error instanceof ApplicationError) {
    const { code, cause } = failure.error;
    log.info('request', { ...line, code, cause: cause instanceof Error ? causeName(cause) : undefined });
  } else log.error('request', { ...line, code: 'internal_error' }, failure.error);
}

/** Node names a failed connection by its code alone, as in ECONNREFUSED. */
const causeName = (cause: Error) => ('code' in cause ? String(cause.code) : cause.name);
