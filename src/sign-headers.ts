/** Signature Version 4: how AWS_IAM knows who sends a request. For the console, for commands, and for the local gateway, which signs again to check. */
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';

export interface SigningCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface SigningScope {
  region: string;
  service: string;
}

interface SignableRequest {
  method: string;
  /** Path and query, as they are sent. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
}

/**
 * The headers with `x-amz-date`, the session token and the `authorization` that signs them all; undefined for a target that
 * cannot be signed as a whole. For every service but S3, the path is encoded once more and its dots and empty segments are
 * resolved. A signed `x-amz-content-sha256` is taken for the body's hash.
 */
export async function signHeaders(
  { method, target, headers, body }: SignableRequest,
  credentials: SigningCredentials,
  scope: SigningScope,
  date: Date,
): Promise<Record<string, string> | undefined> {
  const pathAndQuery = parseTarget(target);
  if (!pathAndQuery) return undefined;
  const uriEscapePath = scope.service !== 's3';
  const sha256 = Hash.bind(null, 'sha256');
  const signer = new SignatureV4({ ...scope, credentials, sha256, uriEscapePath, applyChecksum: false });
  const signed = await signer.sign(new HttpRequest({ method, ...pathAndQuery, headers, body }), {
    signingDate: date,
    // Or it would leave out some, such as user-agent.
    signableHeaders: new Set(Object.keys(headers)),
  });
  return signed.headers;
}

/** The library would leave a parameter of one of these names out of what it signs, or its value. */
const unsignable = /^(?:x-amz-.*|__proto__)$/i;

function parseTarget(target: string) {
  const [, path, search] = /^(\/[^?]*)(?:\?(.*))?$/s.exec(target) ?? [];
  if (path === undefined || !target.isWellFormed()) return undefined;
  const query = new Map<string, string[]>();
  for (const part of search ? search.split('&') : []) {
    const [, name, value] = /^([^=]+)=?(.*)$/s.exec(part)?.map(decode) ?? [];
    if (name === undefined || value === undefined || unsignable.test(name)) return undefined;
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return { path, query: Object.fromEntries(query) };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
