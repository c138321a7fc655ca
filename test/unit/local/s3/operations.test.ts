/** Calls of the AWS SDK to the bucket of the local stack, and what can be read there without a signature. */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type CopyObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { signHeaders } from '../../../../src/sign-headers';
import { localRegion } from '../../../../local/account';
import { imagesBucket } from '../../../../local/s3/image-store';
import { clientOf, newImageStore, type TestImageStore } from '../../../support/image-store';
import { ask } from '../../../support/http-server';

let store: TestImageStore;

beforeAll(async () => {
  store = await newImageStore({ origins: ['https://shop.example.com'] });
});

afterAll(() => store.remove());

const at = (Key: string) => ({ Bucket: imagesBucket, Key });
const put = (key: string, more: Partial<PutObjectCommandInput> = {}) =>
  store.client.send(new PutObjectCommand({ ...at(key), Body: '0123456789', ContentType: 'image/png', ...more }));
const get = (key: string, more = {}) => store.client.send(new GetObjectCommand({ ...at(key), ...more }));
const copy = (from: string, to: string, more: Partial<CopyObjectCommandInput> = {}) =>
  store.client.send(new CopyObjectCommand({ ...at(to), CopySource: `${imagesBucket}/${from}`, ...more }));
const textOf = async (key: string) => (await get(key)).Body?.transformToString();

it('an object is as it was put, under a key of any characters', async () => {
  const key = 'images/a b/ü+&=%?#.png';
  await put(key, { Metadata: { author: 'me' }, CacheControl: 'no-store' });
  expect(await get(key)).toMatchObject({
    ContentType: 'image/png',
    ContentLength: 10,
    CacheControl: 'no-store',
    Metadata: { author: 'me' },
  });
  expect(await textOf(key)).toBe('0123456789');
  expect(await store.client.send(new HeadObjectCommand(at(key)))).toMatchObject({ ContentLength: 10 });
});

