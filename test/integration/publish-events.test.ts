/** Each change becomes an event, as it was made and once at least, whatever EventBridge and the function come to. */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { handler } from '../../functions/publish-events';
import { config } from '../../src/config';
import { documents } from '../../src/dynamodb/client';
import type { HistoryItem } from '../../src/catalog/history-store';
import { getItems } from '../../src/dynamodb/read';
import { busy } from '../../src/errors';
import { recordsThen } from '../../src/events/record-then';
import { createCategory, createProduct, productFields, readCategory, send } from '../support/catalog';
import { bulk } from '../support/bulk';
import { change } from '../support/changes';
import { eventFaults, eventTypes } from '../support/event-schemas';
import { rounds } from '../support/depth';
import { startBus, type TestBus } from '../support/event-bridge';
import { batchOf, drain, readStream, type EntryKey } from '../support/event-stream';
import { fakeContext } from '../support/events';
import { eventually } from '../support/eventually';
import { largestProduct } from '../support/largest-product';
import { publishInOwnProcess } from '../support/publisher-process';
import { places, randomWrite } from '../support/random-products';
import { reads } from '../support/reads';
import { sendWrite } from '../support/random-writes';
import { productIn, type Product } from '../support/representations';
import { remove, restore } from '../support/restorations';
import { emptyTable } from '../support/test-table';
import { addVersions } from '../support/versions';

let bus: TestBus;
beforeEach(async () => {
  await emptyTable();
  bus = await startBus();
});
const types = new Set<string>();
afterEach(() => {
  bus.stop();
  expect(bus.delivered.flatMap(eventFaults)).toEqual([]);
  for (const event of bus.delivered) types.add(event['detail-type']);
});

const publish = (keys: EntryKey[], milliseconds = 30_000) => handler(batchOf(keys), fakeContext(milliseconds));
const none = { batchItemFailures: [] };

/** By the version of the record. */
const eventsOf = (id: string) =>
  new Map(bus.delivered.filter(({ detail }) => detail.id === id).map((event) => [event.detail.version, event]));

/** How the stream's entries are called by the events. */
const named = ({ pk, sk }: EntryKey) => `${pk.slice(pk.indexOf('#') + 1)} ${Number(sk.slice('HISTORY#'.length))}`;
const told = () => new Set(bus.delivered.map(({ detail: { id, version } }) => `${id} ${version}`));

