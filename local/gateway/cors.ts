/** CORS of an HTTP API, for the local stack: API Gateway answers preflights itself, and marks every answer to a page that may read it. */
import { corsConfiguration } from '../../resources/cors';

export interface Cors {
  /** For every answer to a page of this origin; none where the page may not read it. */
  headersFor(origin: string | undefined): Record<string, string>;
  /** For the answer to the preflight of such a page: what is configured, whatever the page has asked for. */
  preflightHeadersFor(origin: string): Record<string, string>;
}

/** Undefined where no origin is configured: then CORS is off, and a preflight is a request to no route. */
export function corsOf(origins: string[]): Cors | undefined {
  if (origins.length === 0) return undefined;
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = corsConfiguration(origins);
  // The parameter also takes *, http://* and https://*.
  const isAllowed = (origin: string) =>
    AllowOrigins.some((allowed) =>
      allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : origin === allowed,
    );
  const headersFor = (origin: string | undefined): Record<string, string> =>
    origin === undefined || !isAllowed(origin)
      ? {}
      : {
          'access-control-allow-origin': AllowOrigins.includes('*') ? '*' : origin,
          'access-control-expose-headers': ExposeHeaders.join(','),
        };
  return {
    headersFor,
    preflightHeadersFor: (origin) =>
      isAllowed(origin)
        ? {
            ...headersFor(origin),
            'access-control-allow-methods': AllowMethods.join(','),
            'access-control-allow-headers': AllowHeaders.join(','),
            'access-control-max-age': String(MaxAge),
          }
        : {},
  };
}
