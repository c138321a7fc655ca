/** Each role in resources/image-roles.yml allows exactly what its function does to the table and to the bucket, seen over all its ways. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { imagesBucket } from '../../local/s3/image-store';
import type * as objectStore from '../../src/aws/object-store';
import { createCategory, createProduct, send } from '../support/catalog';
import { askForUpload, storeForFunctions, type Form } from '../support/function-uploads';
import { sendForm, type TestImageStore } from '../support/image-store';
import { actionsOf, allowedIn, performOn, performRequest } from '../support/performed-actions';
import { pngHead } from '../support/pictures';

jest.mock('../../src/aws/object-store', () => {
  const actual = jest.requireActual<typeof objectStore>('../../src/aws/object-store');
  return {
    ...actual,
    sendToS3: async (...[at, request]: Parameters<typeof actual.sendToS3>) => {
      const answer = await actual.sendToS3(at, request);
      performRequest(request, answer.status);
      return answer;
    },
  };
});

const file = pngHead(3, 3);
let store: TestImageStore;
let id: string;

beforeAll(async () => {
  store = await storeForFunctions();
  id = (await createProduct((await createCategory()).id)).id;
});

afterAll(() => store.remove());

const keyOf = ({ fields }: Form) => fields['key'] ?? '';

it('CreateImageUploadRole allows what offering and listing uploads does, and what the forms allow', async () => {
  const offer = async () => {
    const form = await askForUpload(id, file.length, { preview: { bytes: file.length } });
    // Whoever sends a form does what its signer may do.
    for (const each of [form, form.preview]) if (each) performOn(keyOf(each), 'PutObject');
    await send('GET /admin/products/{productId}/images', { id });
  };
  expect(await actionsOf(offer)).toEqual(allowedIn('image-roles.yml', 'CreateImageUploadRole'));
});

it('AcceptImageRole allows what accepting and refusing does, also of what is gone, or there already', async () => {
  /** Sends the file, and answers its key. */
  const sent = async (bytes: Uint8Array) => {
    const form = await askForUpload(id, bytes.length, { preview: { bytes: file.length } });
    expect((await sendForm(form, bytes)).status).toBe(204);
    return keyOf(form);
  };
  const [good, none, taken, gone] = [
    await sent(file),
    await sent(new Uint8Array(9)),
    await sent(file),
    await sent(file),
  ];
  const shown = `${taken.replace('pending/', 'images/')}.png`;
  await store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key: shown, Body: 'Another file' }));
  // Loaded once its requests are recorded.
  const { handler } = await import('../../functions/accept-image');
  const tell = (key: string) => {
    const event = { Records: [{ s3: { object: { key } } }] } as Parameters<typeof handler>[0];
    return handler(event, { getRemainingTimeInMillis: () => 20_000 });
  };
  const toProduct = await actionsOf(async () => {
    for (const key of [good, none, taken, good]) await tell(key);
  });
  await send('DELETE /products/{productId}', { id });
  const toNone = await actionsOf(() => tell(gone));
  expect([...new Set([...toProduct, ...toNone])].sort()).toEqual(allowedIn('image-roles.yml', 'AcceptImageRole'));
});
