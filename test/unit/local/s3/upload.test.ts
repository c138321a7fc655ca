/** Uploads to the bucket of the local stack by forms that the AWS SDK has signed: what S3 takes, and each thing that it refuses. */
import { GetObjectCommand, HeadObjectCommand, S3Client, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { PresignedPost } from '@aws-sdk/s3-presigned-post';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { imagesBucket } from '../../../../local/s3/image-store';
import {
  clientOf,
  fileOf,
  newImageStore,
  pendingKey,
  sendForm,
  sendParts,
  signForm,
  type TestImageStore,
} from '../../../support/image-store';
import { eventually } from '../../../support/eventually';

const tenMegabytes = 10 * 1024 * 1024;

let store: TestImageStore;
let events: object[];

async function begin() {
  events = [];
  store = await newImageStore({
    onCreated: (event) => {
      events.push(event);
      return Promise.resolve();
    },
  });
}
const end = () => store.remove();

const object = () => ({ Bucket: imagesBucket, Key: pendingKey });

const bytesOf = async ({ Body }: GetObjectCommandOutput) => Buffer.from((await Body?.transformToByteArray()) ?? []);

/** A form with the boundary `x`, as it is on the wire. */
const partOf = ([name, text]: readonly [string, string]) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
const filePart = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';

/** Nothing is there, and nothing is left on disk of what came. */
async function expectNothingKept() {
  await expect(store.client.send(new HeadObjectCommand(object()))).rejects.toMatchObject({ name: 'NotFound' });
  expect(readdirSync(path.join(store.directory, 'data'))).toEqual([]);
  expect(readdirSync(path.join(store.directory, 'events'))).toEqual([]);
  expect(events).toEqual([]);
}

describe('a form is taken', () => {
  beforeEach(begin);
  afterEach(end);

  it('with the file that it is for, its type and its signed metadata', async () => {
    const bytes = new Uint8Array(70_000).map((_, index) => index % 251);
    expect(await sendForm(await signForm(store.client, bytes.length), bytes)).toMatchObject({ status: 204 });
    const got = await store.client.send(new GetObjectCommand(object()));
    expect(got).toMatchObject({
      ContentType: 'image/png',
      ContentLength: bytes.length,
      Metadata: { author: 'the-author' },
      ETag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    });
    expect((await bytesOf(got)).equals(bytes)).toBe(true);
  });

  it('with ten megabytes', async () => {
    expect(await sendForm(await signForm(store.client, tenMegabytes), tenMegabytes)).toMatchObject({ status: 204 });
  });

  it('with fields that are to be ignored, and with fields after the file, which are not looked at', async () => {
    const { url, fields } = await signForm(store.client, 3);
    const parts = [...Object.entries(fields), ['x-ignore-me', 'a'] as const, fileOf(3), ['acl', 'public'] as const];
    expect(await sendParts(url, [...parts, ['key', 'another'], ['acl', 'twice']])).toMatchObject({ status: 204 });
    expect(events).toMatchObject([{ Records: [{ s3: { object: { key: pendingKey } } }] }]);
  });

  it('a second time within its time, as on S3: what is there is replaced, and told of again', async () => {
    const form = await signForm(store.client, 3);
    expect(await sendForm(form, new Uint8Array([1, 2, 3]))).toMatchObject({ status: 204 });
    expect(await sendForm(form, new Uint8Array([4, 5, 6]))).toMatchObject({ status: 204 });
    const got = await store.client.send(new GetObjectCommand(object()));
    expect([...(await bytesOf(got))]).toEqual([4, 5, 6]);
    expect(readdirSync(path.join(store.directory, 'data'))).toHaveLength(1);
    expect(events).toHaveLength(2);
  });

  it('where a condition says how a field begins', async () => {
    const form = await signForm(store.client, 1, { Conditions: [['starts-with', '$Content-Type', 'image/']] });
    expect(await sendForm(form, 1)).toMatchObject({ status: 204 });
    expect(await sendForm(form, 1, { 'Content-Type': 'text/html' })).toMatchObject({ status: 403 });
  });
});

describe('a form is refused, and nothing is kept of it', () => {
  // One bucket for all: each test looks that nothing is kept in it.
  beforeAll(begin);
  afterAll(end);

  const policyOf = ({ fields }: PresignedPost) =>
    JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as { conditions: unknown[] };
  const encoded = (policy: object) => Buffer.from(JSON.stringify(policy)).toString('base64');

  it.each<[string, Record<string, string>, number, string]>([
    ['another key', { key: 'pending/01JPRODUCT/other' }, 403, 'AccessDenied'],
    ['a key that goes on', { key: `${pendingKey}.html` }, 403, 'AccessDenied'],
    ['a key of pictures that are served', { key: 'images/01JPRODUCT/01JIMAGE.png' }, 403, 'AccessDenied'],
    ['another type', { 'Content-Type': 'text/html' }, 403, 'AccessDenied'],
    ['another author', { 'x-amz-meta-author': 'somebody' }, 403, 'AccessDenied'],
    ['another bucket', { bucket: 'other' }, 403, 'AccessDenied'],
    ['a field that no condition is about', { 'x-amz-meta-more': 'a' }, 403, 'AccessDenied'],
    ['a redirection', { success_action_redirect: 'https://evil.example' }, 403, 'AccessDenied'],
    ['an access list', { acl: 'public-read' }, 403, 'AccessDenied'],
    ['another signature', { 'X-Amz-Signature': '0'.repeat(64) }, 403, 'SignatureDoesNotMatch'],
    ['a signature that is none', { 'X-Amz-Signature': 'x' }, 403, 'SignatureDoesNotMatch'],
    ['another key id', { 'X-Amz-Credential': 'AKIA/20260101/eu-central-1/s3/aws4_request' }, 403, 'InvalidAccessKeyId'],
    ['another token', { 'X-Amz-Security-Token': 'other' }, 400, 'InvalidToken'],
    ['another algorithm', { 'X-Amz-Algorithm': 'none' }, 400, 'InvalidArgument'],
    ['another day', { 'X-Amz-Date': '20200101T000000Z' }, 400, 'InvalidArgument'],
    ['a policy that is none', { Policy: 'e30=' }, 403, 'SignatureDoesNotMatch'],
    ['an empty key', { key: '' }, 403, 'AccessDenied'],
  ])('with %s', async (_, changed, status, code) => {
    const form = await signForm(store.client, 3);
    expect(await sendForm(form, 3, changed)).toMatchObject({ status, code });
    await expectNothingKept();
  });

  it.each([
    'key',
    'Content-Type',
    'x-amz-meta-author',
    'Policy',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Algorithm',
    'X-Amz-Security-Token',
  ])('without %s', async (name) => {
    const { url, fields } = await signForm(store.client, 3);
    const { [name]: left, ...others } = fields;
    expect(left).toBeDefined();
    const answer = await sendForm({ url, fields: others }, 3);
    expect([400, 403]).toContain(answer.status);
    expect(answer.code).not.toBe('');
    await expectNothingKept();
  });

  it('with a changed policy', async () => {
    const form = await signForm(store.client, 3);
    const policy = policyOf(form);
    const wider = { ...policy, conditions: [...policy.conditions, ['content-length-range', 0, tenMegabytes]] };
    expect(await sendForm(form, 3, { Policy: encoded(wider) })).toMatchObject({ code: 'SignatureDoesNotMatch' });
    await expectNothingKept();
  });

  it('signed with a secret that is not the bucket’s', async () => {
    const { sessionToken } = store.credentials;
    const guessed = { accessKeyId: 'local', secretAccessKey: 'local', sessionToken };
    const form = await signForm(clientOf({ url: store.url, credentials: guessed }), 3);
    expect(await sendForm(form, 3)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    await expectNothingKept();
  });

  it('signed for another region', async () => {
    const { url: endpoint, credentials } = store;
    const elsewhere = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
    expect(await sendForm(await signForm(elsewhere, 3), 3)).toMatchObject({ status: 400, code: 'InvalidArgument' });
    await expectNothingKept();
  });

  it('out of its time', async () => {
    const form = await signForm(store.client, 3, { Expires: -1 });
    const answer = await sendForm(form, 3);
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy expired');
    await expectNothingKept();
  });

  it.each([
    ['no bytes', 3, 0, 'EntityTooSmall'],
    ['a byte too few', 3, 2, 'EntityTooSmall'],
    ['a byte too many', 3, 4, 'EntityTooLarge'],
    ['ten megabytes and a byte', tenMegabytes, tenMegabytes + 1, 'EntityTooLarge'],
  ])('with %s', async (_, signed, sent, code) => {
    expect(await sendForm(await signForm(store.client, signed), sent)).toMatchObject({ status: 400, code });
    await expectNothingKept();
  });

  it('with a signed field that the local stack would leave out', async () => {
    const fields = { 'Content-Type': 'image/png', 'x-amz-meta-author': 'the-author', 'x-amz-storage-class': 'GLACIER' };
    expect(await sendForm(await signForm(store.client, 3, { Fields: fields, Conditions: [] }), 3)).toMatchObject({
      status: 501,
      code: 'NotImplemented',
    });
    await expectNothingKept();
  });

  it('with an expression for the key', async () => {
    const form = await signForm(store.client, 3, { Key: 'pending/${filename}' });
    expect((await sendForm(form, 3)).status).not.toBe(204);
    await expectNothingKept();
  });

  it('with its file before its fields', async () => {
    const { url, fields } = await signForm(store.client, 3);
    expect(await sendParts(url, [fileOf(3), ...Object.entries(fields)])).toMatchObject({ status: 403 });
    await expectNothingKept();
  });

  it.each<[string, (fields: [string, string][]) => (readonly [string, string | Blob])[]]>([
    ['two files', (fields) => [...fields, fileOf(3), fileOf(3)]],
    ['no file', (fields) => fields],
    ['a file of another name', (fields) => [...fields, ['files', new Blob(['abc'])]]],
    ['a field twice', (fields) => [...fields, ['key', pendingKey], fileOf(3)]],
    ['fields of over 20 KB', (fields) => [...fields, ['x-ignore-a', 'a'.repeat(20_480)], fileOf(3)]],
    [
      'over 100 fields',
      (fields) => [...fields, ...Array.from({ length: 100 }, (_, n) => [`x-ignore-${n}`, ''] as const), fileOf(3)],
    ],
  ])('with %s', async (_, parts) => {
    const { url, fields } = await signForm(store.client, 3);
    expect(await sendParts(url, parts(Object.entries(fields)))).toMatchObject({ status: 400 });
    await expectNothingKept();
  });

  it('where it is no form', async () => {
    const url = `${store.url}/${imagesBucket}`;
    const json = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(json.status).toBe(412);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const { fields } = await signForm(store.client, 3);
    const signed = Object.entries(fields).map(partOf).join('');
    for (const body of ['', 'nonsense', '--x\r\n\r\n', partOf(['a', 'b']).slice(0, -2), `${signed}${filePart}abc`]) {
      const answer = await fetch(url, { method: 'POST', body, headers });
      expect([body, answer.status]).toEqual([body, 400]);
    }
    await expectNothingKept();
  });

  it('at an address of an object, or of another bucket', async () => {
    const { url, fields } = await signForm(store.client, 3);
    const parts = [...Object.entries(fields), fileOf(3)];
    expect(await sendParts(`${url}/${pendingKey}`, parts)).toMatchObject({ status: 405 });
    expect(await sendParts(`${url}?delete`, parts)).toMatchObject({ status: 405 });
    expect(await sendParts(`${store.url}/other`, parts)).toMatchObject({ status: 404, code: 'NoSuchBucket' });
    await expectNothingKept();
  });

  it('where its sender goes in the middle', async () => {
    const { fields } = await signForm(store.client, 1000);
    const onDisk = () => readdirSync(path.join(store.directory, 'data')).length;
    const before = onDisk();
    const socket = connect(Number(new URL(store.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const begin = Object.entries(fields).map(partOf).join('');
    socket.write(
      `POST /${imagesBucket} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n` +
        `Content-Length: 99999\r\n\r\n${begin}${filePart}abc`,
    );
    await eventually('byte on disk', () => onDisk() === before + 1);
    socket.destroy();
    await eventually('end of it', () => onDisk() === before);
    await expectNothingKept();
  });

  it('as soon as it is too large, whatever its sender still means to send', async () => {
    const { url, fields } = await signForm(store.client, 3);
    const endless = new ReadableStream({
      start(controller) {
        const begin = Object.entries(fields).map(partOf).join('');
        controller.enqueue(Buffer.from(`${begin}${filePart}`));
      },
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(Buffer.alloc(1000));
      },
    });
    const headers = { 'content-type': `multipart/form-data; boundary=x` };
    const answer = await fetch(url, { method: 'POST', body: endless, headers, duplex: 'half' });
    expect(answer.status).toBe(400);
    await expectNothingKept();
  });
});
