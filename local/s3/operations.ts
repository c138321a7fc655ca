/** The operations on objects that functions and commands call with signed headers (S3 API reference). */
import { crc32 } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Bucket } from './bucket';
import type { About, StoredObject } from './objects';
import { listObjects } from './list-objects';
import { sendObject } from './read';
import { accessDenied, invalidArgument, noSuchKey, notImplemented, S3Error, sendXml } from './answers';

export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  /** Empty for the bucket itself. */
  key: string;
  query: URLSearchParams;
  body: Buffer;
}

type Operation = (bucket: Bucket, call: Call) => Promise<void> | void;

const operations: Readonly<Record<string, Operation>> = {
  'GET object': getObject,
  'HEAD object': getObject,
  'PUT object': putObject,
  'DELETE object': ({ objects }, { key, response }) => {
    objects.remove(key);
    response.writeHead(204).end();
  },
  'GET bucket list-type': listObjects,
};

/** Query parameters that make a request to the same address another operation. */
const subresource = /^(?!x-id$|prefix$|max-keys$|continuation-token$|encoding-type$)/;

/** Throws `S3Error`. */
export async function perform(bucket: Bucket, call: Call): Promise<void> {
  const { request, key, query } = call;
  const kind = [
    request.method,
    key === '' ? 'bucket' : 'object',
    ...[...query.keys()].filter((name) => subresource.test(name)),
  ];
  const operation = operations[kind.join(' ')];
  if (!operation) throw notImplemented(`the operation ${kind.join(' ')}`);
  await operation(bucket, call);
}

function required(object: StoredObject | undefined, key: string): StoredObject {
  if (!object) throw noSuchKey(key);
  return object;
}

async function getObject({ objects }: Bucket, { request, response, key }: Call): Promise<void> {
  const object = required(objects.get(key), key);
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
  const { cacheControl } = object;
  const extra = {
    ...Object.fromEntries(metadata),
    ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
  };
  await sendObject(request, response, { objects, object, extra });
}

async function putObject(bucket: Bucket, call: Call): Promise<void> {
  const { request, response, key, body } = call;
  const { headers } = request;
  if (headers['if-none-match'] === '*' && bucket.objects.get(key)) throw preconditionFailed();
  if (headers['x-amz-copy-source'] !== undefined) {
    copyObject(bucket, call);
    return;
  }
  const checksum = headers['x-amz-checksum-crc32'];
  if (
    checksum !== undefined &&
    Buffer.from(String(checksum), 'base64').toString('hex') !== crc32(body).toString(16).padStart(8, '0')
  ) {
    throw new S3Error(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  const arrived = await bucket.objects.receive(Readable.from([body]));
  const object = bucket.put('Put', key, describedBy(headers), arrived);
  response.writeHead(200, { etag: `"${object.etag}"` }).end();
}

function copyObject(bucket: Bucket, { request: { headers }, response, key }: Call): void {
  const source = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '');
  const [name, ...rest] = source.split('/');
  if (name !== bucket.name) throw accessDenied();
  const from = required(bucket.objects.get(rest.join('/')), rest.join('/'));
  const wanted = headers['x-amz-copy-source-if-match'];
  if (wanted !== undefined && String(wanted).replaceAll('"', '') !== from.etag) throw preconditionFailed();
  const replaces = directive(headers['x-amz-metadata-directive']);
  if (from.key === key && !replaces) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    );
  }
  const object = bucket.copy(from, key, replaces ? describedBy(headers) : from);
  const modified = new Date(object.modifiedAt).toISOString();
  sendXml(response, 'CopyObjectResult', [
    ['LastModified', modified],
    ['ETag', `"${object.etag}"`],
  ]);
}

function directive(header: string | string[] | undefined): boolean {
  if (header !== undefined && header !== 'COPY' && header !== 'REPLACE') throw invalidArgument('Unknown directive.');
  return header === 'REPLACE';
}

/** What a request says of the object that it makes. Throws `S3Error` for tags, which are not kept here. */
function describedBy(headers: IncomingMessage['headers']): About {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)] as const);
  if (headers['x-amz-tagging'] !== undefined) throw notImplemented('tags');
  const { 'cache-control': cacheControl, 'content-type': contentType = 'binary/octet-stream' } = headers;
  return {
    contentType,
    metadata: Object.fromEntries(metadata),
    cacheControl,
  };
}

const preconditionFailed = () =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