it('a range of it is read alone, and one that it does not have is refused', async () => {
  await put('images/range');
  const part = async (Range: string) => {
    const { Body, ContentRange } = await get('images/range', { Range });
    return [await Body?.transformToString(), ContentRange];
  };
  expect(await part('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
  expect(await part('bytes=7-')).toEqual(['789', 'bytes 7-9/10']);
  expect(await part('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
  expect(await part('bytes=8-99')).toEqual(['89', 'bytes 8-9/10']);
  expect(await part('bytes=4-2')).toEqual(['0123456789', undefined]);
  await expect(part('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
});

it('an object without a byte is one', async () => {
  // Its checksum is all zeros.
  await put('images/empty', { Body: Buffer.alloc(0), ContentLength: 0 });
  expect(await get('images/empty')).toMatchObject({ ContentLength: 0 });
  expect(await textOf('images/empty')).toBe('');
});

it('a read holds to the version that it names', async () => {
  const { ETag } = await put('images/version');
  await expect(get('images/version', { IfMatch: ETag })).resolves.toMatchObject({ ETag });
  await expect(get('images/version', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

it('an object is put where there is none alone, if it is asked so', async () => {
  await put('images/once', { IfNoneMatch: '*' });
  const second = put('images/once', { IfNoneMatch: '*', Body: 'other' });
  await expect(second).rejects.toMatchObject({ name: 'PreconditionFailed' });
  expect(await textOf('images/once')).toBe('0123456789');
});

it('bytes that do not have the checksum they come with are refused', async () => {
  await expect(put('images/broken', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
});

describe('a copy', () => {
  it('has what the original has, or what it is given instead', async () => {
    await put('pending/original', { Metadata: { author: 'me' } });
    await copy('pending/original', 'images/copy');
    expect(await get('images/copy')).toMatchObject({ ContentType: 'image/png', Metadata: { author: 'me' } });
    await copy('pending/original', 'images/other', { MetadataDirective: 'REPLACE', ContentType: 'image/webp' });
    expect(await get('images/other')).toMatchObject({ ContentType: 'image/webp', Metadata: {} });
    expect(await textOf('images/other')).toBe('0123456789');
  });

  it('of an object onto itself needs other metadata', async () => {
    await put('images/same');
    await expect(copy('images/same', 'images/same')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await copy('images/same', 'images/same', { MetadataDirective: 'REPLACE', ContentType: 'image/webp' });
    expect(await get('images/same')).toMatchObject({ ContentType: 'image/webp' });
    expect(await textOf('images/same')).toBe('0123456789');
  });

  it('is made where there is none alone, if it is asked so', async () => {
    await put('pending/first');
    await put('images/there', { Body: 'there' });
    await expect(copy('pending/first', 'images/there', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await textOf('images/there')).toBe('there');
  });

  it('is refused where the original is not the version that was asked for, or is not there', async () => {
    await put('pending/checked');
    const late = copy('pending/checked', 'images/checked', { CopySourceIfMatch: '"of what was checked"' });
    await expect(late).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(copy('pending/gone', 'images/checked')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const elsewhere = copy('', 'images/checked', { CopySource: 'other/pending/checked' });
    await expect(elsewhere).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(get('images/checked')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

it('an object is deleted, and deleting it again changes nothing', async () => {
  await put('pending/deleted');
  for (let times = 0; times < 2; times++) await store.client.send(new DeleteObjectCommand(at('pending/deleted')));
  await expect(get('pending/deleted')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it('keys are listed in order, page by page', async () => {
  for (const name of ['c', 'a', 'b']) await put(`listed/${name}`);
  const page = (ContinuationToken?: string) =>
    store.client.send(
      new ListObjectsV2Command({ Bucket: imagesBucket, Prefix: 'listed/', MaxKeys: 2, ContinuationToken }),
    );
  const first = await page();
  expect(first.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
    ['listed/a', 10],
    ['listed/b', 10],
  ]);
  const second = await page(first.NextContinuationToken);
  expect([second.IsTruncated, second.Contents?.map(({ Key }) => Key)]).toEqual([false, ['listed/c']]);
});

describe('a call is refused', () => {
  const refused = (client: S3Client) => expect(client.send(new GetObjectCommand(at('images/version')))).rejects;
  const withCredentials = (changed: object) =>
    clientOf({ url: store.url, credentials: { ...store.credentials, ...changed } });

  it.each([
    ['another secret', { secretAccessKey: 'local' }],
    ['another key id', { accessKeyId: 'other' }],
    ['another token', { sessionToken: 'other' }],
    ['no token', { sessionToken: undefined }],
  ])('with %s', (_, changed) => refused(withCredentials(changed)).toMatchObject({ name: 'SignatureDoesNotMatch' }));

  it('signed for another region', () => {
    const { url: endpoint, credentials } = store;
    const elsewhere = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
    return refused(elsewhere).toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  it.each([
    ['GET', `/${imagesBucket}/images/version`],
    ['GET', `/${imagesBucket}?list-type=2`],
    ['PUT', `/${imagesBucket}/images/version`],
    ['DELETE', `/${imagesBucket}/images/version`],
    ['GET', '/'],
    ['DELETE', '/images/version'],
    ['GET', '/images/../pending/original'],
    ['GET', '/images/%2e%2e/pending/original'],
    ['GET', '/images/none'],
  ])('without a signature: %s %s', async (method, path) => {
    const { status } = await ask(Number(new URL(store.url).port), { method, path });
    expect([403, 404]).toContain(status);
  });

  it('for an operation that the local stack does not know', async () => {
    const { host } = new URL(store.url);
    const target = `/${imagesBucket}/images/version?acl`;
    const request = { method: 'GET', target, headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const scope = { region: localRegion, service: 's3' };
    const headers = await signHeaders(request, store.credentials, scope, new Date());
    const { host: _, ...sent } = headers ?? {};
    const response = await fetch(`${store.url}${target}`, { headers: sent });
    expect([response.status, await response.text()]).toEqual([501, expect.stringContaining('<Code>NotImplemented')]);
  });

  it('for what the local stack would leave out: tags, and where a list begins', async () => {
    const unknown = { name: 'NotImplemented' };
    await expect(put('images/tagged', { Tagging: 'a=b' })).rejects.toMatchObject(unknown);
    const list = new ListObjectsV2Command({ Bucket: imagesBucket, StartAfter: 'images/range' });
    await expect(store.client.send(list)).rejects.toMatchObject(unknown);
  });
});

describe('a picture', () => {
  const CacheControl = 'public, max-age=31536000, immutable';

  beforeAll(() => put('images/01JP/01JI.png', { Metadata: { author: 'me' }, CacheControl }));

  it('is served to everyone as CloudFront serves it, and says nothing of its uploader', async () => {
    const response = await fetch(`${store.url}/images/01JP/01JI.png`);
    expect([response.status, await response.text()]).toEqual([200, '0123456789']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': CacheControl,
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(response.headers.get('x-amz-meta-author')).toBeNull();
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await fetch(`${store.url}/images/01JP/01JI.png`, { method: 'HEAD' });
    const again = await fetch(`${store.url}/images/01JP/01JI.png`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

describe('web pages', () => {
  const from = (origin: string, question: object) =>
    ask(Number(new URL(store.url).port), {
      path: `/${imagesBucket}`,
      ...question,
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('of the bucket’s origins may upload, and read the answer', async () => {
    const preflight = await from('https://shop.example.com', { method: 'OPTIONS' });
    expect(preflight).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': 'https://shop.example.com',
        'access-control-allow-methods': 'POST',
      },
    });
    const answer = await from('https://shop.example.com', { method: 'POST' });
    expect(answer).toMatchObject({
      status: 412,
      headers: { 'access-control-allow-origin': 'https://shop.example.com' },
    });
  });

  it.each(['OPTIONS', 'POST', 'GET', 'DELETE'])('of other origins may not: %s', async (method) => {
    for (const origin of ['https://evil.example', 'null', 'https://shop.example.com.evil.example']) {
      const answer = await from(origin, { method });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('of the bucket’s origins may do nothing else', async () => {
    expect((await from('https://shop.example.com', { method: 'DELETE' })).status).toBe(403);
  });

  it('reach it by names of this machine alone', async () => {
    const { port } = new URL(store.url);
    const answer = await ask(Number(port), { headers: { host: 'evil.example' }, path: '/images/01JP/01JI.png' });
    expect(answer.status).toBe(403);
  });
});
