/** What no product needs goes when its time is over and not before, and what waits is looked at again: with the clock put forward. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
import type * as objectStore from '../../src/aws/object-store';
import type { BatchGetCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { imagesBucket } from '../../local/s3/image-store';
import { changeKeyOf } from '../../src/changes/change-key';
import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, readProduct, send } from '../support/catalog';
import { callers, itAtFullDepth } from '../support/depth';
import { storeForFunctions } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import { actionsOf, allowedIn, performRequest } from '../support/performed-actions';
import { pngHead } from '../support/pictures';
import { remove, restore } from '../support/restorations';
import * as sweeping from '../support/sweeping';
import { addVersions } from '../support/versions';
import { expectSoundTable, readTable } from '../support/table-contents';

const {
  addPicture,
  addPictures,
  addUploads,
  day,
  expire,
  filesNamed,
  keepPictures,
  minute,
  now,
  pass,
  sendPicture,
  tellOf,
} = sweeping;

/** What the function has asked of AWS so far, as its role names it. */
const performed = new Set<string>();

async function sweep(): Promise<void> {
  let outcome: Promise<unknown> = Promise.resolve();
  const actions = await actionsOf(async () => {
    outcome = sweeping.sweep();
    await outcome.catch(() => undefined);
  });
  for (const action of actions) performed.add(action);
  await outcome;
}

/** Requests to S3 that fail. */
const s3: { fails: (method: string, key: string) => boolean } = { fails: () => false };

jest.mock('../../src/aws/object-store', () => {
  const actual = jest.requireActual<typeof objectStore>('../../src/aws/object-store');
  return {
    ...actual,
    sendToS3: async (...[bucket, request]: Parameters<typeof actual.sendToS3>) => {
      const answer = s3.fails(request.method, request.key)
        ? { status: 503, headers: {}, body: Buffer.from('SlowDown') }
        : await actual.sendToS3(bucket, request);
      performRequest(request, answer.status);
      return answer;
    },
  };
});

/** How many keys each read of many asks for, and transactions that never come to be. */
const database = { read: [] as number[], transactionsFail: false };
documents.middlewareStack.add(
  (next) => (args) => {
    const { RequestItems, TransactItems } = args.input as Partial<BatchGetCommandInput & TransactWriteCommandInput>;
    if (database.transactionsFail && TransactItems) throw new Error('Cut off');
    const [asked] = Object.values(RequestItems ?? {});
    if (asked) database.read.push(asked.Keys?.length ?? 0);
    return next(args);
  },
  { step: 'initialize', name: 'observer' },
);

let store: TestImageStore;
let categoryId: string;

beforeAll(async () => {
  store = await storeForFunctions();
  categoryId = (await createCategory()).id;
});

afterEach(() => {
  s3.fails = () => false;
  database.transactionsFail = false;
});

afterAll(() => store.remove());

const newProduct = () => now(() => createProduct(categoryId));
const shown = (id: string) => sweeping.filesOf(store, id, 'images');
const waiting = (id: string) => sweeping.filesOf(store, id, 'pending');
const removeNow = (id: string) => now(() => remove(id));
const restoreNow = (id: string) => now(() => restore(id));
const pictures = async (id: string) => ((await now(() => readProduct(id))).images ?? []).map((image) => image.id);
const uploads = async (id: string) =>
  (await now(() => send('GET /admin/products/{productId}/images', { id }))).body as { items: object[] };
/** What has become of all of a product's uploads. */
const ticketsOf = async (id: string) =>
  (await readTable())
    .filter(({ pk, sk }) => pk === `PRODUCT#${id}` && sk.startsWith('IMAGE#'))
    .map(({ state, reason }) => ({ state, reason }));

