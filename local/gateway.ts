/**
 * API Gateway's part in the local stack, as serverless-offline's authentication provider: lets requests in and makes
 * their headers and authorizer context what they would be on AWS.
 */
import type { IncomingMessage } from 'node:http';
import { jwtContext } from './jwt-authorizer';

/** Header names in lower case, and duplicates joined by commas. */
function joinHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const name = rawHeaders[position]?.toLowerCase() ?? '';
    const value = rawHeaders[position + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

// serverless-offline takes a handler's authorizer context from this header, whoever sent it.
const contextHeader = 'sls-offline-authorizer-override';

/** Replaces what the client sent by the headers that API Gateway would pass on, with the authorizer's context. */
function rewriteHeaders(request: IncomingMessage, headers: Map<string, string>, context: object): void {
  // serverless-offline would assume application/json; RFC 9110 (8.3) gives a body of no type this one.
  if (!headers.has('content-type')) headers.set('content-type', 'application/octet-stream');
  headers.set(contextHeader, JSON.stringify(context));
  request.rawHeaders.splice(0, Infinity, ...[...headers].flat());
}

/** The origins of web pages that may call the API, as the parameter `corsOrigins` has them on AWS. */
const corsOrigins = (process.env['CORS_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());

interface HapiResponse {
  code(status: number): HapiResponse;
  header(name: string, value: string): HapiResponse;
  takeover(): unknown;
}

interface HapiToolkit {
  authenticated(auth: { credentials: object }): unknown;
  response(body: object): HapiResponse;
}

/** Called by serverless-offline for every route: how requests to it are let in. */
function authenticationProvider(
  endpoint: { authorizer?: { name: string } },
  functionKey: string,
  method: string,
  path: string,
) {
  const { authorizer } = endpoint;
  if (authorizer && authorizer.name !== 'cognito') {
    throw new Error(`The local gateway does not know the authorizer ${authorizer.name} of ${method} ${path}`);
  }
  const name = `${functionKey} ${method} ${path}`;
  return {
    name,
    scheme: name,
    getAuthenticateFunction: () => ({
      async authenticate({ raw: { req } }: { raw: { req: IncomingMessage } }, toolkit: HapiToolkit) {
        // serverless-offline takes `/products/` for `/products`; to API Gateway they are two routes.
        if (/^[^?]*\/(?:\?|$)/.test(req.url ?? '')) {
          return toolkit.response({ message: 'Not Found' }).code(404).takeover();
        }
        // It would also let in every origin that asks.
        if (!corsOrigins.includes(req.headers.origin ?? '')) delete req.headers.origin;

        const headers = joinHeaders(req.rawHeaders);
        headers.delete(contextHeader);
        const context = authorizer ? await jwtContext(headers.get('authorization')) : {};
        if (!context) {
          const refusal = toolkit.response({ message: 'Unauthorized' }).code(401);
          return refusal.header('www-authenticate', 'Bearer').takeover();
        }
        rewriteHeaders(req, headers, context);
        return toolkit.authenticated({ credentials: {} });
      },
    }),
  };
}

// serverless-offline wants the function itself as the module.
export = authenticationProvider;
