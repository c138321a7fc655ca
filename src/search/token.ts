/** The token of a search: the last position that was shown. It has nothing that its page did not show. */
import type { Position, Sort } from './question';

export const encodeToken = (sort: Sort, position: Position): string =>
  Buffer.from(JSON.stringify([sort, ...position])).toString('base64url');

/** The position, where the token is one of this sort. */
export function decodeToken(token: string, sort: Sort): Position | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (!isList(parts) || parts.length !== 3) return undefined;
    const [of, value, id] = parts;
    if (of !== sort || typeof id !== 'string' || (typeof value !== 'string' && typeof value !== 'number')) {
      return undefined;
    }
    return typeof value === (/name|sku/.test(sort) ? 'string' : 'number') ? [value, id] : undefined;
  } catch {
    return undefined;
  }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
