/** The query of a request, in which each parameter is given once. */
import { invalidRequest } from '../errors';
import type { HttpEvent } from './event';
import { pointer } from './validation';

/**
 * Throws `invalid_request` for a parameter that is given twice: API Gateway joins its values by a comma, and a search
 * for two words would look for one text that nothing has.
 */
export function readQuery({ rawQueryString, queryStringParameters }: HttpEvent): Record<string, string | undefined> {
  const seen = new Set<string>();
  for (const name of new URLSearchParams(rawQueryString).keys()) {
    if (seen.has(name)) throw invalidRequest([{ in: 'query', pointer: pointer([name]), detail: 'is given twice' }]);
    seen.add(name);
  }
  return queryStringParameters ?? {};
}
