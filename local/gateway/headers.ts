/** The headers of a request as API Gateway passes them on. */
import type { IncomingMessage } from 'node:http';

/** serverless-offline takes a handler's authorizer context from this header, whoever sent it. */
export const contextHeader = 'sls-offline-authorizer-override';

/** Header names in lower case, and duplicates joined by commas. */
export function joinHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let position = 0; position < rawHeaders.length; position += 2) {
    const name = rawHeaders[position]?.toLowerCase() ?? '';
    const value = rawHeaders[position + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  headers.delete(contextHeader);
  return headers;
}

/** What goes along with a request to its function: the authorizer's context, and what serverless-offline has no place for. */
export interface Passed {
  requestId: string;
}

/** Replaces what the client sent by the headers that API Gateway would pass on, with what `functionEvent` finds there. */
export function rewriteHeaders(request: IncomingMessage, headers: Map<string, string>, passed: Passed): void {
  // serverless-offline would assume application/json; RFC 9110 (8.3) gives a body of no type this one.
  if (!headers.has('content-type')) headers.set('content-type', 'application/octet-stream');
  // It would also parse a body of JSON, and hand the handler what `false`, `null` or `"text"` alone stand for.
  request.headers['content-type'] = 'application/octet-stream';
  headers.set(contextHeader, JSON.stringify(passed));
  request.rawHeaders.splice(0, Infinity, ...[...headers].flat());
}

/** The cookies, of any shape, by their names; several of one name are a list. */
export function readCookies(header = ''): Record<string, string | string[]> {
  const cookies = new Map<string, string[]>();
  for (const [, name = '', value = ''] of header.matchAll(/([^=;\s][^=;]*)=?([^;]*)/g)) {
    cookies.set(name, [...(cookies.get(name) ?? []), value.trim()]);
  }
  return Object.fromEntries(
    [...cookies].map(([name, [first = '', ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
}
