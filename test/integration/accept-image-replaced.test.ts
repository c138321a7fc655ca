/** A file that is replaced while it is looked at, and one that is where a picture is to be: what is shown is what was looked at. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { imagesBucket } from '../../local/s3/image-store';
import type * as objectStore from '../../src/aws/object-store';
import { createCategory, createProduct, readProduct, send } from '../support/catalog';
import { askForUpload, storeForFunctions } from '../support/function-uploads';
import { sendForm, type TestImageStore } from '../support/image-store';
import { pngHead } from '../support/pictures';

/** Done before each copy. */
let beforeCopy: () => Promise<unknown> = () => Promise.resolve();

jest.mock('../../src/aws/object-store', () => {
  const actual = jest.requireActual<typeof objectStore>('../../src/aws/object-store');
  return {
    ...actual,
    sendToS3: async (...[at, request]: Parameters<typeof actual.sendToS3>) => {
      if (request.method === 'PUT') await beforeCopy();
      return actual.sendToS3(at, request);
    },
  };
});

const file = pngHead(3, 3);
const other = Buffer.from('<script>'.padEnd(file.length));
let store: TestImageStore;
let id: string;
let key: string;

beforeAll(async () => {
  store = await storeForFunctions();
});

afterAll(() => store.remove());

beforeEach(async () => {
  id = (await createProduct((await createCategory()).id)).id;
  const form = await askForUpload(id, file.length);
  expect((await sendForm(form, file)).status).toBe(204);
  key = form.fields['key'] ?? '';
  beforeCopy = () => Promise.resolve();
});

const put = (Key: string) =>
  store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key, Body: other, ContentType: 'image/png' }));

/** Loaded once its requests can be interrupted. */
async function tell() {
  const { handler } = await import('../../functions/accept-image');
  const event = { Records: [{ s3: { object: { key } } }] } as Parameters<typeof handler>[0];
  return handler(event, { getRemainingTimeInMillis: () => 20_000 });
}

const shownKey = () => `${key.replace('pending/', 'images/')}.png`;

async function expectRefused(reason: string) {
  const { body } = await send('GET /admin/products/{productId}/images', { id });
  expect(body).toMatchObject({ items: [{ state: 'refused', reason }] });
  expect((await readProduct(id)).images).toBeUndefined();
  expect((await fetch(`${store.url}/${shownKey()}`)).status).toBe(403);
}

it('copies nothing but what it has looked at, and looks again at what has come instead', async () => {
  beforeCopy = () => put(key);
  await expect(tell()).rejects.toThrow('replaced');
  expect((await fetch(`${store.url}/${shownKey()}`)).status).toBe(403);
  await tell();
  await expectRefused('other_type');
});

it('copies nothing over another file', async () => {
  await put(shownKey());
  await tell();
  await expectRefused('sent_twice');
});
