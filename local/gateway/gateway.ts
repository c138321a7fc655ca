/**
 * API Gateway's part in the local stack, as serverless-offline's authentication provider: lets requests in and makes
 * their headers and authorizer context what they would be on AWS.
 */
import { randomUUID } from 'node:crypto';
import { readOrigins } from '../../resources/cors';
import { serveDocs } from '../docs/docs';
import type { HapiRequest, HapiServer, HapiToolkit } from '../hapi';
import { authorizerFor } from './authorizers';
import { corsOf } from './cors';
import { joinHeaders, readCookies, rewriteHeaders } from './headers';
import { holdToApiGateway } from './web-server';

const messages = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 500: 'Internal Server Error' };

function refuse(toolkit: HapiToolkit, status: keyof typeof messages): unknown {
  // API Gateway names no charset, and there are clients that compare the whole media type.
  const response = toolkit.response({ message: messages[status] }).code(status).charset('');
  return (status === 401 ? response.header('www-authenticate', 'Bearer') : response).takeover();
}

/** What belongs to the whole server and not to a route: what it does of itself, its documentation, and what is no route. */
function prepareServer(server: HapiServer): void {
  if (server.match('*', '/{path*}')) return;
  holdToApiGateway(server, corsOf(readOrigins(process.env['CORS_ORIGINS'] ?? '')));
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
  const decide = async (incoming: HapiRequest, body: Uint8Array, toolkit: HapiToolkit, accepted: () => unknown) => {
    const { req } = incoming.raw;
    const headers = joinHeaders(req.rawHeaders);
    const requestId = randomUUID();
    const request = { method, target: req.url ?? '', headers, body, routeKey: `${method} ${path}`, requestId };
    const answer = await authorize(request);
    if ('status' in answer) return refuse(toolkit, answer.status);
    // The event has cookies apart.
    incoming.state = readCookies(headers.get('cookie'));
    headers.delete('cookie');
    rewriteHeaders(req, headers, { ...answer.context, requestId });
    return accepted();
  };
  // A signature covers the body, which is read after `authenticate` alone.
  const readsBody = kind === 'aws_iam' && method !== 'GET';
  const before = path.endsWith('{proxy+}') ? path.replace('{proxy+}', '') : '';
  const authenticated = (toolkit: HapiToolkit) => toolkit.authenticated({ credentials: {} });

  const name = `${functionKey} ${method} ${path}`;
  return {
    name,
    scheme: name,
    getAuthenticateFunction: (server: HapiServer) => {
      prepareServer(server);
      return {
        async authenticate(request: HapiRequest, toolkit: HapiToolkit) {
          const { req } = request.raw;
          // hapi takes HEAD for GET, and `/console-api` for `/console-api/{proxy+}`; to API Gateway they are other routes.
          if (req.method !== method || !(req.url ?? '').startsWith(before)) return refuse(toolkit, 404);
          if (!readsBody) return decide(request, new Uint8Array(), toolkit, () => authenticated(toolkit));
          // Nobody is known until the signature has been checked.
          rewriteHeaders(req, joinHeaders(req.rawHeaders), { requestId: '' });
          return authenticated(toolkit);
        },
        ...(readsBody && {
          payload: (request: HapiRequest, toolkit: HapiToolkit) => {
            const body = request.payload instanceof Uint8Array ? request.payload : new Uint8Array();
            return decide(request, body, toolkit, () => toolkit.continue);
          },
          options: { payload: true },
        }),
      };
    },
  };
}

// serverless-offline wants the function itself as the module.
export = authenticationProvider;