describe('an event', () => {
  it('tells of each change to a product: who, what, and what readers see of it then', async () => {
    const { id: categoryId } = await createCategory();
    const created = await createProduct(categoryId, { attributes: { colour: 'red' } });
    const { id } = created;
    const patch = async (body: object) =>
      productIn(await send('PATCH /products/{productId}', { id, body, sub: 'ben' }));
    const shown = [created, await patch({ price: { amount: 1 }, attributes: { colour: null, 'a/b': 'c' } })];
    const draft = await patch({ status: 'draft', name: 'Secret' });
    const active = await patch({ status: 'active' });
    await remove(id, 'anna');
    const restored = productIn(await restore(id));

    expect(await publish(await readStream())).toEqual(none);
    const events = eventsOf(id);
    const products = [...events].map(([version, event]) => [version, event['detail-type'], event.detail['product']]);
    expect(products).toEqual([
      [1, 'product.created', shown[0]],
      [2, 'product.updated', shown[1]],
      [3, 'product.updated', null],
      [4, 'product.updated', active],
      [5, 'product.deleted', null],
      [6, 'product.restored', restored],
    ]);
    const { detail, ...envelope } = events.get(3) ?? {};
    expect(envelope).toMatchObject({ source: 'admin-catalog', time: draft.updatedAt.replace(/\.\d+/, '') });
    expect(detail).toMatchObject({
      id,
      version: 3,
      at: draft.updatedAt,
      by: 'ben',
      eventId: expect.stringContaining(id),
    });
    expect(detail?.['changes']).toEqual(
      expect.arrayContaining([change('/status', 'active', 'draft'), change('/name', created.name, 'Secret')]),
    );
  });

  it('tells of each change to a category, without its count of products', async () => {
    const top = await createCategory();
    const { id } = await createCategory({ parentId: top.id, description: 'Below' });
    await createProduct(id);
    const { productCount, ...created } = await readCategory(id);
    await send('PATCH /categories/{categoryId}', { id, body: { parentId: null, name: 'Moved' } });
    const { productCount: _, ...moved } = await readCategory(id);
    await send('DELETE /categories/{categoryId}', { id: top.id });

    expect(await publish(await readStream())).toEqual(none);
    expect(productCount).toBe(1);
    const events = [...eventsOf(id).values(), ...eventsOf(top.id).values()];
    expect(events.map((event) => [event['detail-type'], event.detail['category']])).toEqual([
      ['category.created', created],
      ['category.updated', moved],
      ['category.created', expect.objectContaining({ id: top.id })],
      ['category.deleted', null],
    ]);
  });

  it('is shortened where it would be too long, and goes then', async () => {
    const { id: categoryId } = await createCategory();
    const { attributes, ...rest } = largestProduct('x');
    const most = Object.fromEntries(Object.entries(attributes).slice(0, 45));
    const row = { ...productFields(categoryId), ...rest, attributes: most };
    const [{ id = '' } = {}] = await bulk([row]);
    await send('PATCH /products/{productId}', { id, body: { stockCount: 5 } });
    expect(await publish(await readStream())).toEqual(none);
    const [created, updated] = [...eventsOf(id).values()];
    expect(created?.detail).not.toHaveProperty('product');
    expect(created?.detail).toMatchObject({ shortened: true, changes: expect.arrayContaining([{ pointer: '/name' }]) });
    expect(updated?.detail).toMatchObject({ changes: [change('/stockCount', 0, 5)], product: { id, version: 2 } });
  });

  it('is shortened where more than a thousand changes have followed it, and no later entry is read for it', async () => {
    const { id: categoryId } = await createCategory();
    const { id } = await createProduct(categoryId, { stockCount: 1 });
    await send('PATCH /products/{productId}', { id, body: { stockCount: 2 } });
    const latest = 1_105;
    await addVersions(id, latest);
    const stream = (await readStream()).filter(({ pk }) => pk.endsWith(id));
    const [old, near] = [stream.slice(0, 100), stream.slice(104, 204)];

    const sending = jest.spyOn(documents, 'send');
    expect(await publish(old)).toEqual(none);
    const reads = sending.mock.calls.filter(([command]) => command instanceof QueryCommand).length;
    sending.mockRestore();
    expect(reads).toBe(0);
    expect(bus.delivered.map(({ detail }) => [detail['shortened'], 'product' in detail])).toEqual(
      old.map(() => [true, false]),
    );
    expect(eventsOf(id).get(2)?.detail['changes']).toEqual([{ pointer: '/stockCount' }]);

    expect(await publish(near)).toEqual(none);
    expect(eventsOf(id).get(105)?.detail).toMatchObject({ product: { id, stockCount: 105, version: 105 } });

    await remove(id, 'anna');
    bus.delivered.length = 0;
    expect(await publish([...old.slice(0, 2), ...stream.slice(-1)])).toEqual(none);
    expect(eventsOf(id).get(2)?.detail['shortened']).toBe(true);
    expect(eventsOf(id).get(latest)?.detail).toMatchObject({ product: { stockCount: latest, version: latest } });
  });

  it('is shortened where all that came later, of all records of its batch, is more than the function has time for', async () => {
    const { id: categoryId } = await createCategory();
    const rows = Array.from({ length: 12 }, () => productFields(categoryId));
    for (const stockCount of [0, 1, 2]) {
      const description = `${'d'.repeat(4_900)}${stockCount}`;
      await bulk(rows.map((row) => ({ ...row, ...(stockCount > 0 && { stockCount, description }) })));
    }
    const stream = await readStream();
    const isFirst = ({ pk, sk }: EntryKey) => pk.startsWith('PRODUCT#') && sk === 'HISTORY#0000000001';
    const entries = await getItems<HistoryItem>(stream.filter(isFirst));
    expect(entries).toHaveLength(12);
    const sending = jest.spyOn(documents, 'send');
    // Each has 15 kB of later entries, and four are read at once.
    const budget = { bytes: 50_000 };
    const records = await recordsThen(
      entries.flatMap((entry) => entry ?? []),
      budget,
    );
    const reads = sending.mock.calls.filter(([command]) => command instanceof QueryCommand).length;
    sending.mockRestore();
    expect(reads).toBeLessThan(8);
    expect(records.filter((record) => record !== undefined)).toHaveLength(reads);
    expect(budget.bytes).toBeLessThanOrEqual(0);
  });

  const writes = rounds(60);

  it('shows the record as its entry left it, though it is changed between the reads of what it is and of what came later', async () => {
    const { id } = await createProduct((await createCategory()).id, { name: 'First', attributes: { colour: 'red' } });
    const rename = (body: object) => send('PATCH /products/{productId}', { id, body });
    await rename({ name: 'Second' });
    reads.before = async ({ command }) => {
      if (command !== 'QueryCommand') return;
      reads.before = undefined;
      await rename({ name: 'Third', attributes: { colour: null, size: 'L' } });
      await remove(id);
    };
    expect(await publish([{ pk: `PRODUCT#${id}`, sk: 'HISTORY#0000000001' }])).toEqual(none);
    expect(reads.before).toBeUndefined();
    expect(bus.delivered).toMatchObject([
      { detail: { version: 1, product: { name: 'First', attributes: { colour: 'red' } } } },
    ]);
  });

  it(`shows the record as each of ${writes} random writes left it, though all are read at the end`, async () => {
    const { id: categoryId } = await createCategory();
    const answered = new Map<string, Product | undefined>();
    const ids = new Map<number, { id: string; gone: boolean }>();
    for (const write of fc.sample(randomWrite, 300)) {
      const known = ids.get(write.place % places);
      const kind = known === undefined ? 'create' : known.gone ? write.ifDeleted : write.ifLive;
      const { status, body } = await sendWrite(kind, known?.id ?? '', 'sub', categoryId, write);
      if (status >= 300) continue;
      if (status === 204 && known) ids.set(write.place % places, { ...known, gone: true });
      if (status === 204) continue;
      const product = body as Product;
      ids.set(write.place % places, { id: product.id, gone: false });
      answered.set(`${product.id} ${product.version}`, product.status === 'active' ? product : undefined);
      if (answered.size === writes) break;
    }
    const stream = await readStream();
    await drain(stream, (batch) => handler(batch, fakeContext(30_000)));
    expect(told()).toEqual(new Set(stream.map(named)));
    const shown = bus.delivered.flatMap(({ detail: { id, version, product } }) => {
      const key = `${id} ${version}`;
      return answered.has(key) ? [[key, product]] : [];
    });
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries([...answered].map(([key, product]) => [key, product ?? null])),
    );
  });
});

