/** Pictures over weeks and months: a clock that tests put forward, uploads that become pictures, and the function that sweeps. */
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import type { handler as acceptImages } from '../../functions/accept-image';
import { imagesBucket } from '../../local/s3/image-store';
import { send } from './catalog';
import { added } from './changes';
import { at } from './clock';
import { askForUpload, type Offer } from './function-uploads';
import { sendForm, type TestImageStore } from './image-store';
import { itemAt, putItems } from './put-items';
import { pngHead } from './pictures';

export const [minute, day] = [60_000, 24 * 60 * 60_000];

// Only ever forward: what is swept once lies behind the place that the function keeps.
let today = Date.now();

/** From now on, it is so much later. */
export const pass = (milliseconds: number): void => {
  today += milliseconds;
};

/** Acts at the time that it is by now. */
export const now = <Result>(act: () => Promise<Result>): Promise<Result> => at(new Date(today).toISOString(), act);

// Functions are loaded on demand, once a test file has put its own parts in place.
export const sweep = () =>
  now(async () =>
    (await import('../../functions/sweep-images')).handler({}, { getRemainingTimeInMillis: () => 300_000 }),
  );

/** Tells the function, as S3 does, of the picture that was sent. */
export async function tellOf(offer: Offer): Promise<void> {
  const { handler } = await import('../../functions/accept-image');
  const event = { Records: [{ s3: { object: { key: offer.fields['key'] } } }] } as Parameters<typeof acceptImages>[0];
  await now(() => handler(event, { getRemainingTimeInMillis: () => 20_000 }));
}

/** A picture and its preview, sent for a product; nobody has been told. */
export async function sendPicture(productId: string, file: Uint8Array = pngHead(640, 480)): Promise<Offer> {
  const preview = pngHead(40, 30);
  return now(async () => {
    const offer = await askForUpload(productId, file.length, { preview: { bytes: preview.length } });
    if (!offer.preview) throw new Error('No form for the preview');
    expect(await sendForm(offer.preview, preview)).toMatchObject({ status: 204 });
    expect(await sendForm(offer, file)).toMatchObject({ status: 204 });
    return offer;
  });
}

/** Asks for so many uploads, of which nothing comes, and answers their ids: the first by its form, the others as if by theirs. */
export async function addUploads(productId: string, count: number): Promise<string[]> {
  const { imageId: first } = await now(() => askForUpload(productId, 100));
  const ticket = await itemAt(`PRODUCT#${productId}`, `IMAGE#${first}`);
  const ids = [first, ...Array.from({ length: count - 1 }, () => ulid(today))];
  await putItems(
    ids.map((imageId) => {
      const changeKey = String(ticket['changeKey']).replace(first, imageId);
      return { ...ticket, sk: `IMAGE#${imageId}`, imageId, changeKey };
    }),
  );
  return ids;
}

/** Gives the product a picture; answers its id. */
export async function addPicture(productId: string): Promise<string> {
  const offer = await sendPicture(productId);
  await tellOf(offer);
  return offer.imageId;
}

/** Gives the product a picture and, by the same version of it, more of the same that have no files; answers the ids of all. */
export async function addPictures(productId: string, count: number): Promise<string[]> {
  const ids = [await addPicture(productId), ...Array.from({ length: count - 1 }, () => ulid(today))];
  const pk = `PRODUCT#${productId}`;
  const product = await itemAt(pk, 'PRODUCT');
  const images = ids.map((id) => ({ ...(product['images'] as object[])[0], id }));
  const entry = await itemAt(pk, `HISTORY#${String(product['version']).padStart(10, '0')}`);
  await putItems([
    { ...product, images },
    { ...entry, changes: [added('/images', images)] },
  ]);
  return ids;
}

/** Leaves the product these pictures. */
export async function keepPictures(id: string, ids: string[]): Promise<void> {
  const body = { images: ids.map((imageId) => ({ id: imageId })) };
  expect((await now(() => send('PATCH /products/{productId}', { id, body }))).status).toBe(200);
}

/** The keys of a product's files, without what they begin with; those that wait, or those that are shown. */
export async function filesOf({ client }: TestImageStore, productId: string, where: 'pending' | 'images') {
  const Prefix = `${where}/${productId}/`;
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: imagesBucket, Prefix }));
  return Contents.map(({ Key = '' }) => Key.slice(Prefix.length)).sort();
}

/** Both files of each of these pictures, as `filesOf` names them. */
export const filesNamed = (...ids: string[]) => ids.flatMap((id) => [`${id}-400.png`, `${id}.png`]).sort();

/** What the bucket does with what has waited for a day. */
export async function expire({ client }: TestImageStore, key: string): Promise<void> {
  for (const Key of [key, `${key}.preview`]) {
    await client.send(new DeleteObjectCommand({ Bucket: imagesBucket, Key }));
  }
}
