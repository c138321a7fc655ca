/** Event patterns as EventBridge and Lambda's filters understand them, as far as this project writes any. */

/** A member has to be there, and to be one of those listed, or to begin so. Throws where a pattern says anything else. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`This is no pattern: ${JSON.stringify(pattern)}`);
  if (!isObject(event)) return false;
  return Object.entries(pattern).every(([name, wanted]) =>
    Array.isArray(wanted) ? wanted.some((one) => isLike(one, event[name])) : matches(wanted, event[name]),
  );
}

function isLike(wanted: unknown, value: unknown): boolean {
  if (typeof wanted === 'string') return value === wanted;
  const { prefix, ...others } = isObject(wanted) ? wanted : {};
  if (typeof prefix !== 'string' || Object.keys(others).length > 0) {
    throw new Error(`Nothing here knows what ${JSON.stringify(wanted)} matches`);
  }
  return typeof value === 'string' && value.startsWith(prefix);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