it('is one of a batch that Lambda names it twice in, and is named twice where it is not taken', async () => {
  const stream = await write(3);
  expect(await publish([...stream, ...stream])).toEqual(none);
  expect(bus.delivered).toHaveLength(3);
  bus.takes = ({ detail: { version } }) => version !== 2;
  const second = stream.findIndex(({ sk }) => sk.endsWith('2'));
  expect((await publish([...stream, ...stream])).batchItemFailures).toEqual(
    [second, second + stream.length].map((at) => ({ itemIdentifier: String(at) })),
  );
});

it('has been of every type that has a schema, and fitted it, in these tests', () => {
  expect([...types].sort()).toEqual(eventTypes.toSorted());
});

/** A stream of so many entries. */
async function write(entries: number): Promise<EntryKey[]> {
  const { id: categoryId } = await createCategory();
  const { id } = await createProduct(categoryId);
  await send('PATCH /products/{productId}', { id, body: { stockCount: 2 } });
  await addVersions(id, entries - 1);
  return readStream();
}

describe('an EventBridge that does not take everything', () => {
  it('is sent ten events at a time, and again those alone that it did not take', async () => {
    const stream = await write(24);
    const refused = new Map<string, number>();
    bus.takes = ({ detail: { eventId, version } }) => {
      if (version % 5 !== 2) return true;
      refused.set(eventId, (refused.get(eventId) ?? 0) + 1);
      return refused.get(eventId) === 3;
    };
    expect(await publish(stream)).toEqual(none);
    expect(bus.delivered.map(({ detail }) => detail.eventId).sort()).toEqual(
      [...new Set(bus.delivered.map(({ detail }) => detail.eventId))].sort(),
    );
    expect(told()).toEqual(new Set(stream.map(named)));
    expect(bus.requests).toEqual([10, 10, 4, refused.size, refused.size]);
  });

  it('is sent less than 256 KB at a time', async () => {
    const { id: categoryId } = await createCategory();
    const attributes = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`name-${at}`, 'v'.repeat(1_000)]));
    await bulk(Array.from({ length: 6 }, () => ({ ...productFields(categoryId), attributes })));
    expect(await publish((await readStream()).filter(({ pk }) => pk.startsWith('PRODUCT#')))).toEqual(none);
    // Each event has the attributes twice: as they are, and as what was changed.
    expect(bus.requests).toEqual([3, 3]);
  });

  it('gets those again from Lambda that it never takes, and no others are named', async () => {
    const stream = await write(12);
    bus.takes = ({ detail: { version } }) => version !== 4 && version !== 7;
    const { batchItemFailures } = await publish(stream);
    const failed = batchItemFailures.map(({ itemIdentifier }) => stream[Number(itemIdentifier)]?.sk);
    expect(failed).toEqual(['HISTORY#0000000004', 'HISTORY#0000000007']);
    expect(told().size).toBe(10);
  });

  it('leaves all to come again where each request has failed', async () => {
    const stream = await write(3);
    bus.outcome = () => 'failed';
    expect((await publish(stream)).batchItemFailures).toHaveLength(stream.length);
    expect(bus.requests).toEqual([3, 3, 3, 3]);
  });

  it('leaves all to come again where no request is answered, before its time is up', async () => {
    const stream = await write(3);
    bus.outcome = () => 'silent';
    // However long the machine takes, a tick of this clock is twenty milliseconds.
    jest.useFakeTimers({ advanceTimers: true, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const began = Date.now();
    const state = { over: false };
    const publishing = publish(stream, 14_000).finally(() => (state.over = true));
    await eventually('request', () => bus.requests.length > 0);
    while (!state.over) await jest.advanceTimersByTimeAsync(100);
    const took = Date.now() - began;
    jest.useRealTimers();
    expect((await publishing).batchItemFailures).toHaveLength(stream.length);
    // A try takes four seconds at most, and the third of them has less: two are kept for the answer.
    expect(took).toBeGreaterThan(11_000);
    expect(took).toBeLessThan(14_000);
  });

  it('leaves all to come again where nobody listens', async () => {
    const stream = await write(3);
    bus.stop();
    expect((await publish(stream)).batchItemFailures).toHaveLength(stream.length);
  });
});

