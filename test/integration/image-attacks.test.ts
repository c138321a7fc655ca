/** Pictures under attack, at the functions and the local bucket: forms that are bent, files that are not what they say, and a product that is gone. */
import { handler } from '../../functions/accept-image';
import { createCategory, createProduct, ifMatch, readProduct, send } from '../support/catalog';
import { eventually } from '../support/eventually';
import { askForUpload, storeForFunctions } from '../support/function-uploads';
import { clientOf, sendForm, signForm, type TestImageStore } from '../support/image-store';
import { jpeg, png, pngBomb, webp } from '../support/pictures';

const route = 'POST /admin/products/{productId}/images';
const context = { getRemainingTimeInMillis: () => 20_000 };
const tenMegabytes = 10 * 1024 * 1024;

let store: TestImageStore;
let categoryId: string;
let productId: string;

beforeAll(async () => {
  store = await storeForFunctions({ onCreated: (event) => handler(event as Parameters<typeof handler>[0], context) });
  categoryId = (await createCategory()).id;
});

afterAll(() => store.remove());

const newProduct = async () => (await createProduct(categoryId)).id;

beforeEach(async () => {
  productId = await newProduct();
});

/** What became of an upload, once that is known. */
const decided = (id: string, imageId: string) =>
  eventually(`decision about ${imageId}`, async () => {
    const { body } = await send('GET /admin/products/{productId}/images', { id });
    const { items } = body as { items: { id: string; state: string }[] };
    return items.find((item) => item.id === imageId && item.state !== 'awaited');
  });

/** Sends the file, and answers what became of it. */
async function sendPicture(id: string, file: Buffer, contentType = 'image/png') {
  const form = await askForUpload(id, file.length, { contentType });
  expect((await sendForm(form, file)).status).toBe(204);
  return { form, ...(await decided(id, form.imageId)) };
}

const imagesShown = async (id: string) => (await readProduct(id)).images ?? [];
const versionOf = async (id: string) => (await readProduct(id)).version;

async function expectNoPicture() {
  expect(await imagesShown(productId)).toEqual([]);
  expect(await versionOf(productId)).toBe(1);
}

const picture = { contentType: 'image/png', bytes: 100, alt: '' };

