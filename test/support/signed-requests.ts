/** Signed requests as a gateway receives them, and ways to change them afterwards. */
import { createHash } from 'node:crypto';
import { signRequest } from '../../deployment/sign-request';
import { verifySignature, type ReceivedRequest } from '../../local/iam/signature';

export const now = new Date('2030-01-02T03:04:05Z');
export const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
export const scope = { region: 'eu-central-1', service: 'execute-api' };
export const host = '127.0.0.1:3000';

export const mine = {
  accessKeyId: 'ASIAMINE',
  secretAccessKey: 'my secret',
  sessionToken: 'my/session+token==',
  expiresAt: minutes(30),
};
export const theirs = {
  accessKeyId: 'ASIATHEIRS',
  secretAccessKey: 'their secret',
  sessionToken: 'their-token',
  expiresAt: minutes(30),
};

const credentialsFor = (accessKeyId: string, sessionToken: string) =>
  [mine, theirs].find((known) => known.accessKeyId === accessKeyId && known.sessionToken === sessionToken);

export const verify = (request: ReceivedRequest, { at = now, within = scope } = {}) =>
  verifySignature(request, credentialsFor, within, at);

export interface Outgoing {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: string;
}

export const post = {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'user-agent': 'test' },
  body: '{"name":"Kaffee für Zürich ☕"}',
};

/** What is received when the request is sent as `signRequest` answers it. */
export async function signed(outgoing: Outgoing = {}, credentials = mine, region = scope.region, at = now) {
  const { method = 'GET', url: address = `http://${host}/products`, headers = {}, body } = outgoing;
  const url = new URL(address);
  const request = await signRequest(new Request(address, { method, headers, body }), credentials, region, at);
  return received(
    method,
    `${url.pathname}${url.search}`,
    { ...Object.fromEntries(request.headers), host: url.host },
    body,
  );
}

export const received = (method: string, target: string, headers: Record<string, string>, body = '') => ({
  method,
  target,
  headers: new Map(Object.entries(headers)),
  body: Buffer.from(body),
});

export function withHeader(request: ReceivedRequest, name: string, value: string | undefined): ReceivedRequest {
  const headers = new Map(request.headers);
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return { ...request, headers };
}

export function reauthorized(request: ReceivedRequest, change: (authorization: string) => string): ReceivedRequest {
  const before = request.headers.get('authorization') ?? '';
  const after = change(before);
  if (before === after) throw new Error('Nothing was changed.');
  return withHeader(request, 'authorization', after);
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
