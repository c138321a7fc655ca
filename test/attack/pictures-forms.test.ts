/** Forms for pictures under attack on a running stack: who gets one, and what becomes of those that are bent, late, forged or sent again. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCredentials } from '../../local/s3/image-store';
import { attackedStack } from '../support/attacked-stack';
import { eventually } from '../support/eventually';
import { clientOf, sendForm, signForm } from '../support/image-store';
import { png } from '../support/pictures';
import { folderOf, send } from '../support/stack';
import { accessClaims, adminOf, sign } from '../support/tokens';
import { decided, imagesShown, newProduct, offeredForm, sendPicture, versionOf } from '../support/uploads';

const stack = attackedStack();
const { imagesUrl = '' } = stack;
const credentials = readCredentials(path.join(folderOf('jwt'), 's3', 'credentials.json'));
const tenMegabytes = 10 * 1024 * 1024;

let productId: string;

beforeEach(async () => {
  productId = await newProduct(stack);
});

async function expectNoPicture() {
  expect(await imagesShown(stack, productId)).toEqual([]);
  expect(await versionOf(stack, productId)).toBe(1);
}

const picture = { contentType: 'image/png', bytes: 100, alt: '' };
const ask = (body: object, token?: string) =>
  send(stack.apiUrl, 'POST', `/admin/products/${productId}/images`, { body, ...(token && { token }) });

it.each([
  ['nobody', undefined, 401],
  ['somebody in no group', [], 403],
  ['a user', ['user'], 403],
  ['a group that is almost admin', ['Admin', 'x,admin', '[admin]'], 403],
])('%s gets no form', async (_, groups, status) => {
  expect((await ask(picture, groups && sign(accessClaims(stack, groups)))).status).toBe(status);
});

it.each([
  ['no bytes', { ...picture, bytes: 0 }],
  ['ten megabytes and a byte', { ...picture, bytes: tenMegabytes + 1 }],
  ['SVG', { ...picture, contentType: 'image/svg+xml' }],
  ['HTML', { ...picture, contentType: 'text/html' }],
  ['a key of its own', { ...picture, key: 'images/x.png' }],
  ['an id of its own', { ...picture, imageId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
])('there is no form for %s', async (_, body) => {
  expect((await ask(body, adminOf(stack))).status).toBe(400);
});

it('none of 15 bent forms leaves anything, whatever is changed in it', async () => {
  const file = png(2, 2);
  const other = await newProduct(stack);
  const { imageId, ...form } = await offeredForm(stack, productId, { bytes: file.length });
  const there = await offeredForm(stack, other, { bytes: file.length });
  const bent: [Record<string, string>, Buffer | number][] = [
    [{ key: `pending/${other}/${imageId}` }, file],
    [{ key: there.fields['key'] ?? '' }, file],
    [{ key: `images/${productId}/${imageId}.png` }, file],
    [{ key: 'index.html' }, file],
    [{ 'Content-Type': 'text/html' }, file],
    [{ 'Content-Type': 'image/svg+xml' }, file],
    [{ policy: there.fields['policy'] ?? '' }, file],
    [{ 'x-amz-meta-author': 'somebody' }, file],
    [{ acl: 'public-read' }, file],
    [{ success_action_redirect: 'https://evil.example' }, file],
    [{ 'x-amz-storage-class': 'GLACIER' }, file],
    [{}, 0],
    [{}, file.subarray(1)],
    [{}, Buffer.concat([file, Buffer.from('x')])],
    [{}, tenMegabytes + 1],
  ];
  expect(bent).toHaveLength(15);
  for (const [changed, sent] of bent) {
    const { status } = await sendForm(form, sent, changed);
    expect({ changed, status: [400, 403].includes(status) }).toEqual({ changed, status: true });
  }
  // The form itself is good: what was refused was refused for what is changed in it.
  expect((await sendForm(form, file)).status).toBe(204);
  expect((await decided(stack, productId, imageId)).state).toBe('accepted');
  expect(await imagesShown(stack, productId)).toHaveLength(1);
  expect(await imagesShown(stack, other)).toEqual([]);
});

it('a form is worth nothing when its time is over, or signed by anybody else', async () => {
  const file = png(2, 2);
  const key = `pending/${productId}/01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const bare = { Key: key, Fields: { 'Content-Type': 'image/png' }, Conditions: [{ 'Content-Type': 'image/png' }] };
  const signedBy = (by: typeof credentials, Expires: number) =>
    signForm(clientOf({ url: imagesUrl, credentials: by }), file.length, { ...bare, Expires });
  expect(await sendForm(await signedBy(credentials, -1), file)).toMatchObject({ status: 403, code: 'AccessDenied' });
  for (const guessed of [
    { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: '' },
    { ...credentials, secretAccessKey: credentials.sessionToken },
  ]) {
    expect([400, 403]).toContain((await sendForm(await signedBy(guessed, 300), file)).status);
  }
  // In its time and signed by the bucket's own key, it would have been taken.
  expect((await sendForm(await signedBy(credentials, 300), file)).status).toBe(204);
  await expectNoPicture();
});

it('a form that is sent again, with another file, changes no picture that is there', async () => {
  const [file, other] = [png(3, 3, 'first'), png(3, 3, 'other')];
  const { form, state } = await sendPicture(stack, productId, file);
  expect(state).toBe('accepted');
  const [shown] = await imagesShown(stack, productId);
  const version = await versionOf(stack, productId);
  expect((await sendForm(form, other)).status).toBe(204);
  // Told after it, and so decided after it.
  await sendPicture(stack, productId, png(4, 4));
  const served = await fetch(shown?.url ?? '');
  expect(Buffer.from(await served.arrayBuffer()).equals(file)).toBe(true);
  expect((await imagesShown(stack, productId)).map(({ width }) => width)).toEqual([3, 4]);
  expect(await versionOf(stack, productId)).toBe(version + 1);
});

it('a form whose file was refused brings no other one in', async () => {
  const file = png(2, 2);
  const { form, state } = await sendPicture(stack, productId, Buffer.alloc(file.length));
  expect(state).toBe('refused');
  expect((await sendForm(form, file)).status).toBe(204);
  // Told after it, and so decided after it.
  expect((await sendPicture(stack, await newProduct(stack), png(3, 3))).state).toBe('accepted');
  await expectNoPicture();
});

it('a product that is deleted before its picture arrives gets nothing', async () => {
  const file = png(2, 2);
  const form = await offeredForm(stack, productId, { bytes: file.length });
  const path = `/products/${productId}`;
  expect((await send(stack.apiUrl, 'DELETE', path, { token: adminOf(stack) })).status).toBe(204);
  expect((await sendForm(form, file)).status).toBe(204);
  expect(await decided(stack, productId, form.imageId)).toMatchObject({ state: 'refused', reason: 'product_gone' });
  const address = `${imagesUrl}/images/${productId}/${form.imageId}.png`;
  await eventually('end of its copy', async () => (await fetch(address)).status === 403);
});

it('nothing that waits can be read, and nothing but a form puts anything there', async () => {
  const file = png(2, 2);
  const form = await offeredForm(stack, productId, { bytes: file.length });
  const key = form.fields['key'] ?? '';
  expect((await sendForm(form, file)).status).toBe(204);
  for (const address of [`${imagesUrl}/${key}`, `${form.url}/${key}`, `${imagesUrl}/images/../${key}`, form.url]) {
    expect([403, 404]).toContain((await fetch(address)).status);
    expect([403, 404]).toContain((await fetch(address, { method: 'PUT', body: 'x' })).status);
    expect([403, 404]).toContain((await fetch(address, { method: 'DELETE' })).status);
  }
  expect((await decided(stack, productId, form.imageId)).state).toBe('accepted');
});

it('the secret that forms are signed with is in no log', () => {
  for (const log of ['start.log', 'logs/api.log', 'logs/dynamodb.log']) {
    expect(readFileSync(path.join(folderOf('jwt'), log), 'utf8')).not.toContain(credentials.secretAccessKey);
  }
});
