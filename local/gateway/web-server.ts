/** hapi, the server beneath serverless-offline, held to what API Gateway does of a request before any route, and of any answer. */
import { isSentToLoopback, refusalMessage } from '../loopback/guard';
import type { HapiServer } from '../hapi';
import type { Cors } from './cors';
import { joinHeaders } from './headers';

/**
 * What hapi or serverless-offline would act upon: a 304 or 206 of what a function has answered, a 400 to a cookie that some page
 * of this machine has set, leave for every origin that asks. Functions take their headers from elsewhere.
 */
const headersOfServer = ['origin', 'cookie', 'if-none-match', 'if-modified-since', 'range', 'if-range'];

export function holdToApiGateway(server: HapiServer, cors: Cors | undefined): void {
  server.settings.compression = false;
  // serverless-offline has it cut off, which makes `/products/` the route `/products`.
  server.settings.router.stripTrailingSlash = false;
  server.events.on('route', ({ settings }) => {
    settings.cache = false;
    settings.response.ranges = false;
  });

  server.ext('onRequest', ({ raw: { req } }, toolkit) => {
    const { method, headers } = req;
    const { origin } = headers;
    if (!isSentToLoopback(headers)) return toolkit.response({ message: refusalMessage }).code(403).takeover();
    for (const name of headersOfServer) headers[name] = undefined;
    const isPreflight = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    if (!cors || origin === undefined || !isPreflight) return toolkit.continue;
    const preflight = toolkit.response().code(204);
    for (const [name, value] of Object.entries(cors.preflightHeadersFor(origin))) preflight.header(name, value);
    return preflight.takeover();
  });

  server.ext('onPreResponse', ({ raw: { req }, response }, toolkit) => {
    const headers = cors?.headersFor(joinHeaders(req.rawHeaders).get('origin')) ?? {};
    if ('output' in response) Object.assign(response.output.headers, headers);
    else {
      if (isFunctionError(response.source)) {
        response.code(500).type('application/json').charset('');
        response.source = JSON.stringify({ message: 'Internal Server Error' });
      }
      Object.assign(response.headers, headers);
    }
    return toolkit.continue;
  });
}

/** serverless-offline answers 200 where a function has failed, with its stack; API Gateway answers 500, with nothing of it. */
const isFunctionError = (source: unknown) => typeof source === 'string' && /^\{\s*"errorMessage":/.test(source);
