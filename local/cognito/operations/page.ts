/** Lists of the pool's API come in pages, as on AWS. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';

/** What Cognito gives at most, and unless fewer are asked for. */
const most = 60;

export const pageInput = { Limit: z._default(z.int().check(z.minimum(0), z.maximum(most)), most) };

/** The page behind the token; `next` is missing at the end. Throws `ServiceError` where the token is none. */
export function page<Item>(items: readonly Item[], limit: number, token = '0'): { items: Item[]; next?: string } {
  if (!/^\d{1,9}$/.test(token)) throw new ServiceError('InvalidParameterException', 'Invalid pagination token.');
  const end = Number(token) + (limit || most);
  const next = end < items.length ? { next: String(end) } : {};
  return { items: items.slice(Number(token), end), ...next };
}
