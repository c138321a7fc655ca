/** The function that makes pictures of what was sent, cut off after each of its requests: told again, it comes to the same end. */
import type * as objectStore from '../../src/aws/object-store';
import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, readProduct } from '../support/catalog';
import { life, whileAlive } from '../support/cut-off';
import { askForUpload, storeForFunctions } from '../support/function-uploads';
import { sendForm, type TestImageStore } from '../support/image-store';
import { pngHead } from '../support/pictures';
import { expectSoundTable } from '../support/table-contents';

jest.mock('../../src/aws/object-store', () => {
  const actual = jest.requireActual<typeof objectStore>('../../src/aws/object-store');
  return {
    ...actual,
    sendToS3: (...request: Parameters<typeof actual.sendToS3>) => whileAlive(() => actual.sendToS3(...request)),
  };
});
documents.middlewareStack.add((next) => (args) => whileAlive(() => next(args)), { step: 'initialize', name: 'cutOff' });

let store: TestImageStore;
let categoryId: string;

beforeAll(async () => {
  store = await storeForFunctions();
  categoryId = (await createCategory()).id;
});

afterAll(() => store.remove());

/** A product, and the key of a file that was sent for it, with its preview. */
async function sent(file: Uint8Array) {
  const { id } = await createProduct(categoryId);
  const preview = pngHead(40, 30);
  const offer = await askForUpload(id, file.length, { preview: { bytes: preview.length } });
  if (!offer.preview) throw new Error('No form for the preview');
  expect(await sendForm(offer.preview, preview)).toMatchObject({ status: 204 });
  expect(await sendForm(offer, file)).toMatchObject({ status: 204 });
  return { id, key: offer.fields['key'] ?? '' };
}

/** Loaded once what it sends is counted. */
async function tell(key: string) {
  const { handler } = await import('../../functions/accept-image');
  const event = { Records: [{ s3: { object: { key } } }] } as Parameters<typeof handler>[0];
  return handler(event, { getRemainingTimeInMillis: () => 20_000 });
}

const status = async (url: string) => (await fetch(`${store.url}${new URL(url).pathname}`)).status;

/** All that a product shows is there. */
async function expectShown(id: string) {
  const { images = [] } = await readProduct(id);
  for (const { url, previewUrl } of images) {
    expect(await status(url)).toBe(200);
    expect(await status(previewUrl ?? '')).toBe(200);
  }
  return images.length;
}

describe.each([
  ['is done', true],
  ['is not done', false],
])('cut off after each request in turn, the last of which %s', (_, answersLast) => {
  it.each([
    ['accepts once what is a picture', pngHead(640, 480), 1],
    ['refuses what is none', Buffer.from('x'.repeat(50)), 0],
  ])('%s', async (__, file, pictures) => {
    let cutOffs = 0;
    for (let requests = 1; ; requests += 1) {
      const { id, key } = await sent(file);
      Object.assign(life, { left: requests, answersLast });
      const end = await tell(key).then(
        () => 'done',
        () => 'cut off',
      );
      life.left = Infinity;
      await expectShown(id);
      await tell(key);
      expect(await expectShown(id)).toBe(pictures);
      expect((await readProduct(id)).version).toBe(1 + pictures);
      if (end === 'done') break;
      cutOffs += 1;
    }
    expect(cutOffs).toBeGreaterThan(5);
  });
});

afterAll(expectSoundTable);
