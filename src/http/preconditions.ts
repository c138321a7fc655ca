/** Conditional writes: which version of the record the caller believes to be changing (RFC 9110, section 13). */
import type { HttpEvent } from './event';
import { invalidRequest, preconditionRequired } from '../errors';

/** An ETag as the API gives it. */
export const etag = /^"([1-9]\d{0,14})"$/;

/**
 * The version in `If-Match`, or undefined where any will do: no header, or `*`. Throws `precondition_required` for a PUT
 * without the header, since a PUT overwrites fields that the caller may never have seen, and `invalid_request` for
 * anything but one ETag as the API gives it, and on a route that changes no version: a condition of a write is never ignored.
 */
export function expectedVersion(event: HttpEvent, conditional: boolean): number | undefined {
  const { method } = event.requestContext.http;
  if (method !== 'GET' && event.headers['if-none-match'] !== undefined) {
    throw refusal('has no meaning for a write: If-Match names the version that is to be changed', 'if-none-match');
  }
  const header = event.headers['if-match']?.trim();
  if (header === undefined) {
    if (conditional && method === 'PUT') throw preconditionRequired();
    return undefined;
  }
  if (!conditional) throw refusal('has no meaning here, where no version is changed: leave it out');
  if (header === '*') return undefined;
  const version = etag.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  // RFC 9110, 13.1.1: If-Match compares strongly, and so never matches a weak ETag.
  if (header.startsWith('W/')) {
    throw refusal(
      'must not be a weak ETag (W/): it stands for what is like that version, not the same; send "3" for W/"3"',
    );
  }
  throw refusal('must be one ETag as the API gives it, such as "3", or *');
}

const refusal = (detail: string, header = 'if-match') =>
  invalidRequest([{ in: 'header', pointer: `/${header}`, detail }]);
