/** Sends an object, or a part of it, with the conditions that HTTP has for reads (RFC 9110, 13 and 14). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Objects, StoredObject } from './objects';
import { S3Error } from './answers';

/** For GET and HEAD. Throws `S3Error` before anything is sent. */
export async function sendObject(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { objects, object, extra }: { objects: Objects; object: StoredObject; extra: Record<string, string> },
): Promise<void> {
  const etag = `"${object.etag}"`;
  const described = { etag, 'last-modified': new Date(object.modifiedAt).toUTCString(), ...extra };
  if (lists(headers['if-match'], etag) === false) {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (lists(headers['if-none-match'], etag)) {
    response.writeHead(304, described).end();
    return;
  }
  const part = rangeOf(headers.range, object.size);
  const { start, end } = part ?? { start: 0, end: object.size - 1 };
  response.writeHead(part ? 206 : 200, {
    ...described,
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    'content-length': end - start + 1,
    ...(part && { 'content-range': `bytes ${start}-${end}/${object.size}` }),
  });
  if (method === 'HEAD' || object.size === 0) response.end();
  else await pipeline(objects.read(object, { start, end }), response);
}

/** Undefined where the header is not there. */
const lists = (header: string | undefined, etag: string): boolean | undefined =>
  header?.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')));

/** The one range of bytes that the header asks for; S3 ignores a header that asks for none. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', { ActualObjectSize: size });
  }
  return { start, end };
}
