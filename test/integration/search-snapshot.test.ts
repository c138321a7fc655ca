/** The search function's start from a snapshot: quick, and right all the same. */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import { ulid } from 'ulid';
import { imagesBucket } from '../../local/s3/image-store';
import { changeKeyOf } from '../../src/changes/change-key';
import { documents } from '../../src/dynamodb/client';
import { busy } from '../../src/errors';
import { log } from '../../src/log';
import { LiveIndex } from '../../src/search/live-index';
import { readSnapshot, SnapshotWriter } from '../../src/search/snapshot';
import { takeSnapshot } from '../../src/search/take-snapshot';
import { createCategory, createProduct, send } from '../support/catalog';
import { storeForFunctions } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import { putItems } from '../support/put-items';
import { remove } from '../support/restorations';
import type { Product } from '../support/representations';

const Key = 'products-3.gz';
let store: TestImageStore;
let categoryId: string;
let [staying, leaving]: Product[] = [];

beforeAll(async () => {
  store = await storeForFunctions();
  process.env['SEARCH_SNAPSHOTS'] = imagesBucket;
  categoryId = (await createCategory({ name: 'Drinks' })).id;
  staying = await createProduct(categoryId, { name: 'Red mug' });
  leaving = await createProduct(categoryId, { name: 'Blue mug' });
});
afterAll(() => store.remove());

const find = async (index: LiveIndex, q: string) =>
  (await index.current()).search({ q, sort: 'name', limit: 10 }).hits.map(({ id }) => id);
const put = (body: Uint8Array) => store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key, Body: body }));
const lines = (...values: object[]) => gzipSync([...values.map((value) => JSON.stringify(value)), 'end'].join('\n'));
/** As it is written: each line by itself. */
const parts = (...values: string[]) => values.map((value, at) => gzipSync(at === 0 ? value : `\n${value}`));
const stored = async () => {
  const { Body } = await store.client.send(new GetObjectCommand({ Bucket: imagesBucket, Key }));
  return Body?.transformToByteArray();
};

const ghost = '01JGHAST000000000000000000';
/** A product that the table does not have: whatever finds it has read the snapshot. */
const products = () => [{ ...staying, id: ghost, name: 'Ghost mug' }];

it('is not taken of as few products as a start reads from the table', async () => {
  await takeSnapshot();
  await expect(stored()).rejects.toThrow('The specified key does not exist');
});

it('has all products and categories, and what has changed since is found as it is', async () => {
  await takeSnapshot(1);
  await send('PATCH /products/{productId}', { id: staying?.id, body: { name: 'Green cup', slug: 'green-cup' } });
  await remove(leaving?.id ?? '');
  const coming = await createProduct(categoryId, { name: 'Mug of late' });
  const index = new LiveIndex();
  expect(await find(index, 'mug')).toEqual([coming.id]);
  expect(await find(index, 'green cup')).toEqual([staying?.id]);
  expect(await find(index, 'drinks')).toHaveLength(2);
});

it('of more products than an index is for is said in the log, once, and answered from', async () => {
  const said = jest.spyOn(log, 'error');
  const index = new LiveIndex(1);
  for (const word of ['drinks', 'mug', 'cup']) expect(await find(index, word)).not.toEqual([]);
  expect(said.mock.calls).toEqual([
    [expect.stringMatching(/^There are more than 1 products: .* docs\/search\.md/), {}],
  ]);
  await find(new LiveIndex(2), 'drinks');
  expect(said).toHaveBeenCalledTimes(1);
  said.mockRestore();
});

it('is what the function starts from, and not the table', async () => {
  await put(lines({ asOf: Date.now() }, { products: products(), categories: [] }));
  expect(await find(new LiveIndex(), 'ghost')).toEqual([ghost]);
});