describe('files of pictures that a product has no more', () => {
  it('stay for 90 days after they were dropped, and are gone after 91; those that it has stay', async () => {
    const { id } = await newProduct();
    const [kept, dropped] = [await addPicture(id), await addPicture(id)];
    await keepPictures(id, [kept]);
    pass(90 * day);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(kept, dropped));
    pass(day + minute);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(kept));
    expect(await pictures(id)).toEqual([kept]);
  });

  it('stay for a product that comes back, and go once they are dropped again', async () => {
    const { id } = await newProduct();
    const [first, second] = [await addPicture(id), await addPicture(id)];
    await removeNow(id);
    pass(90 * day - minute);
    expect(await restoreNow(id)).toMatchObject({ status: 200, body: { images: [{ id: first }, { id: second }] } });
    pass(2 * day);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(first, second));

    await keepPictures(id, [second]);
    pass(50 * day);
    await removeNow(id);
    pass(40 * day);
    await restoreNow(id);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(first, second));
    pass(day + minute);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(second));
    await removeNow(id);
    pass(91 * day + minute);
    await sweep();
    expect(await shown(id)).toEqual([]);
  });

  it('stay for 90 days after they were dropped from a product that had come back, not after it was deleted', async () => {
    const { id } = await newProduct();
    const picture = await addPicture(id);
    await removeNow(id);
    pass(minute);
    await restoreNow(id);
    pass(50 * day);
    await keepPictures(id, []);
    pass(90 * day - minute);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(picture));
    pass(day + 2 * minute);
    await sweep();
    expect(await shown(id)).toEqual([]);
  });

  it('stay a day longer than its deletion can be undone with them', async () => {
    const { id } = await newProduct();
    const picture = await addPicture(id);
    await removeNow(id);
    pass(91 * day - minute);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(picture));
  });

  it('are not what a product comes back with that was deleted 90 days ago, before the sweep and after it', async () => {
    const [early, late] = [await newProduct(), await newProduct()];
    for (const { id } of [early, late]) {
      await addPicture(id);
      await removeNow(id);
      pass(minute);
    }
    pass(90 * day);
    const deleted = await now(() => send('GET /admin/products', { query: { deleted: 'true', limit: '2' } }));
    expect(deleted.body).toMatchObject({ items: [{ id: late.id }, { id: early.id }] });
    expect(JSON.stringify(deleted.body)).not.toContain('images');
    expect((await restoreNow(early.id)).body).not.toHaveProperty('images');
    pass(day + minute);
    await sweep();
    expect([...(await shown(early.id)), ...(await shown(late.id))]).toEqual([]);
    expect((await restoreNow(late.id)).body).not.toHaveProperty('images');
  });

  it('go after a run that failed, all of them', async () => {
    const products = await Promise.all(Array.from({ length: 4 }, newProduct));
    for (const { id } of products) {
      await addPicture(id);
      await removeNow(id);
    }
    pass(91 * day + minute);
    const failing = new Set(products.filter((_, at) => at % 2 === 0).map(({ id }) => id));
    s3.fails = (method, key) => method === 'DELETE' && failing.has(key.split('/')[1] ?? '');
    await expect(sweep()).rejects.toThrow('Not all of the sweep could be done');
    s3.fails = () => false;
    await sweep();
    for (const { id } of products) expect(await shown(id)).toEqual([]);
  });
});

it('goes on where a run has ended for want of time, and looks at hundreds of changes a few at a time', async () => {
  const { id } = await newProduct();
  await addPicture(id);
  await keepPictures(id, []);
  for (let made = 0; made < 8; made += 1) {
    const other = await newProduct();
    await now(async () => {
      await send('PATCH /products/{productId}', { id: other.id, body: { stockCount: 2 } });
      await addVersions(other.id, 100);
    });
    pass(minute);
  }
  await removeNow(id);
  pass(91 * day + minute);

  const { deleteLeftFiles } = await import('../../src/sweep/left-files');
  database.read = [];
  let [runs, complete] = [0, false];
  while (!complete) {
    let pages = 0;
    ({ complete } = await now(() => deleteLeftFiles(() => (pages += 1) <= 4)));
    runs += 1;
  }
  expect(runs).toBeGreaterThan(3);
  expect(database.read.reduce((sum, keys) => sum + keys, 0)).toBeGreaterThan(500);
  expect(Math.max(...database.read)).toBeLessThanOrEqual(50);
  expect(await shown(id)).toEqual([]);
});

it('a step that fails keeps no other from its turn, and the run fails at its end', async () => {
  const { id } = await newProduct();
  await addPicture(id);
  await removeNow(id);
  pass(91 * day + minute);
  let lists = 0;
  // The first list is of what waits.
  s3.fails = (method, key) => method === 'GET' && key === '' && (lists += 1) === 1;
  await expect(sweep()).rejects.toThrow('Not all of the sweep could be done');
  expect(await shown(id)).toEqual([]);
});