it.each([
  ['no bytes', { ...picture, bytes: 0 }],
  ['ten megabytes and a byte', { ...picture, bytes: tenMegabytes + 1 }],
  ['SVG', { ...picture, contentType: 'image/svg+xml' }],
  ['HTML', { ...picture, contentType: 'text/html' }],
  ['a key of its own', { ...picture, key: 'images/x.png' }],
  ['an id of its own', { ...picture, imageId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
])('there is no form for %s', async (_, body) => {
  expect((await send(route, { id: productId, body })).status).toBe(400);
});

it('no bent form leaves anything, whatever is changed in it', async () => {
  const file = png(2, 2);
  const other = await newProduct();
  const { imageId, ...form } = await askForUpload(productId, file.length);
  const there = await askForUpload(other, file.length);
  const bent: [Record<string, string>, Buffer | number][] = [
    [{ key: `pending/${other}/${imageId}` }, file],
    [{ key: there.fields['key'] ?? '' }, file],
    [{ key: `images/${productId}/${imageId}.png` }, file],
    [{ key: 'index.html' }, file],
    [{ 'Content-Type': 'text/html' }, file],
    [{ 'Content-Type': 'image/svg+xml' }, file],
    [{ policy: there.fields['policy'] ?? there.fields['Policy'] ?? '' }, file],
    [{ 'x-amz-meta-author': 'somebody' }, file],
    [{ acl: 'public-read' }, file],
    [{ success_action_redirect: 'https://evil.example' }, file],
    [{ 'x-amz-storage-class': 'GLACIER' }, file],
    [{}, 0],
    [{}, file.subarray(1)],
    [{}, Buffer.concat([file, Buffer.from('x')])],
    [{}, tenMegabytes + 1],
  ];
  for (const [changed, sent] of bent) {
    const names = new Set(Object.keys(changed).map((name) => name.toLowerCase()));
    const kept = Object.entries(form.fields).filter(([name]) => !names.has(name.toLowerCase()));
    const { status } = await sendForm({ url: form.url, fields: Object.fromEntries(kept) }, sent, changed);
    expect({ changed, status: [400, 403].includes(status) }).toEqual({ changed, status: true });
  }
  await expectNoPicture();
  expect(await imagesShown(other)).toEqual([]);
});

it('a form is worth nothing when its time is over, or signed by anybody else', async () => {
  const file = png(2, 2);
  const key = `pending/${productId}/01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const { credentials } = store;
  const bare = { Key: key, Fields: { 'Content-Type': 'image/png' }, Conditions: [{ 'Content-Type': 'image/png' }] };
  const late = await signForm(clientOf({ url: store.url, credentials }), file.length, { ...bare, Expires: -1 });
  expect((await sendForm(late, file)).status).toBe(403);
  for (const guessed of [
    { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: '' },
    { ...credentials, secretAccessKey: credentials.sessionToken },
  ]) {
    const forged = await signForm(clientOf({ url: store.url, credentials: guessed }), file.length, bare);
    expect([400, 403]).toContain((await sendForm(forged, file)).status);
  }
  await expectNoPicture();
});

const html = '<html><script>alert(1)</script></html>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>';

it.each<[string, Buffer, string]>([
  ['HTML', Buffer.from(html), 'image/png'],
  ['SVG', Buffer.from(svg), 'image/png'],
  ['SVG as WebP', Buffer.from(svg), 'image/webp'],
  ['a script that begins like a GIF', Buffer.from('GIF89a=1;alert(1)//'), 'image/png'],
  ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n'), 'image/jpeg'],
  ['a PNG that is said to be a JPEG', png(2, 2), 'image/jpeg'],
  ['a JPEG that is said to be a PNG', jpeg(2, 2), 'image/png'],
  ['HTML before a PNG', Buffer.concat([Buffer.from(html), png(2, 2)]), 'image/png'],
  ['eight bytes of a PNG', png(2, 2).subarray(0, 8), 'image/png'],
  ['zeros', Buffer.alloc(1000), 'image/avif'],
  ['a PNG of 60,000 pixels a side', pngBomb(60_000, 60_000), 'image/png'],
  ['a PNG of four milliards', pngBomb(0xffff_ffff, 0xffff_ffff), 'image/png'],
  ['a PNG of 12,001 pixels by one', pngBomb(12_001, 1), 'image/png'],
  ['a PNG without pixels', pngBomb(0, 0), 'image/png'],
  ['a JPEG of 65,535 pixels a side', jpeg(65_535, 65_535), 'image/jpeg'],
  ['a WebP of sixteen million', webp(16_777_216, 16_777_216), 'image/webp'],
])('no picture comes of %s', async (_, file, contentType) => {
  const { state, form } = await sendPicture(productId, file, contentType);
  expect(state).toBe('refused');
  await expectNoPicture();
  for (const extension of ['png', 'jpg', 'webp', 'avif']) {
    const { status } = await fetch(`${store.url}/images/${productId}/${form.imageId}.${extension}`);
    expect(status).toBe(403);
  }
});

it('a product that is deleted before its picture arrives gets nothing', async () => {
  const file = png(2, 2);
  const form = await askForUpload(productId, file.length);
  expect((await send('DELETE /products/{productId}', { id: productId, ...ifMatch(1) })).status).toBe(204);
  expect((await sendForm(form, file)).status).toBe(204);
  // Told after it, and so decided after it.
  expect((await sendPicture(await newProduct(), png(3, 3))).state).toBe('accepted');
  expect((await fetch(`${store.url}/images/${productId}/${form.imageId}.png`)).status).toBe(403);
  expect((await send('GET /admin/products/{productId}', { id: productId })).status).toBe(404);
});
