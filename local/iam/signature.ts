/** Who signed a request (Signature Version 4), as API Gateway and S3 check it: they sign what they received and compare. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { signHeaders, type SigningScope } from '../../src/sign-headers';

export interface ReceivedRequest {
  method: string;
  /** Path and query, as received. */
  target: string;
  /** Names in lower case, duplicates joined by commas. */
  headers: ReadonlyMap<string, string>;
  body: Uint8Array;
}

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiresAt: Date;
}

/** As on AWS: a signature is good for five minutes. */
const clockToleranceMs = 5 * 60 * 1000;

/**
 * The temporary credentials that the request is rightly signed with, as `credentialsFor` gives them; undefined means refused.
 * Only requests signed by headers are known, not URLs signed in advance. Never rejects, whatever was received.
 */
export async function verifySignature<Known extends Credentials>(
  { method, target, headers, body }: ReceivedRequest,
  credentialsFor: (accessKeyId: string, sessionToken: string) => Known | undefined,
  scope: SigningScope,
  now = new Date(),
): Promise<Known | undefined> {
  const authorization = parseAuthorization(headers.get('authorization'));
  const timestamp = headers.get('x-amz-date') ?? '';
  const date = parseTimestamp(timestamp);
  if (!authorization || !(Math.abs(now.getTime() - date.getTime()) <= clockToleranceMs)) return undefined;
  const { accessKeyId, signedNames } = authorization;
  const expectedScope = `${timestamp.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  if (authorization.scope !== expectedScope || !areComplete(signedNames, headers)) return undefined;
  // Signing again would take the header's word for what the body is; to S3 alone it may be left out of what is signed.
  const bodyHash = headers.get('x-amz-content-sha256');
  const isUnsigned = scope.service === 's3' && bodyHash === 'UNSIGNED-PAYLOAD';
  if (bodyHash !== undefined && !isUnsigned && bodyHash !== sha256(body)) return undefined;

  const credentials = credentialsFor(accessKeyId, headers.get('x-amz-security-token') ?? '');
  if (!credentials || !(credentials.expiresAt > now)) return undefined;
  const signedHeaders = Object.fromEntries(signedNames.map((name) => [name, headers.get(name) ?? '']));
  const signedAgain = await signHeaders({ method, target, headers: signedHeaders, body }, credentials, scope, date);
  const expected = parseAuthorization(signedAgain?.['authorization']);
  // Signing puts in its own date and token, and takes a header that is missing for an empty one.
  const isSame = signedNames.every((name) => signedAgain?.[name] === headers.get(name));
  return isSame && expected && timingSafeEqual(expected.signature, authorization.signature) ? credentials : undefined;
}

const authorizationFormat =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/([^\s,]+), *SignedHeaders=([^\s,]+), *Signature=([0-9a-f]{64})$/;

function parseAuthorization(header = '') {
  const [, accessKeyId, scope, names, signature] = authorizationFormat.exec(header) ?? [];
  if (!accessKeyId || !scope || !names || !signature) return undefined;
  return { accessKeyId, scope, signedNames: names.split(';'), signature: Buffer.from(signature, 'hex') };
}

/** The date that the text stands for; an invalid `Date` if it is none. */
function parseTimestamp(timestamp: string): Date {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const alwaysSigned = ['host', 'x-amz-date', 'x-amz-security-token'];

/** Each name is there once and in order, and none is missing that AWS wants to be signed. */
function areComplete(signedNames: readonly string[], headers: ReadonlyMap<string, string>): boolean {
  const needed = [...alwaysSigned, ...[...headers.keys()].filter((name) => name.startsWith('x-amz-'))];
  return (
    signedNames.every((name, position) => name > (signedNames[position - 1] ?? '')) &&
    needed.every((name) => signedNames.includes(name))
  );
}

const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');
