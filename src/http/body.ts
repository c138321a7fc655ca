/** Reads a JSON body: its media type, size, encoding and syntax, before any schema sees it. */
import type { HttpEvent } from './event';
import { bodyTooLarge, invalidJson, invalidRequest, unsupportedEncoding, unsupportedMediaType } from '../errors';
import { isQuicklyNormalized, toNfc } from '../normalization';

/** As much as one record may take. */
const longestRecord = 64 * 1024;

/** `limit` is in bytes. Throws `unsupported_media_type`, `body_too_large`, `invalid_json`. */
export function parseBody(event: HttpEvent, limit = longestRecord): unknown {
  requireJson(event);
  requireIdentity(event);
  const bytes = bytesOf(event);
  if (bytes.length > limit) throw bodyTooLarge(limit);
  if (bytes.length === 0) throw invalidJson('The body is empty');

  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidJson('The body is not UTF-8');
  }
  // Normalisation can make text three times as long (U+1D160), and a history entry has to hold what a product was and
  // what it becomes: the limit counts after it, too. Text that cannot be normalised quickly is left to its field, which
  // refuses it.
  if (isQuicklyNormalized(text) && Buffer.byteLength(toNfc(text)) > limit) throw bodyTooLarge(limit);
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson('The body is not JSON');
  }
}

/**
 * The gateway encodes what it takes for binary, which is all but text and a few types: JSON as a merge patch, too, and JSON without a
 * type (ministackorg/ministack#766, which has asked AWS).
 */
function bytesOf({ body, isBase64Encoded }: HttpEvent): Buffer {
  // A missing body is no member of the event on AWS, and null in what serverless-offline makes of it.
  const sent = body ?? '';
  if (isBase64Encoded && !/^[A-Za-z0-9+/]*={0,2}$/.test(sent)) throw invalidJson('The body is not base64');
  return Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8');
}

/**
 * Throws `invalid_request` for a body where none is taken: to restore a product with `{"version": 1}` would not bring that
 * version back. Some clients send an empty object of themselves; a body of GET or DELETE means nothing (RFC 9110, section 9.3).
 */
export function refuseBody(event: HttpEvent): void {
  if (/^(?:GET|DELETE)$/.test(event.requestContext.http.method)) return;
  if (/^\s*(?:\{\s*\}\s*)?$/.test(bytesOf(event).toString())) return;
  throw invalidRequest([{ in: 'body', pointer: '', detail: 'has no meaning here: leave it out' }]);
}

function requireIdentity(event: HttpEvent): void {
  const encoding = event.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw unsupportedEncoding();
}

/** The media types that a body may have. */
export const acceptedTypes = (method: string) =>
  method === 'PATCH' ? ['application/merge-patch+json', 'application/json'] : ['application/json'];

function requireJson(event: HttpEvent): void {
  const accepted = acceptedTypes(event.requestContext.http.method);
  const [mediaType = '', ...parameters] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  const foreignCharset = parameters.some((parameter) => {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
    return name === 'charset' && !/^"?utf-?8"?$/.test(value);
  });
  if (!accepted.includes(mediaType.trim()) || foreignCharset) throw unsupportedMediaType(accepted);
}
