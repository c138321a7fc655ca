/** `Idempotency-Key`: what makes a request safe to send again. */
import { createHash } from 'node:crypto';
import { invalidRequest } from '../errors';
import type { HttpEvent } from './event';

/** What an `Idempotency-Key` may be. */
export const idempotencyKey = /^[\x21-\x7e]{1,255}$/;

/**
 * What tells this request from others and not from its repetitions; undefined where the client sent no key. `body` is what
 * validation made of it, so that spacing and the order of fields make no other request. Throws `invalid_request` for a key
 * that is not 1 to 255 visible ASCII characters.
 */
export function repeatableRequest(event: HttpEvent, caller: string, body: unknown) {
  const key = event.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!idempotencyKey.test(key)) {
    const detail = 'must be 1 to 255 visible ASCII characters';
    throw invalidRequest([{ in: 'header', pointer: '/idempotency-key', detail }]);
  }
  const fingerprint = createHash('sha256')
    .update(`${event.routeKey}\n${JSON.stringify(body, inOrder)}`)
    .digest('hex');
  return { caller, key, fingerprint };
}

/** Sorts fields by name: validation puts those it knows in order, but not those that callers may name as they like. */
const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
