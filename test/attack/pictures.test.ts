/** Pictures under attack: forms that are bent, files that are not what they say, and whose product it is. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { readCredentials } from '../../local/s3/image-store';
import { attackedStack } from '../support/attacked-stack';
import { clientOf, sendForm, signForm } from '../support/image-store';
import { jpeg, png, pngBomb, webp } from '../support/pictures';
import { folderOf, send } from '../support/stack';
import { accessClaims, adminOf, sign } from '../support/tokens';
import { askForForm, decided, imagesShown, offeredForm, sendPicture } from '../support/uploads';

const stack = attackedStack();
const { imagesUrl = '' } = stack;
const tenMegabytes = 10 * 1024 * 1024;

let categoryId: string;
let productId: string;

async function newProduct(): Promise<string> {
  const body = { sku: randomUUID(), name: 'Pictured', price: { amount: 1, currency: 'EUR' }, categoryId };
  return (await send(stack.apiUrl, 'POST', '/products', { token: adminOf(stack), body })).body.id as string;
}

beforeAll(async () => {
  const body = { name: randomUUID() };
  categoryId = (await send(stack.apiUrl, 'POST', '/categories', { token: adminOf(stack), body })).body.id as string;
});

beforeEach(async () => {
  productId = await newProduct();
});

const versionOf = async (id: string) =>
  (await send(stack.apiUrl, 'GET', `/admin/products/${id}`, { token: adminOf(stack) })).body.version as number;

async function expectNoPicture() {
  expect(await imagesShown(stack, productId)).toEqual([]);
  expect(await versionOf(productId)).toBe(1);
}

const picture = { contentType: 'image/png', bytes: 100, alt: '' };

it.each([
  ['nobody', undefined, 401],
  ['somebody in no group', [], 403],
  ['a user', ['user'], 403],
  ['a group that is almost admin', ['Admin', 'x,admin', '[admin]'], 403],
])('%s gets no form', async (_, groups, status) => {
  const token = groups && sign(accessClaims(stack, groups));
  const answer = await send(stack.apiUrl, 'POST', `/admin/products/${productId}/images`, {
    body: picture,
    ...(token && { token }),
  });
  expect(answer.status).toBe(status);
});

it.each([
  ['no bytes', { ...picture, bytes: 0 }],
  ['ten megabytes and a byte', { ...picture, bytes: tenMegabytes + 1 }],
  ['SVG', { ...picture, contentType: 'image/svg+xml' }],
  ['HTML', { ...picture, contentType: 'text/html' }],
  ['a key of its own', { ...picture, key: 'images/x.png' }],
  ['an id of its own', { ...picture, imageId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
])('there is no form for %s', async (_, body) => {
  expect((await askForForm(stack, productId, body)).status).toBe(400);
});

it('no bent form leaves anything, whatever is changed in it', async () => {
  const file = png(2, 2);
  const other = await newProduct();
  const { imageId, ...form } = await offeredForm(stack, productId, file.length);
  const there = await offeredForm(stack, other, file.length);
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
  expect(await imagesShown(stack, other)).toEqual([]);
});

it('a form is worth nothing when its time is over, or signed by anybody else', async () => {
  const file = png(2, 2);
  const key = `pending/${productId}/01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const credentials = readCredentials(path.join(folderOf('jwt'), 's3', 'credentials.json'));
  const bare = { Key: key, Fields: { 'Content-Type': 'image/png' }, Conditions: [{ 'Content-Type': 'image/png' }] };
  const late = await signForm(clientOf({ url: imagesUrl, credentials }), file.length, { ...bare, Expires: -1 });
  expect((await sendForm(late, file)).status).toBe(403);
  for (const guessed of [
    { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: '' },
    { ...credentials, secretAccessKey: credentials.sessionToken },
  ]) {
    const forged = await signForm(clientOf({ url: imagesUrl, credentials: guessed }), file.length, bare);
    expect([400, 403]).toContain((await sendForm(forged, file)).status);
  }
  await expectNoPicture();
});

it('a form that is sent again, with another file, changes no picture that is there', async () => {
  const [file, other] = [png(3, 3, 'first'), png(3, 3, 'other')];
  const { form, state } = await sendPicture(stack, productId, file);
  expect(state).toBe('accepted');
  const [shown] = await imagesShown(stack, productId);
  const version = await versionOf(productId);
  expect((await sendForm(form, other)).status).toBe(204);
  // Told after it, and so decided after it.
  await sendPicture(stack, productId, png(4, 4));
  const served = await fetch(shown?.url ?? '');
  expect(Buffer.from(await served.arrayBuffer()).equals(file)).toBe(true);
  expect((await imagesShown(stack, productId)).map(({ width }) => width)).toEqual([3, 4]);
  expect(await versionOf(productId)).toBe(version + 1);
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
  const { state, form } = await sendPicture(stack, productId, file, contentType);
  expect(state).toBe('refused');
  await expectNoPicture();
  for (const extension of ['png', 'jpg', 'webp', 'avif']) {
    const { status } = await fetch(`${imagesUrl}/images/${productId}/${form.imageId}.${extension}`);
    expect(status).toBe(403);
  }
});

it.each([
  ['a PNG with HTML after its end', Buffer.concat([png(2, 2), Buffer.from(html)]), 'image/png'],
  ['a JPEG with a script in its comment', jpeg(2, 2, html), 'image/jpeg'],
])('%s is a picture, and served as nothing else', async (_, file, contentType) => {
  expect((await sendPicture(stack, productId, file, contentType)).state).toBe('accepted');
  const [shown] = await imagesShown(stack, productId);
  const { headers } = await fetch(shown?.url ?? '');
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
});

it('nothing that waits can be read, and nothing but a form puts anything there', async () => {
  const file = png(2, 2);
  const form = await offeredForm(stack, productId, file.length);
  const key = form.fields['key'] ?? '';
  expect((await sendForm(form, file)).status).toBe(204);
  for (const address of [`${imagesUrl}/${key}`, `${form.url}/${key}`, `${imagesUrl}/images/../${key}`, form.url]) {
    expect([403, 404]).toContain((await fetch(address)).status);
    expect([403, 404]).toContain((await fetch(address, { method: 'PUT', body: 'x' })).status);
    expect([403, 404]).toContain((await fetch(address, { method: 'DELETE' })).status);
  }
  expect((await decided(stack, productId, form.imageId)).state).toBe('accepted');
});

it('a product that is deleted before its picture arrives gets nothing', async () => {
  const file = png(2, 2);
  const form = await offeredForm(stack, productId, file.length);
  const token = adminOf(stack);
  const headers = { 'if-match': '"1"' };
  expect((await send(stack.apiUrl, 'DELETE', `/products/${productId}`, { token, headers })).status).toBe(204);
  expect((await sendForm(form, file)).status).toBe(204);
  const other = await newProduct();
  expect((await sendPicture(stack, other, png(3, 3))).state).toBe('accepted');
  expect((await fetch(`${imagesUrl}/images/${productId}/${form.imageId}.png`)).status).toBe(403);
  expect((await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token })).status).toBe(404);
});

it('the secret that forms are signed with is in no log', () => {
  const { secretAccessKey } = readCredentials(path.join(folderOf('jwt'), 's3', 'credentials.json'));
  for (const log of ['start.log', 'logs/api.log', 'logs/dynamodb.log']) {
    expect(readFileSync(path.join(folderOf('jwt'), log), 'utf8')).not.toContain(secretAccessKey);
  }
});
