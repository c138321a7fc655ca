/** The bucket of pictures: what the function that looks at them asks of S3. */
import { sendToS3 } from '../aws/object-store';
import { readImageBucket } from '../config';
import type { ImageType } from './image';

/** An object, or its beginning. */
interface StoredFile {
  /** Differs for each content. */
  etag: string;
  type: string | undefined;
  /** The size of the whole object. */
  bytes: number;
  start: Buffer;
}

const ask = (method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', key: string, headers: Record<string, string> = {}) =>
  sendToS3(readImageBucket(), { method, key, headers });

/** For the log: not all that S3 says, which repeats the session token where that has expired. */
function unexpected(what: string, { status, body }: { status: number; body: Buffer }): Error {
  const said = ['Code', 'Message'].flatMap((element) => textIn(body.toString(), element) ?? []);
  return new Error(`S3 answered ${status} to ${what}: ${said.join(': ')}`);
}

/** The first bytes of an object; undefined where there is none. */
export async function readStart(key: string, bytes: number): Promise<StoredFile | undefined> {
  const answer = await ask('GET', key, { range: `bytes=0-${bytes - 1}` });
  if (answer.status === 404) return undefined;
  if (answer.status !== 206 && answer.status !== 200) throw unexpected('GetObject', answer);
  const { headers, body } = answer;
  const total = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return {
    etag: headers.etag ?? '',
    type: headers['content-type'],
    bytes: Number(total ?? body.length),
    start: body,
  };
}

/** Anyone may keep a file for a year: under its key there will never be another. */
const keptForEver = 'public, max-age=31536000, immutable';
const origin = 'x-amz-meta-of';

/**
 * Copies the file that has this etag, unless something is at `to` already. Answers whether a copy of this very file is
 * there, made now or before. Throws if `from` is no longer that file.
 */
export async function copyOnce(from: string, to: string, etag: string, type: ImageType): Promise<boolean> {
  const copied = await ask('PUT', to, {
    'x-amz-copy-source': `/${readImageBucket().bucket}/${from}`,
    'x-amz-copy-source-if-match': etag,
    'if-none-match': '*',
    'x-amz-metadata-directive': 'REPLACE',
    'content-type': type,
    'cache-control': keptForEver,
    [origin]: etag.replaceAll('"', ''),
  });
  // S3 can say of a copy that it failed under a status of 200 (CopyObject, API reference).
  if (copied.status === 200 && copied.body.includes('<CopyObjectResult')) return true;
  if (copied.status !== 412) throw unexpected('CopyObject', copied);
  const there = await ask('HEAD', to);
  if (there.status === 404) throw new Error('The file was replaced while it was looked at');
  if (there.status !== 200) throw unexpected('HeadObject', there);
  return there.headers[origin] === etag.replaceAll('"', '');
}

interface ListedFile {
  key: string;
  /** ISO 8601, UTC. */
  modifiedAt: string;
}

/** What is under a prefix, page by page. */
export async function* listFiles(prefix: string): AsyncGenerator<ListedFile[]> {
  for (let token: string | undefined = ''; token !== undefined;) {
    const query = { 'list-type': '2', prefix, ...(token && { 'continuation-token': token }) };
    const answer = await sendToS3(readImageBucket(), { method: 'GET', key: '', query });
    if (answer.status !== 200) throw unexpected('ListObjectsV2', answer);
    const xml = answer.body.toString();
    yield [...xml.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([file]) => ({
      key: textIn(file, 'Key') ?? '',
      modifiedAt: textIn(file, 'LastModified') ?? '',
    }));
    token = textIn(xml, 'NextContinuationToken');
  }
}

/** Our keys, and S3's tokens and times, have no character that XML would escape. */
const textIn = (xml: string, element: string) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

/** Deletes objects; one that is not there is no error. */
export async function remove(keys: string[]): Promise<void> {
  await Promise.all(
    keys.map(async (key) => {
      const answer = await ask('DELETE', key);
      if (answer.status !== 204) throw unexpected('DeleteObject', answer);
    }),
  );
}
