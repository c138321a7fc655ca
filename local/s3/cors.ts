/** The bucket's CORS rules, as S3 goes by them ("Using cross-origin resource sharing", S3 user guide). */
import type { IncomingMessage } from 'node:http';

export interface CorsRule {
  AllowedOrigins: string[];
  AllowedMethods: string[];
  AllowedHeaders: string[];
  MaxAge: number;
}

/**
 * The CORS headers for a page of the request's origin and for its method, or the method that its preflight asks for;
 * undefined if no rule allows it.
 */
export function corsHeaders(rules: readonly CorsRule[], { method, headers }: IncomingMessage) {
  const { origin } = headers;
  const asked = method === 'OPTIONS' ? headers['access-control-request-method'] : method;
  const names = (headers['access-control-request-headers'] ?? '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean);
  const rule = rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders }) =>
      origin !== undefined &&
      AllowedOrigins.some((allowed) => matches(allowed, origin)) &&
      AllowedMethods.includes(asked ?? '') &&
      names.every((name) => AllowedHeaders.includes(name)),
  );
  if (!rule || origin === undefined) return undefined;
  return {
    'access-control-allow-origin': rule.AllowedOrigins.includes('*') ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(names.length > 0 && { 'access-control-allow-headers': names.join(', ') }),
    'access-control-max-age': String(rule.MaxAge),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** One `*` stands for anything. */
function matches(allowed: string, origin: string): boolean {
  const [before = '', after] = allowed.split('*', 2);
  if (after === undefined) return allowed === origin;
  return origin.length >= allowed.length - 1 && origin.startsWith(before) && origin.endsWith(after);
}
