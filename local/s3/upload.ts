/** An upload by a form: its fields say what may come, and its file is held to that as it streams. */
import type { IncomingMessage } from 'node:http';
import type { Bucket } from './bucket';
import { readForm } from './form';
import type { About, Arrived, StoredObject } from './objects';
import { verifyForm, type BucketCredentials, type Fields, type SizeRange } from './post-policy';
import { invalidArgument, notImplemented, S3Error } from './answers';

/** Throws `S3Error`, with nothing kept, as soon as it is known that the form or its file is refused. */
export async function upload(
  request: IncomingMessage,
  bucket: Bucket,
  credentials: BucketCredentials,
): Promise<StoredObject> {
  let put: { key: string; about: About; arrived: Arrived } | undefined;
  try {
    await readForm(request, async (fields, file) => {
      const range = verifyForm({ fields, bucket: bucket.name }, credentials, new Date());
      const [key, about] = [keyOf(fields), aboutOf(fields)];
      const arrived = await bucket.objects.receive(file, (size) => holdToMost(size, range));
      put = { key, about, arrived };
      if (arrived.size < range.least) throw tooSmall(arrived.size, range);
    });
  } catch (error) {
    if (put) bucket.objects.discard(put.arrived);
    throw error;
  }
  if (!put) throw new Error('A form was read, and its file was not taken');
  return bucket.put('Post', put.key, put.about, put.arrived);
}

function holdToMost(size: number, { most }: SizeRange): void {
  if (size <= most) return;
  const details = { ProposedSize: size, MaxSizeAllowed: most };
  throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', details);
}

const tooSmall = (size: number, { least }: SizeRange) =>
  new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: size,
    MinSizeAllowed: least,
  });

function keyOf(fields: Fields): string {
  const key = fields.get('key') ?? '';
  if (key === '') throw invalidArgument("Bucket POST must contain a field named 'key'.");
  if (key.includes('${filename}')) throw notImplemented('keys with ${filename}');
  if (Buffer.byteLength(key) > 1024) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  return key;
}

const ofSignature = /^(?:bucket|key|policy|x-amz-(?:algorithm|credential|date|security-token|signature)|x-ignore-.*)$/;

function aboutOf(fields: Fields): About {
  const about: About = { contentType: 'binary/octet-stream', metadata: {} };
  for (const [name, value] of fields) {
    if (name === 'content-type') about.contentType = value;
    else if (name === 'cache-control') about.cacheControl = value;
    else if (name.startsWith('x-amz-meta-')) about.metadata[name.slice('x-amz-meta-'.length)] = value;
    else if (!ofSignature.test(name)) throw notImplemented(`the form field ${name}`);
  }
  return about;
}
