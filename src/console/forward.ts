/** Passes a request of the page on to the API, as the person who is signed in, and the API's answer back. */
import { config, type ConsoleSettings } from '../config';
import type { HttpEvent } from '../http/event';
import { signHeaders } from '../sign-headers';
import { busy, forbidden, notFound, Refusal, signedOut, type Answer } from './answers';
import { reach } from './reach';
import { roleCredentials } from './role-credentials';

const prefix = '/console-api';

/** Segments of letters, digits, `_` and `-` alone, so that no path says another one in a roundabout way. */
const knownPath = /^\/(?:products|categories|admin)(?:\/[\w-]+)*$/;

const sentOn = ['accept', 'content-type', 'if-match', 'if-none-match', 'idempotency-key'];
const sentBack = ['content-type', 'etag', 'retry-after', 'idempotency-replayed', 'cache-control'];

/** Throws `notFound` for a path that is none of the API's, and `busy` where the API does not answer. */
export function forwardTo({ apiUrl, issuer, identityPool }: ConsoleSettings) {
  const credentialsFor = identityPool && roleCredentials(identityPool, issuer);

  return async (event: HttpEvent, token: string): Promise<Answer> => {
    const path = event.rawPath.slice(prefix.length);
    if (!knownPath.test(path)) throw notFound();
    const { method } = event.requestContext.http;
    const target = `${path}${event.rawQueryString ? `?${event.rawQueryString}` : ''}`;
    const body = event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : undefined;
    const headers = only(sentOn, (name) => event.headers[name]);
    const authorized = credentialsFor
      ? await signed({ method, target, headers: { ...headers, host: new URL(apiUrl).host }, body }, token)
      : { ...headers, authorization: `Bearer ${token}` };
    const request = { method, headers: authorized, ...(body && { body }) };
    return answerOf(await reach(`${apiUrl}${target}`, request));
  };

  async function signed(request: Parameters<typeof signHeaders>[0], token: string): Promise<Record<string, string>> {
    const credentials = await credentialsFor?.(token);
    // Whoever has no role is turned away by the gateway, but for what everyone may read.
    if (!credentials) return request.headers;
    const scope = { region: config.region, service: 'execute-api' };
    const headers = await signHeaders(request, credentials, scope, new Date());
    if (!headers)
      throw new Refusal(400, 'invalid_request', 'The query has a part without a name, or a % that stands for nothing');
    return headers;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status } = response;
  const isOurs = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  // The gateway's own refusals are no problem documents.
  if (status >= 400 && !isOurs) throw refusalOf(status);
  return {
    statusCode: status,
    headers: {
      ...only(sentBack, (name) => response.headers.get(name) ?? undefined),
      'x-content-type-options': 'nosniff',
    },
    body: await response.text(),
  };
}

function refusalOf(status: number): Refusal {
  if (status === 403) return forbidden();
  if (status === 404) return notFound();
  // 401: a token that the gateway takes no more, as after a change of the pool's keys.
  if (status === 401) return signedOut();
  return busy(new Error(`The gateway answered ${status}`));
}

/** The headers of these names that there are. */
const only = (names: readonly string[], valueOf: (name: string) => string | undefined): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