describe('an entry that no event can be made of', () => {
  /** So many products, of which one has an entry as nobody writes it; answers its stream, and the entry as it was. */
  async function writeWithOne(products: number) {
    const { id: categoryId } = await createCategory();
    await bulk(Array.from({ length: products }, () => productFields(categoryId)));
    const stream = await readStream();
    const poisoned = stream[Math.floor(products / 2)] ?? { pk: '', sk: '' };
    const { Item = {} } = await documents.send(new GetCommand({ TableName: config.tableName, Key: { ...poisoned } }));
    const put = (item: object) => documents.send(new PutCommand({ TableName: config.tableName, Item: item }));
    await put({ ...Item, changes: 'none' });
    return { stream, poisoned, repair: () => put(Item) };
  }
  const allBut = (stream: EntryKey[], entry: EntryKey) => new Set(stream.filter((other) => other !== entry).map(named));

  it('goes to the queue by itself, and all others go on', async () => {
    const { stream, poisoned, repair } = await writeWithOne(30);
    expect(await drain(stream, (batch) => handler(batch, fakeContext(30_000)), { batchSize: 10 })).toBe(4);
    expect(told()).toEqual(allBut(stream, poisoned));
    expect(bus.queue.messages).toEqual([{ entry: poisoned }]);
    expect(bus.delivered).toHaveLength(stream.length - 1);

    // What replay does with the message.
    const again = { ...batchOf([poisoned]), replay: true };
    const named0 = [{ itemIdentifier: '0' }];
    expect(await handler(again, fakeContext(30_000))).toEqual({ batchItemFailures: [], broken: named0 });
    expect(bus.queue.messages).toHaveLength(1);
    await repair();
    expect(await handler(again, fakeContext(30_000))).toEqual({ batchItemFailures: [], broken: [] });
    expect(told()).toEqual(new Set(stream.map(named)));
  });

  it('comes again where the queue cannot be told either', async () => {
    const { stream, poisoned } = await writeWithOne(4);
    bus.queue.takes = () => false;
    const { batchItemFailures } = await publish(stream);
    expect(batchItemFailures).toEqual([{ itemIdentifier: String(stream.indexOf(poisoned)) }]);
    expect(told()).toEqual(allBut(stream, poisoned));
  });

  it('is none where EventBridge is out of order: all come again, and the queue is not told', async () => {
    const stream = await write(3);
    bus.outcome = () => 'failed';
    expect((await publish(stream)).batchItemFailures).toHaveLength(stream.length);
    expect(bus.queue.messages).toEqual([]);
  });

  it('is none where the table is: the function fails, or all come again, and the queue is not told', async () => {
    const stream = await write(3);
    const denied = new DynamoDBServiceException({ name: 'AccessDeniedException', $fault: 'client', $metadata: {} });
    const sending = jest.spyOn(documents, 'send').mockRejectedValue(denied as never);
    await expect(publish(stream)).rejects.toThrow(denied);
    sending.mockRejectedValue(busy(denied) as never);
    expect((await publish(stream)).batchItemFailures).toHaveLength(stream.length);
    sending.mockRestore();
    expect([bus.queue.messages, bus.requests]).toEqual([[], []]);
  });

  it('is none where the table is, once each entry is read by itself: all come again, and the queue is not told', async () => {
    const { stream } = await writeWithOne(4);
    let batches = 0;
    reads.before = ({ command }) => {
      if (command === 'BatchGetItemCommand') batches += 1;
      // Those of all entries together and of their records have been answered by then.
      return batches > 2 ? Promise.reject(busy(new Error('Throttled'))) : undefined;
    };
    const { batchItemFailures } = await publish(stream);
    reads.before = undefined;
    expect(batchItemFailures).toHaveLength(stream.length);
    expect([bus.queue.messages, bus.requests]).toEqual([[], []]);
  });

  it('is told of too where EventBridge finds fault with the event itself', async () => {
    const stream = await write(4);
    bus.error = 'MalformedDetail';
    bus.takes = ({ detail: { version } }) => version !== 2;
    expect(await publish(stream)).toEqual(none);
    expect(bus.queue.messages).toEqual([{ entry: stream.find(({ sk }) => sk.endsWith('2')) }]);
    expect(told().size).toBe(3);
  });

  it.each([400, 413] as const)(
    'is told of alone where EventBridge refuses a whole request for it, with %i',
    async (status) => {
      const stream = await write(14);
      bus.invalid = status;
      bus.isValid = ({ detail: { version } }) => version !== 2;
      expect(await publish(stream)).toEqual(none);
      expect(bus.queue.messages).toEqual([{ entry: stream.find(({ sk }) => sk.endsWith('2')) }]);
      expect(told().size).toBe(13);
      expect(bus.requests).toEqual([10, ...Array<number>(10).fill(1), 4]);
    },
  );

  it('is none where EventBridge denies access: all come again, and the queue is not told', async () => {
    const stream = await write(3);
    bus.outcome = () => 'denied';
    expect((await publish(stream)).batchItemFailures).toHaveLength(stream.length);
    expect(bus.queue.messages).toEqual([]);
  });
});

