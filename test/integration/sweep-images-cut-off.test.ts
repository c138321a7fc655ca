/** The function that sweeps, cut off after each of its requests: no product shows what is not there, and the next run does the rest. */
import type * as objectStore from '../../src/aws/object-store';
import { createCategory, createProduct, readProduct } from '../support/catalog';
import { cutOffTable, life, whileAlive } from '../support/cut-off';
import { stride } from '../support/depth';
import { storeForFunctions } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import {
  addPicture,
  day,
  filesNamed,
  filesOf,
  keepPictures,
  minute,
  now,
  pass,
  sendPicture,
  sweep,
} from '../support/sweeping';
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

/** A product with work for each step: files of a picture that it has dropped, an upload that was settled, and one that waits. */
async function newWork() {
  const { id } = await now(() => createProduct(categoryId));
  await addPicture(id);
  await keepPictures(id, []);
  pass(91 * day);
  const { imageId } = await sendPicture(id);
  pass(11 * minute);
  return { id, imageId };
}

// Each of some forty in turn, or every ninth.
const step = stride * stride;

it('cut off after each request in turn', async () => {
  let cutOffs = 0;
  for (let requests = 1; ; requests += step) {
    const { id, imageId } = await newWork();
    life.left = requests;
    const end = await sweep().then(
      () => 'done',
      () => 'cut off',
    );
    life.left = Infinity;
    const { images = [] } = await now(() => readProduct(id));
    const shown = filesNamed(...images.map((image) => image.id));
    expect(await filesOf(store, id, 'images')).toEqual(expect.arrayContaining(shown));
    await sweep();
    expect(await filesOf(store, id, 'images')).toEqual(filesNamed(imageId));
    expect(await filesOf(store, id, 'pending')).toEqual([]);
    if (end === 'done') break;
    cutOffs += 1;
  }
  expect(cutOffs * step).toBeGreaterThan(20);
});

afterAll(expectSoundTable);
