/** S3 and CloudFront of the local stack over HTTP: uploads by form, signed calls, and what everyone may look at. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { printError } from '../../deployment/terminal';
import { prefixes } from '../../resources/picture-rules';
import { localRegion } from '../account';
import { verifySignature } from '../iam/signature';
import { isSentToLoopback, refusalMessage } from '../loopback/guard';
import type { Bucket } from './bucket';
import { corsHeaders, type CorsRule } from './cors';
import { perform } from './operations';
import type { BucketCredentials } from './post-policy';
import { sendObject } from './read';
import { accessDenied, errorDocument, S3Error, signatureDoesNotMatch } from './answers';
import { upload } from './upload';

export interface ServerSettings {
  bucket: Bucket;
  credentials: BucketCredentials;
  corsRules: readonly CorsRule[];
  /** What CloudFront adds to what it serves. */
  readHeaders: Record<string, string>;
}

/** What a request addresses: `/BUCKET/KEY` is S3's, `/images/…` CloudFront's. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  query: URLSearchParams;
}

export function s3Server(settings: ServerSettings): RequestListener {
  return (request, response) => {
    answer(settings, request, response).catch((error: unknown) => {
      refuse(request, response, error);
    });
  };
}

async function answer(settings: ServerSettings, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bucket, corsRules } = settings;
  const { method, headers } = request;
  const cors = corsHeaders(corsRules, request);
  const { origin, host = '' } = headers;
  // On AWS a page that no rule is about may send, and not see the answer; here it has no business at all.
  if (!isSentToLoopback(headers) || (origin !== undefined && origin !== `http://${host}` && !cors)) {
    throw accessDenied(refusalMessage);
  }
  for (const [name, value] of Object.entries(cors ?? {})) response.setHeader(name, value);
  if (method === 'OPTIONS') {
    if (!cors) throw accessDenied('CORSResponse: This CORS request is not allowed.');
    response.writeHead(200).end();
    return;
  }
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const exchange = { request, response, query, path: decode(pathname) };
  if (exchange.path.startsWith(`/${prefixes.served}`)) return showPicture(settings, exchange);
  const [, name = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(exchange.path) ?? [];
  if (name !== bucket.name) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  }
  if (method !== 'POST') return callOperation(settings, exchange, key);
  if (key !== '' || query.size > 0) {
    throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  const object = await upload(request, bucket, settings.credentials);
  response.writeHead(204, { etag: `"${object.etag}"`, location: `http://${host}/${name}/${encodeURI(object.key)}` });
  response.end();
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** As CloudFront does, which is all that may read without a signature. */
async function showPicture(
  { bucket: { objects }, readHeaders }: ServerSettings,
  { request, response, path }: Exchange,
): Promise<void> {
  const object = objects.get(path.slice(1));
  if (!object || (request.method !== 'GET' && request.method !== 'HEAD')) throw accessDenied();
  const { cacheControl } = object;
  const extra = { ...readHeaders, ...(cacheControl !== undefined && { 'cache-control': cacheControl }) };
  await sendObject(request, response, { objects, object, extra });
}

async function callOperation(
  { bucket, credentials }: ServerSettings,
  { request, response, query }: Exchange,
  key: string,
): Promise<void> {
  if (request.headers.authorization === undefined) throw accessDenied();
  const body = await readBody(request);
  const headers = new Map(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',') ?? '']),
  );
  const known = { ...credentials, expiresAt: new Date(Date.now() + 1000) };
  const signer = await verifySignature(
    { method: request.method ?? '', target: request.url ?? '', headers, body },
    (accessKeyId, token) => (accessKeyId === known.accessKeyId && token === known.sessionToken ? known : undefined),
    { region: localRegion, service: 's3' },
  );
  if (!signer) throw signatureDoesNotMatch();
  await perform(bucket, { request, response, key, query, body });
}

/** In bytes: more than the largest object that a function writes, the search snapshot of a million products. */
const bodyLimit = 256 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit)
      throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** How long a client may go on sending after it was refused, so that it comes to read the answer, in milliseconds. */
const patienceMs = 1_000;

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // The client has gone.
  if (request.destroyed && !request.complete) return;
  const known =
    error instanceof S3Error ? error : new S3Error(500, 'InternalError', 'The log of the local stack says why.');
  if (known !== error) printError(error instanceof Error ? error.message : String(error));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(known.status, { 'content-type': 'application/xml', connection: 'close' });
  response.write(request.method === 'HEAD' ? '' : errorDocument(known));
  request.resume();
  const end = () => response.end();
  if (request.complete) return void end();
  request.once('end', end);
  setTimeout(end, patienceMs).unref();
}