it('has an event for everything committed, whatever EventBridge does and loses on the way', async () => {
  const stream = await write(24);
  // The first is lost whatever luck says: its events come twice.
  const outcomes = ['lost' as const, ...fc.sample(fc.constantFrom('answered', 'answered', 'failed', 'lost'), 1_000)];
  const taken = [true, ...fc.sample(fc.constantFrom(true, true, true, false), 1_000)];
  bus.outcome = () => outcomes.shift() ?? 'answered';
  bus.takes = () => taken.shift() ?? true;
  await drain(stream, (batch) => handler(batch, fakeContext(30_000)), { batchSize: 6 });
  expect(bus.delivered.length).toBeGreaterThan(stream.length);
  expect(told()).toEqual(new Set(stream.map(named)));
});

it('has an event for everything committed, though the function is killed between its requests', async () => {
  const stream = await write(25);
  let kill: (() => void) | undefined;
  let requests = 0;
  bus.outcome = () => {
    // Sent by a process that had been killed by then.
    if (!kill) return 'silent';
    requests += 1;
    if (![2, 5, 6].includes(requests)) return 'answered';
    // After it took them, and before; the function never hears.
    kill();
    kill = undefined;
    return requests === 2 ? 'lost' : 'silent';
  };
  let killed = 0;
  const invoke = async (batch: object) => {
    const answer = await publishInOwnProcess(batch, (way) => (kill = way));
    if (!answer) killed += 1;
    return answer;
  };
  await drain(stream, invoke, { mostBatches: 8 });
  expect(killed).toBe(3);
  expect(told()).toEqual(new Set(stream.map(named)));
});