describe('uploads that S3 told of in vain', () => {
  it('are looked at again after ten minutes, and none that fails stands in the way of others', async () => {
    const [failing, good, bad] = [await newProduct(), await newProduct(), await newProduct()];
    const offers = [await sendPicture(failing.id), await sendPicture(good.id)];
    await sendPicture(bad.id, Buffer.from('x'.repeat(50)));
    pass(9 * minute);
    await sweep();
    expect(await pictures(good.id)).toEqual([]);
    pass(minute);
    s3.fails = (method, key) => method === 'GET' && key.includes(failing.id);
    await expect(sweep()).rejects.toThrow('Not all of the sweep could be done');
    expect(await pictures(good.id)).toEqual([offers[1]?.imageId]);
    expect(await uploads(bad.id)).toMatchObject({ items: [{ state: 'refused', reason: 'other_type' }] });
    expect([...(await waiting(good.id)), ...(await waiting(bad.id))]).toEqual([]);

    s3.fails = () => false;
    pass(20 * 60 * minute);
    await sweep();
    expect(await pictures(failing.id)).toEqual([offers[0]?.imageId]);
  });

  it('are pictures where copies of them had been made before the function was cut off', async () => {
    const { id } = await newProduct();
    const offer = await sendPicture(id);
    database.transactionsFail = true;
    await expect(tellOf(offer)).rejects.toThrow();
    database.transactionsFail = false;
    expect(await shown(id)).toEqual(filesNamed(offer.imageId));
    expect(await pictures(id)).toEqual([]);
    pass(10 * minute);
    await sweep();
    expect(await pictures(id)).toEqual([offer.imageId]);
    expect(await waiting(id)).toEqual([]);
  });

  it('are given up after two days, and copies that were made for them go', async () => {
    const { id } = await newProduct();
    const offer = await sendPicture(id);
    database.transactionsFail = true;
    await expect(tellOf(offer)).rejects.toThrow();
    database.transactionsFail = false;
    expect(await shown(id)).toEqual(filesNamed(offer.imageId));
    await expire(store, offer.fields['key'] ?? '');
    pass(2 * day);
    await sweep();
    expect(await shown(id)).toEqual(filesNamed(offer.imageId));
    pass(6 * minute);
    await sweep();
    expect(await shown(id)).toEqual([]);
    expect(await uploads(id)).toMatchObject({ items: [{ state: 'refused', reason: 'too_late' }] });
    expect((await now(() => readProduct(id))).version).toBe(1);
  });

  it('leave no copy that was made while they were given up, and whose maker was cut off then', async () => {
    const { id } = await newProduct();
    const offer = await sendPicture(id);
    await expire(store, offer.fields['key'] ?? '');
    pass(2 * day + 6 * minute);
    await sweep();
    expect(await uploads(id)).toMatchObject({ items: [{ state: 'refused', reason: 'too_late' }] });
    const Key = `images/${id}/${offer.imageId}.png`;
    await store.client.send(new PutObjectCommand({ Bucket: imagesBucket, Key, Body: pngHead(640, 480) }));
    pass(day);
    await sweep();
    expect(await shown(id)).toEqual([]);
  });

  it('are read together when they are given up, and nothing is asked of the bucket for those that are pictures', async () => {
    const { id } = await newProduct();
    const shown = await addPicture(id);
    await addUploads(id, 3);
    pass(2 * day + 6 * minute);
    const asked: string[] = [];
    s3.fails = (_, key) => {
      asked.push(key);
      return false;
    };
    database.read = [];
    await sweep();
    expect(Math.max(...database.read)).toBeGreaterThanOrEqual(4);
    expect(asked.filter((key) => key.includes(shown))).toEqual([]);
  });

  itAtFullDepth('are pictures or given up, never both, when they are looked at and given up at once', async () => {
    const { giveUp } = await import('../../src/images/accept');
    const { readTicket } = await import('../../src/images/ticket-store');
    const products = await Promise.all(Array.from({ length: callers / 2 }, newProduct));
    const offers = await Promise.all(products.map(({ id }) => sendPicture(id)));
    const giveUpNow = async (id: string, imageId: string) => {
      const ticket = await readTicket(id, imageId);
      if (ticket) await giveUp(ticket);
    };
    await now(() =>
      Promise.all(
        offers.flatMap((offer, at) => [
          tellOf(offer).catch(() => undefined),
          pause(at * 3).then(() => giveUpNow(products[at]?.id ?? '', offer.imageId)),
        ]),
      ),
    );
    for (const [at, offer] of offers.entries()) {
      await tellOf(offer);
      const id = products[at]?.id ?? '';
      const has = await pictures(id);
      expect(await shown(id)).toEqual(filesNamed(...has));
      expect(await waiting(id)).toEqual([]);
      expect(await uploads(id)).toMatchObject({ items: [{ state: has.length === 1 ? 'accepted' : 'refused' }] });
    }
  });
});

