/** What the bucket of the local stack tells of new objects, whatever comes between. */
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { imagesBucket } from '../../../../local/s3/image-store';
import { eventually } from '../../../support/eventually';
import { newImageStore, pendingKey, sendForm, signForm, type TestImageStore } from '../../../support/image-store';

interface Told {
  Records: {
    eventName: string;
    s3: { bucket: { name: string }; object: { key: string; size: number; eTag: string } };
  }[];
}

let store: TestImageStore;
let told: Told[];
let fails: boolean;

beforeEach(async () => {
  told = [];
  fails = false;
  store = await newImageStore({
    onCreated: (event) => {
      told.push(event as Told);
      return fails ? Promise.reject(new Error('The function failed')) : Promise.resolve();
    },
  });
});

afterEach(() => store.remove());

const put = (key: string) =>
  store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key: key, Body: 'abc', ContentType: 'image/png' }));
const kept = () => readdirSync(path.join(store.directory, 'events'));

it('an object that arrives under pending/ is told of as S3 does', async () => {
  await sendForm(await signForm(store.client, 3), new Uint8Array(Buffer.from('abc')));
  await eventually('event', () => told.length === 1);
  expect(told).toMatchObject([
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'eu-central-1',
          eventName: 'ObjectCreated:Post',
          s3: {
            bucket: { name: imagesBucket, arn: `arn:aws:s3:::${imagesBucket}` },
            object: { key: pendingKey, size: 3, eTag: '900150983cd24fb0d6963f7d28e17f72' },
          },
        },
      ],
    },
  ]);
  await eventually('end of it', () => kept().length === 0);
});

it('the key is encoded as in a query', async () => {
  await put('pending/a b/ü+1');
  expect(told[0]?.Records[0]?.s3.object.key).toBe('pending/a+b/%C3%BC%2B1');
});

it('of other objects nothing is told', async () => {
  await put('images/01JP/01JI.png');
  await store.client.send(
    new CopyObjectCommand({
      Bucket: imagesBucket,
      Key: 'images/2.png',
      CopySource: `${imagesBucket}/images/01JP/01JI.png`,
    }),
  );
  expect(told).toEqual([]);
});

it('what has failed is told again, and others do not wait for it', async () => {
  fails = true;
  for (let count = 0; count < 5; count++) await put(`pending/failing-${count}`);
  await eventually('second time', () => told.length > 5);
  fails = false;
  await put('pending/other');
  await eventually('event of the other', () =>
    told.some(({ Records: [record] }) => record?.s3.object.key === 'pending/other'),
  );
  await eventually('end of all', () => kept().length === 0);
  for (let count = 0; count < 5; count++) {
    const times = told.filter(({ Records: [record] }) => record?.s3.object.key === `pending/failing-${count}`);
    expect(times.length).toBeGreaterThan(1);
  }
});

it('what has not been told is told after a restart, and the object is still there', async () => {
  fails = true;
  await put(pendingKey);
  await eventually('event', () => told.length > 0);
  const before = told.length;
  fails = false;
  store = await store.restart();
  await eventually('event after the restart', () => told.length > before);
  await eventually('end of it', () => kept().length === 0);
  const { Body } = await store.client.send(new GetObjectCommand({ Bucket: imagesBucket, Key: pendingKey }));
  expect(await Body?.transformToString()).toBe('abc');
});

it('a form is good over a restart, and what an end in the middle has left is removed', async () => {
  const form = await signForm(store.client, 3);
  writeFileSync(path.join(store.directory, 'data', 'half'), 'ab');
  store = await store.restart();
  expect(readdirSync(path.join(store.directory, 'data'))).toEqual([]);
  const { port } = new URL(store.url);
  const url = new URL(form.url);
  url.port = port;
  expect(await sendForm({ ...form, url: url.href }, 3)).toMatchObject({ status: 204 });
});

it.each(['objects/broken.json', 'credentials.json'])('a start on a damaged %s says what to do', async (file) => {
  await store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key: 'images/a', Body: 'a' }));
  writeFileSync(path.join(store.directory, file), '{');
  await expect(store.restart()).rejects.toThrow('run "npm start -- --reset" to start empty');
  store = await newImageStore();
});
