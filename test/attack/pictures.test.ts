/** Pictures under attack on a running stack: who gets a form, what a second file does, and what is served. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { readCredentials } from '../../local/s3/image-store';
import { attackedStack } from '../support/attacked-stack';
import { sendForm } from '../support/image-store';
import { jpeg, png } from '../support/pictures';
import { folderOf, send } from '../support/stack';
import { accessClaims, adminOf, sign } from '../support/tokens';
import { decided, imagesShown, offeredForm, sendPicture } from '../support/uploads';

const stack = attackedStack();
const { imagesUrl = '' } = stack;

let categoryId: string;
let productId: string;

beforeAll(async () => {
  const body = { name: randomUUID() };
  categoryId = (await send(stack.apiUrl, 'POST', '/categories', { token: adminOf(stack), body })).body.id as string;
});

beforeEach(async () => {
  const body = { sku: randomUUID(), name: 'Pictured', price: { amount: 1, currency: 'EUR' }, categoryId };
  productId = (await send(stack.apiUrl, 'POST', '/products', { token: adminOf(stack), body })).body.id as string;
});

const versionOf = async (id: string) =>
  (await send(stack.apiUrl, 'GET', `/admin/products/${id}`, { token: adminOf(stack) })).body.version as number;

it.each([
  ['nobody', undefined, 401],
  ['somebody in no group', [], 403],
  ['a user', ['user'], 403],
  ['a group that is almost admin', ['Admin', 'x,admin', '[admin]'], 403],
])('%s gets no form', async (_, groups, status) => {
  const token = groups && sign(accessClaims(stack, groups));
  const answer = await send(stack.apiUrl, 'POST', `/admin/products/${productId}/images`, {
    body: { contentType: 'image/png', bytes: 100, alt: '' },
    ...(token && { token }),
  });
  expect(answer.status).toBe(status);
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

it('the secret that forms are signed with is in no log', () => {
  const { secretAccessKey } = readCredentials(path.join(folderOf('jwt'), 's3', 'credentials.json'));
  for (const log of ['start.log', 'logs/api.log', 'logs/dynamodb.log']) {
    expect(readFileSync(path.join(folderOf('jwt'), log), 'utf8')).not.toContain(secretAccessKey);
  }
});
