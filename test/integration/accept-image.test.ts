/** What is sent for an upload becomes a picture of its product once, or never: whatever fails on the way, and how often it is told. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { handler } from '../../functions/accept-image';
import { imagesBucket } from '../../local/s3/image-store';
import { encodedFile, encodedPictures } from '../support/encoded-pictures';
import { createCategory, createProduct, readProduct, send } from '../support/catalog';
import { sampled } from '../support/depth';
import { askForUpload, storeForFunctions, type Form } from '../support/function-uploads';
import { productHistory, readHistory } from '../support/history-pages';
import { sendForm, type TestImageStore } from '../support/image-store';
import { avifBomb, croppedAvif, jpeg, pngHead } from '../support/pictures';
import { addPictures } from '../support/sweeping';
import { expectSoundTable } from '../support/table-contents';

const route = 'POST /admin/products/{productId}/images';
const context = { getRemainingTimeInMillis: () => 20_000 };
let store: TestImageStore;
let categoryId: string;

beforeAll(async () => {
  store = await storeForFunctions();
  categoryId = (await createCategory()).id;
});

afterAll(() => store.remove());

const ask = (productId: string, file: Uint8Array, more: object = {}) =>
  askForUpload(productId, file.length, { alt: 'Red', ...more });

async function post(form: Form, file: Uint8Array) {
  expect(await sendForm(form, file)).toMatchObject({ status: 204 });
}

const keyOf = ({ fields }: Form) => fields['key'] ?? '';
const tell = (...keys: string[]) =>
  handler({ Records: keys.map((key) => ({ s3: { object: { key } } })) } as Parameters<typeof handler>[0], context);

const uploads = async (id: string) =>
  ((await send('GET /admin/products/{productId}/images', { id })).body as { items: object[] }).items;

async function served(url: string) {
  const path = new URL(url).pathname;
  return (await fetch(`${store.url}${path}`)).status;
}

const newProduct = () => createProduct(categoryId);

it('adds what was sent to the product, in a version of its own, by who asked for the form', async () => {
  const { id } = await newProduct();
  const file = pngHead(640, 480);
  const offer = await ask(id, file);
  await post(offer, file);
  expect(await uploads(id)).toMatchObject([{ id: offer.imageId, state: 'awaited' }]);
  await tell(keyOf(offer));

  const product = await readProduct(id);
  const url = `https://images.example.com/images/${id}/${offer.imageId}.png`;
  expect(product).toMatchObject({ version: 2, updatedBy: 'ada' });
  expect(product.images).toEqual([{ id: offer.imageId, url, alt: 'Red', width: 640, height: 480 }]);
  expect(await uploads(id)).toMatchObject([{ id: offer.imageId, state: 'accepted' }]);
  expect(await served(url)).toBe(200);
  const [entry] = await readHistory(productHistory, id);
  expect(entry).toMatchObject({ version: 2, by: 'ada', changes: [{ pointer: '/images' }] });
});

it('takes the preview along that was sent before, and leaves out one that is none, or too large for one', async () => {
  const { id } = await newProduct();
  const file = pngHead(640, 480);
  const offers = [];
  for (const preview of [pngHead(400, 300), new Uint8Array(9), pngHead(401, 300)]) {
    const offer = await ask(id, file, { preview: { bytes: preview.length } });
    if (!offer.preview) throw new Error('No form for the preview');
    await post(offer.preview, preview);
    await post(offer, file);
    await tell(keyOf(offer.preview), keyOf(offer));
    offers.push(offer);
  }
  const { images = [] } = await readProduct(id);
  expect(images.map(({ previewUrl }) => previewUrl)).toEqual([
    `https://images.example.com/images/${id}/${offers[0]?.imageId ?? ''}-400.png`,
    undefined,
    undefined,
  ]);
  expect(await served(images[0]?.previewUrl ?? '')).toBe(200);
});

it('changes nothing when it is told again, or of a form that is sent again, or of a picture that has been dropped', async () => {
  const { id } = await newProduct();
  const file = pngHead(10, 10);
  const offer = await ask(id, file);
  await post(offer, file);
  await tell(keyOf(offer));
  await tell(keyOf(offer));
  await post(offer, pngHead(10, 10));
  await tell(keyOf(offer));
  expect(await readProduct(id)).toMatchObject({ version: 2, images: [{ id: offer.imageId }] });

  await send('PATCH /products/{productId}', { id, body: { images: [] } });
  await post(offer, file);
  await tell(keyOf(offer));
  const product = await readProduct(id);
  expect(product).toMatchObject({ version: 3 });
  expect(product.images).toBeUndefined();
});

it('takes what real encoders make, each file as large as a browser shows it', async () => {
  // What is read of each of them, test/unit/images/inspect.test.ts tells; these are of all types.
  const pictures = sampled(encodedPictures);
  expect(new Set(pictures.map(({ type }) => type))).toEqual(new Set(encodedPictures.map(({ type }) => type)));
  const { id } = await newProduct();
  for (const { name, type } of pictures) {
    const file = encodedFile(name);
    const offer = await ask(id, file, { contentType: type });
    await post(offer, file);
    await tell(keyOf(offer));
  }
  const { images = [] } = await readProduct(id);
  expect(images.map(({ width, height }) => ({ width, height }))).toEqual(
    pictures.map(({ width, height }) => ({ width, height })),
  );
  for (const [index, { name, type }] of pictures.entries()) {
    const response = await fetch(`${store.url}${new URL(images[index]?.url ?? '').pathname}`);
    expect(response.headers.get('content-type')).toBe(type);
    expect(Buffer.from(await response.arrayBuffer()).equals(encodedFile(name))).toBe(true);
  }
});

const jpegStart = jpeg(1, 1).subarray(0, 20);

it.each<[file: string, Uint8Array, reason: string, contentType?: string]>([
  ['text', Buffer.from('x'.repeat(100)), 'other_type'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'other_type'],
  [
    'HTML behind the mark of a PNG',
    Buffer.from('\u0089PNG\r\n\u001a\n<html><script></script></html>', 'latin1'),
    'other_type',
  ],
  ['a PNG that is too wide', pngHead(12_001, 1), 'too_wide_or_high'],
  ['a PNG without a height', pngHead(5, 0), 'no_dimensions'],
  [
    'a JPEG of ten megabytes that never says its size',
    Buffer.concat([jpegStart, Buffer.alloc(10_000_000)]),
    'no_dimensions',
    'image/jpeg',
  ],
  ['an AVIF whose dimensions would take minutes to read', avifBomb(3_000_000), 'no_dimensions', 'image/avif'],
  ['an AVIF that is too wide and says it is cropped', croppedAvif(60_000, 12_000), 'too_wide_or_high', 'image/avif'],
  ['an AVIF that is a sequence', encodedFile('sequence.avif'), 'other_type', 'image/avif'],
])('refuses and deletes %s', async (_, file, reason, contentType = 'image/png') => {
  const { id } = await newProduct();
  const offer = await ask(id, file, { contentType });
  await post(offer, file);
  await tell(keyOf(offer));
  expect(await uploads(id)).toMatchObject([{ state: 'refused', reason }]);
  expect((await readProduct(id)).version).toBe(1);
  expect(await served(`https://images.example.com/images/${id}/${offer.imageId}.png`)).not.toBe(200);
});

it.each([
  ['of another length', Buffer.concat([pngHead(3, 3), Buffer.alloc(1)]), 'image/png', 'other_size'],
  ['of another type', pngHead(3, 3), 'text/html', 'other_type'],
])('refuses what is %s than announced, however it came there', async (_, Body, ContentType, reason) => {
  const { id } = await newProduct();
  const offer = await ask(id, pngHead(3, 3));
  await store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key: keyOf(offer), Body, ContentType }));
  await tell(keyOf(offer));
  expect(await uploads(id)).toMatchObject([{ state: 'refused', reason }]);
});

it('takes a JPEG with long notes of a camera in front of its size', async () => {
  const { id } = await newProduct();
  const notes = Buffer.alloc(60_000);
  notes.set([0xff, 0xe2, 59_998 >> 8, 59_998 & 0xff]);
  const whole = jpeg(32, 24);
  const file = Buffer.concat([whole.subarray(0, 20), ...Array.from({ length: 10 }, () => notes), whole.subarray(20)]);
  const offer = await ask(id, file, { contentType: 'image/jpeg' });
  await post(offer, file);
  await tell(keyOf(offer));
  expect((await readProduct(id)).images).toMatchObject([{ width: 32, height: 24 }]);
});

it('gives nothing to a product that was deleted, and no 21st picture to any', async () => {
  const { id } = await newProduct();
  const file = pngHead(1, 1);
  const offer = await ask(id, file);
  await post(offer, file);
  await send('DELETE /products/{productId}', { id });
  await tell(keyOf(offer));
  expect(await uploads(id)).toMatchObject([{ state: 'refused', reason: 'product_gone' }]);
  expect(await served(`https://images.example.com/images/${id}/${offer.imageId}.png`)).not.toBe(200);

  const full = await newProduct();
  const there = await addPictures(full.id, 18);
  const offers = await Promise.all(Array.from({ length: 3 }, () => ask(full.id, file)));
  await Promise.all(offers.map((each) => post(each, file)));
  for (const each of offers) await tell(keyOf(each));
  const { images = [] } = await readProduct(full.id);
  expect(images.map((image) => image.id)).toEqual([...there, ...offers.slice(0, 2).map(({ imageId }) => imageId)]);
  expect(await uploads(full.id)).toContainEqual(expect.objectContaining({ reason: 'too_many_images' }));
  expect(await send(route, { id: full.id, body: { contentType: 'image/png', bytes: 1 } })).toMatchObject({
    status: 409,
    body: { code: 'too_many_images', mostImages: 20 },
  });
});

it('reorders, re-labels and drops by id, refuses ids that the product does not have, and brings pictures back with the product', async () => {
  const { id } = await newProduct();
  const file = pngHead(3, 3);
  const [a, b, c] = [await ask(id, file), await ask(id, file), await ask(id, file)];
  for (const offer of [a, b, c]) {
    await post(offer, file);
    await tell(keyOf(offer));
  }
  const patch = (images: unknown) => send('PATCH /products/{productId}', { id, body: { images } });
  expect((await patch([{ id: c.imageId }, { id: a.imageId, alt: 'Blue' }])).body).toMatchObject({
    version: 5,
    images: [
      { id: c.imageId, alt: 'Red' },
      { id: a.imageId, alt: 'Blue' },
    ],
  });
  expect((await patch([{ id: c.imageId }, { id: b.imageId }])).body).toMatchObject({
    code: 'invalid_request',
    errors: [{ pointer: '/images/1/id' }],
  });
  expect((await patch([{ id: c.imageId }, { id: c.imageId }])).body).toMatchObject({
    code: 'invalid_request',
    errors: [{ pointer: '/images/1/id', detail: 'is there twice' }],
  });
  const { images } = await readProduct(id);
  await send('DELETE /products/{productId}', { id });
  const restored = await send('POST /admin/products/{productId}/restore', { id });
  expect(restored.body).toMatchObject({ images });
});

afterAll(expectSoundTable);
