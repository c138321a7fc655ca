/**
 * Who may speak to a service of the local stack: programs of this machine, and web pages of chosen origins. Every other page that
 * a browser here has open could too, since the browser is on this machine: straight, or by a name of its own that it has led to
 * the loopback address (DNS rebinding).
 */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';

/** Whether the request was sent to this machine by one of its own names, which nobody else can lead here. */
export const isSentToLoopback = ({ host = '' }: IncomingHttpHeaders): boolean =>
  /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);

export const refusalMessage =
  'The local stack answers to the names 127.0.0.1 and localhost, and to web pages of the origins in CORS_ORIGINS alone.';

/**
 * The listener for those who may speak to it: programs, its own pages, and pages of these origins, which are told so (CORS). Everyone else gets a 403 before it. An origin is exact, as in `http://localhost:5173`.
 */
export function guarded(origins: readonly string[], listener: RequestListener): RequestListener {
  return (request, response) => {
    const { method, headers } = request;
    const { host = '', origin } = headers;
    const ofOtherOrigin = origin !== undefined && origin !== `http://${host}`;
    if (!isSentToLoopback(headers) || (ofOtherOrigin && !origins.includes(origin))) {
      // What is still being sent is not wanted.
      response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ message: refusalMessage }));
      return;
    }
    if (ofOtherOrigin) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-amzn-errortype, x-amzn-requestid');
      response.setHeader('vary', 'origin');
    }
    if (ofOtherOrigin && method === 'OPTIONS') response.writeHead(204, allowed).end();
    else listener(request, response);
  };
}

/** Not `authorization`: what is signed is for the operator's commands, and never for a page. */
const allowed = {
  'access-control-allow-headers':
    'content-type, cache-control, x-amz-target, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request',
  'access-control-allow-methods': 'GET, POST',
  'access-control-max-age': '600',
};