itAtFullDepth('no product shows what is not there when products come back, change and are swept at once', async () => {
  const products = await Promise.all(Array.from({ length: callers / 2 }, newProduct));
  const ids = products.map(({ id }) => id);
  const first = new Map<string, string>();
  for (const id of ids) {
    const [kept = ''] = await addPictures(id, 2);
    first.set(id, kept);
    await removeNow(id);
    pass((3 * day) / ids.length);
  }
  // Some are to be swept, some too young, and some between the two.
  pass(88.75 * day);
  await now(() =>
    Promise.all([
      ...ids.map(async (id, at) => {
        await pause(at * 2);
        await restore(id);
        await send('PATCH /products/{productId}', { id, body: { images: [{ id: first.get(id) }] } });
      }),
      (async () =>
        (await import('../../functions/sweep-images')).handler({}, { getRemainingTimeInMillis: () => 300_000 }))(),
    ]),
  );
  const counts = new Set<number>();
  for (const id of ids) {
    const has = await pictures(id);
    expect(await shown(id)).toEqual(expect.arrayContaining(filesNamed(...has)));
    counts.add(has.length);
  }
  expect(counts).toEqual(new Set([0, 1]));
  pass(2 * day);
  await sweep();
  for (const id of ids) expect(await shown(id)).toEqual(expect.arrayContaining(filesNamed(...(await pictures(id)))));
});

// After all others, each of which puts the clock forward: its uploads come up again a day later.
describe('what fails run after run', () => {
  const failed = 'Not all of the sweep could be done';

  it('keeps no file from being deleted that comes after it, and goes once it can', async () => {
    // Of five records, two are in one partition of the record of all changes.
    const products = await Promise.all(Array.from({ length: 5 }, newProduct));
    const shardOf = (id: string) => changeKeyOf(`PRODUCT#${id}`, { at: '', version: 1 }).changeShard;
    const failing = products.find(({ id }, at) =>
      products.slice(at + 1).some((other) => shardOf(other.id) === shardOf(id)),
    );
    if (!failing) throw new Error('There are four partitions');
    const images = new Map<string, string>();
    for (const { id } of [failing, ...products.filter((product) => product !== failing)]) {
      images.set(id, await addPicture(id));
      await keepPictures(id, []);
    }
    pass(91 * day + minute);
    s3.fails = (method, key) => method === 'DELETE' && key.includes(failing.id);
    for (let runs = 0; runs < 3; runs += 1) {
      await expect(sweep()).rejects.toThrow(failed);
      for (const { id } of products) {
        expect(await shown(id)).toEqual(id === failing.id ? filesNamed(images.get(id) ?? '') : []);
      }
    }
    s3.fails = () => false;
    await sweep();
    expect(await shown(failing.id)).toEqual([]);
  });

  it('keeps none of more uploads than a page has from being given up, and is given up to its end once it can be', async () => {
    const { id } = await newProduct();
    const [planted = ''] = await addUploads(id, 51);
    pass(2 * day + 6 * minute);
    s3.fails = (method, key) => method === 'DELETE' && key.includes(planted);
    await expect(sweep()).rejects.toThrow(failed);
    expect(await ticketsOf(id)).toEqual(Array(51).fill({ state: 'refused', reason: 'too_late' }));
    await expect(sweep()).rejects.toThrow(failed);
    s3.fails = () => false;
    await sweep();
  });

  it('waits with all that comes after it where more than a hundred do, and all are done once they can be', async () => {
    const { id } = await newProduct();
    await addUploads(id, 102);
    pass(2 * day + 6 * minute);
    s3.fails = (method) => method === 'DELETE';
    for (let runs = 0; runs < 2; runs += 1) await expect(sweep()).rejects.toThrow(failed);
    const swept = (await readTable()).find(({ pk, sk }) => pk === 'SWEEP' && sk === 'UPLOADS');
    const { length } = z.array(z.unknown()).parse(swept?.['setAside']);
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThanOrEqual(100);
    s3.fails = () => false;
    await sweep();
    expect(await ticketsOf(id)).toEqual(Array(102).fill({ state: 'refused', reason: 'too_late' }));
  });
});

it('its role allows what all of this took, and nothing else', () => {
  expect([...performed].sort()).toEqual(allowedIn('image-roles.yml', 'SweepImagesRole'));
});

afterAll(expectSoundTable);