it('is read as it was written, in lines longer than the pieces it is unpacked in, and of letters that pieces end amid', async () => {
  // A piece has a million bytes, which three do not divide: of three ends in a row, two are amid a letter of three bytes.
  const names = ['First', 'ム'.repeat(1_100_000), 'Last'];
  const writer = new SnapshotWriter(Date.now());
  for (const name of names) writer.add({ products: [], categories: [{ id: ghost, name }] });
  await writer.write();

  const read: unknown[] = [];
  for await (const { categories, ...rest } of (await readSnapshot())?.parts ?? []) {
    // A count for each run of letters, since whoever saw this fail would see millions of them.
    const shown = categories.map(({ id, name }) => [id, name.replace(/ム+/g, ({ length }) => String(length))]);
    read.push({ ...rest, shown });
  }
  expect(read).toEqual(['First', '1100000', 'Last'].map((name) => ({ products: [], shown: [[ghost, name]] })));
});

it.each<[string, () => Uint8Array]>([
  ['older than a day', () => lines({ asOf: Date.now() - 25 * 3_600_000 }, { products: products(), categories: [] })],
  ['no gzip', () => Buffer.from('{}')],
  ['cut short', () => lines({ asOf: Date.now() }, { products: products(), categories: [] }).subarray(0, 60)],
  [
    'cut short at its end',
    () => lines({ asOf: Date.now() }, { products: products(), categories: [] }, {}).subarray(0, -4),
  ],
  [
    'cut short between two parts',
    () =>
      Buffer.concat(
        parts(JSON.stringify({ asOf: Date.now() }), JSON.stringify({ products: products(), categories: [] })),
      ),
  ],
  [
    'spoilt where a part begins',
    () => {
      const [head, part, last] = parts(
        JSON.stringify({ asOf: Date.now() }),
        JSON.stringify({ products: products(), categories: [] }),
        'end',
      );
      return Buffer.concat(
        [head ?? [], part ?? [], Buffer.from('??'), last?.subarray(2) ?? []].map((some) => Buffer.from(some)),
      );
    },
  ],
  [
    'of products without a field that a search knows by now',
    () => lines({ asOf: Date.now(), fields: ['id', 'version', 'name'] }, { products: products(), categories: [] }),
  ],
  ['without its time', () => lines({}, { products: products(), categories: [] })],
  ['in one part no list of products', () => lines({ asOf: Date.now() }, { products: products(), categories: [] }, {})],
])('one that is %s is left, and the table is read', async (_, body) => {
  await put(body());
  const index = new LiveIndex();
  expect(await find(index, 'ghost')).toEqual([]);
  expect(await find(index, 'green cup')).toEqual([staying?.id]);
});

it('a bucket that cannot be reached leaves the table to be read', async () => {
  process.env['AWS_ENDPOINT_URL_S3'] = 'http://127.0.0.1:9';
  expect(await find(new LiveIndex(), 'green cup')).toEqual([staying?.id]);
});

it('an index hears of all that others write, though the clock of its process is minutes ahead', async () => {
  const now = Date.now.bind(Date);
  // Writers take their time from elsewhere: `new Date()` goes on as ever.
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 4 * 60_000);
  const index = new LiveIndex();
  await index.current();
  const { id } = await createProduct(categoryId, { name: 'Late cup' });
  expect(await find(index, 'late cup')).toEqual([id]);
  clock.mockRestore();
});

it('an index that could not read all that has changed goes on where it was, and not from the beginning', async () => {
  const index = new LiveIndex();
  await index.current();
  const at = new Date().toISOString();
  const pks = Array.from({ length: 1_100 }, () => `PRODUCT#${ulid()}`);
  await putItems(pks.map((pk) => ({ pk, sk: 'HISTORY#1', ...changeKeyOf(pk, { at, version: 2 }) })));
  let reads = 0;
  const throttle = { step: 'initialize', name: 'throttle' } as const;
  documents.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName !== 'BatchGetItemCommand') return next(args);
        reads += 1;
        // Of a hundred keys each.
        if (reads === 11) throw busy(new Error('Throttled'));
        return next(args);
      },
    throttle,
  );
  await expect(index.current()).rejects.toThrow();
  expect(reads).toBe(11);
  await index.current();
  expect(reads).toBe(12);
  documents.middlewareStack.remove(throttle.name);
});
