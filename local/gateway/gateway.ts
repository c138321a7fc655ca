/**
 * API Gateway's part in the local stack, as serverless-offline's authentication provider: lets requests in and makes
 * their headers and authorizer context what they would be on AWS.
 */
import type { IncomingMessage } from 'node:http';
import { authorizerFor } from './authorizers';
import { serveDocs } from '../docs/docs';
import type { HapiRequest, HapiServer, HapiToolkit } from '../hapi';

/** The origins of web pages that may call the API, as the parameter `corsOrigins` has them on AWS. */
const corsOrigins = (process.env['CORS_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());

const messages = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 500: 'Internal Server Error' };

/** Header names in lower case, and duplicates joined by commas. */
function joinHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const name = rawHeaders[position]?.toLowerCase() ?? '';
    const value = rawHeaders[position + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  // serverless-offline takes a handler's authorizer context from this header, whoever sent it.
  headers.delete(contextHeader);
  return headers;
}

const contextHeader = 'sls-offline-authorizer-override';

/** Replaces what the client sent by the headers that API Gateway would pass on, with the authorizer's context. */
function rewriteHeaders(request: IncomingMessage, headers: Map<string, string>, context: object): void {
  // serverless-offline would assume application/json; RFC 9110 (8.3) gives a body of no type this one.
  if (!headers.has('content-type')) headers.set('content-type', 'application/octet-stream');
  // It would also parse a body of JSON, and hand the handler what `false`, `null` or `"text"` alone stand for.
  request.headers['content-type'] = 'application/octet-stream';
  headers.set(contextHeader, JSON.stringify(context));
  request.rawHeaders.splice(0, Infinity, ...[...headers].flat());
}

function refuse(toolkit: HapiToolkit, status: keyof typeof messages): unknown {
  const response = toolkit.response({ message: messages[status] }).code(status);
  return (status === 401 ? response.header('www-authenticate', 'Bearer') : response).takeover();
}

/** What the API's server answers besides the API: its documentation, and what API Gateway says where there is no route. */
function addOwnRoutes(server: HapiServer): void {
  if (server.match('*', '/{path*}')) return;
  serveDocs(server);
  server.route({ method: '*', path: '/{path*}', handler: (_, toolkit) => refuse(toolkit, 404) });
}

/** Called by serverless-offline for every route: how requests to it are let in. */
function authenticationProvider(
  endpoint: { authorizer?: { name?: string; type?: string } | null },
  functionKey: string,
  method: string,
  path: string,
) {
  const kind = endpoint.authorizer ? (endpoint.authorizer.name ?? endpoint.authorizer.type ?? '') : 'none';
  const authorize = authorizerFor(kind);

  /** Lets the request in with its context, or answers it. */
  const decide = async (
    { req }: HapiRequest['raw'],
    body: Uint8Array,
    toolkit: HapiToolkit,
    accepted: () => unknown,
  ) => {
    const headers = joinHeaders(req.rawHeaders);
    const request = { method, target: req.url ?? '', headers, body, routeKey: `${method} ${path}` };
    const answer = await authorize(request);
    if ('status' in answer) return refuse(toolkit, answer.status);
    rewriteHeaders(req, headers, answer.context);
    return accepted();
  };
  // A signature covers the body, which is read after `authenticate` alone.
  const readsBody = kind === 'aws_iam' && method !== 'GET';
  const authenticated = (toolkit: HapiToolkit) => toolkit.authenticated({ credentials: {} });

  const name = `${functionKey} ${method} ${path}`;
  return {
    name,
    scheme: name,
    getAuthenticateFunction: (server: HapiServer) => {
      addOwnRoutes(server);
      return {
        async authenticate({ raw }: HapiRequest, toolkit: HapiToolkit) {
          // serverless-offline takes `/products/` for `/products`, and HEAD for GET; to API Gateway they are other routes.
          if (/^[^?]*\/(?:\?|$)/.test(raw.req.url ?? '') || raw.req.method !== method) return refuse(toolkit, 404);
          // It would also let in every origin that asks.
          if (!corsOrigins.includes(raw.req.headers.origin ?? '')) delete raw.req.headers.origin;
          if (!readsBody) return decide(raw, new Uint8Array(), toolkit, () => authenticated(toolkit));
          // Nobody is known until the signature has been checked.
          rewriteHeaders(raw.req, joinHeaders(raw.req.rawHeaders), {});
          return authenticated(toolkit);
        },
        ...(readsBody && {
          payload: ({ raw, payload }: HapiRequest, toolkit: HapiToolkit) =>
            decide(raw, payload instanceof Uint8Array ? payload : new Uint8Array(), toolkit, () => toolkit.continue),
          options: { payload: true },
        }),
      };
    },
  };
}

// serverless-offline wants the function itself as the module.
export = authenticationProvider;
