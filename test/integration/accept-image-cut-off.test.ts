/** The function that makes pictures of what was sent, cut off after each of its requests: told again, it comes to the same end. */
import type * as objectStore from '../../src/aws/object-store';
import { createCategory, createProduct, readProduct } from '../support/catalog';
import { cutOffTable, life, whileAlive } from '../support/cut-off';
import { storeForFunctions } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import { pngHead } from '../support/pictures';
import { sendPicture, tellOf } from '../support/sweeping';
import { expectSoundTable } from '../support/table-contents';

jest.mock('../../src/aws/object-store', () => {
  const actual = jest.requireActual<typeof objectStore>('../../src/aws/object-store');
  return {
    ...actual,
    sendToS3: (...request: Parameters<typeof actual.sendToS3>) => whileAlive(() => actual.sendToS3(...request)),
  };
});
cutOffTable();

let store: TestImageStore;
let categoryId: string;

beforeAll(async () => {
  store = await storeForFunctions();
  categoryId = (await createCategory()).id;
});

afterAll(() => store.remove());

const status = async (url: string) => (await fetch(`${store.url}${new URL(url).pathname}`)).status;

/** All that a product shows is there. */
async function expectShown(id: string) {
  const { images = [], version } = await readProduct(id);
  for (const { url, previewUrl } of images) {
    expect(await status(url)).toBe(200);
    expect(await status(previewUrl ?? '')).toBe(200);
  }
  return { images, version };
}

describe('cut off before its first request, and after each in turn', () => {
  it.each([
    ['accepts once what is a picture', pngHead(640, 480), 1],
    ['refuses what is none', Buffer.from('x'.repeat(50)), 0],
  ])('%s', async (_, file, pictures) => {
    let cutOffs = 0;
    for (let requests = 0; ; requests += 1) {
      const { id } = await createProduct(categoryId);
      const offer = await sendPicture(id, file);
      life.left = requests;
      const end = await tellOf(offer).then(
        () => 'done',
        () => 'cut off',
      );
      life.left = Infinity;
      await expectShown(id);
      await tellOf(offer);
      const { images, version } = await expectShown(id);
      expect([images.length, version]).toEqual([pictures, 1 + pictures]);
      if (end === 'done') break;
      cutOffs += 1;
    }
    expect(cutOffs).toBeGreaterThan(6);
  });
});

afterAll(expectSoundTable);
