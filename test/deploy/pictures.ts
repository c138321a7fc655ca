/**
 * A picture at the deployed stack: sent by the form that the API signs, looked at by the function that the bucket's notification
 * invokes, shown by its product.
 */
import assert from 'node:assert/strict';
import {
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { eventually } from '../support/eventually';
import { sendForm } from '../support/image-store';
import { png } from '../support/pictures';
import { send, signIn } from '../support/stack';
import { clientSettings } from './account';
import { readStack, type EmulatedDeployment } from './deployed-stack';
import { admin } from './users';

interface Shown {
  images?: { url: string; width: number; height: number }[];
}

/** The bucket, with path-style addresses, as the emulator has them. */
export async function bucketOfPictures() {
  const { ImagesBucket: Bucket } = (await readStack()).physicalIds;
  return { Bucket, client: new S3Client({ ...clientSettings(), forcePathStyle: true }) };
}

/** What the bucket has for the address of a picture; the emulator has no CloudFront that would read it there. */
export async function fileAt(url: string) {
  const { client, Bucket } = await bucketOfPictures();
  const { pathname } = new URL(url);
  const { Body, ContentType, CacheControl } = await client.send(
    new GetObjectCommand({ Bucket, Key: pathname.slice(1) }),
  );
  return { content: Buffer.from((await Body?.transformToByteArray()) ?? []), ContentType, CacheControl };
}

export async function checkPictures({ apiUrl, ...pool }: EmulatedDeployment): Promise<string> {
  const { client, Bucket } = await bucketOfPictures();
  // It refuses whatever does not come by TLS, and the emulator speaks plain HTTP.
  await client.send(new DeleteBucketPolicyCommand({ Bucket }));
  const { AccessToken: token } = await signIn(pool, admin);
  const call = async (method: string, path: string, body: object | undefined, expected: number) => {
    const answer = await send(apiUrl, method, path, { token, ...(body && { body }) });
    assert.equal(answer.status, expected, JSON.stringify(answer.body));
    return answer.body;
  };
  const category = await call('POST', '/categories', { name: 'Pictured' }, 201);
  const fields = { sku: 'PICTURED', name: 'Pictured', price: { amount: 1, currency: 'EUR' }, categoryId: category.id };
  const product = await call('POST', '/products', fields, 201);
  const file = png(40, 30);
  const offer = { contentType: 'image/png', bytes: file.length, alt: 'Grey' };
  const form = await call('POST', `/admin/products/${product.id}/images`, offer, 201);
  const tooLong = await sendForm(form, Buffer.concat([file, Buffer.from('x')]));
  assert.equal(tooLong.status, 400, tooLong.text);
  const sent = await sendForm(form, file);
  assert.equal(sent.status, 204, sent.text);
  const [image] = await eventually('picture of the product', async () => {
    const { images } = (await call('GET', `/admin/products/${product.id}`, undefined, 200)) as Shown;
    return images;
  });
  assert.deepEqual([image?.width, image?.height], [40, 30]);

  const { content, ContentType, CacheControl } = await fileAt(image?.url ?? '');
  assert.ok(content.equals(file));
  assert.deepEqual([ContentType, CacheControl], ['image/png', 'public, max-age=31536000, immutable']);
  return new URL(image?.url ?? '').pathname;
}

/** As docs/deploy.md says: CloudFormation deletes no bucket with something in it. */
export async function emptyBucket(): Promise<void> {
  const { client, Bucket } = await bucketOfPictures();
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  const Objects = Contents.map(({ Key = '' }) => ({ Key }));
  if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}
