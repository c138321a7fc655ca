/** A write that was answered with 503 does not happen later: not when its process is frozen, and not when it is thawed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../local/processes/ports';
import { config } from '../../src/config';
import { createCategory, createProduct, productFields } from '../support/catalog';
import { eventually } from '../support/eventually';
import { faultyDatabase, type Fault, type FaultyDatabase } from '../support/faulty-database';
import { startFreezable, type Call, type FreezableProcess } from '../support/frozen-process';
import { newProcessClock } from '../support/process-clock';
import { createDeleted } from '../support/restorations';
import { requestTime } from '../support/slow-engine';
import { expectSoundTable, readTable } from '../support/table-contents';

const clock = newProcessClock();
let database: FaultyDatabase;
let frozen: FreezableProcess;
/** What has come to the database since the test began to look. */
let operations: string[];

beforeAll(async () => {
  const port = await freePort();
  database = await faultyDatabase(port, config.dynamodbEndpoint ?? '');
  frozen = await startFreezable(`http://127.0.0.1:${port}`, clock);
});

beforeEach(() => {
  clock.passTime(false);
  frozen.thaw();
});

afterAll(async () => {
  await frozen.stop();
  await database.stop();
  await expectSoundTable();
});

function onEachRequest(faultOf: (operation: string) => Fault | Promise<Fault>): void {
  operations = [];
  database.fail((_, { operation }) => {
    operations.push(operation);
    return faultOf(operation);
  });
}

const passOn = (): Fault => ({ late: 0 });

/** Holds each transaction that comes from now on, until `letGo` says what becomes of it. */
function holdTransactions() {
  let letGo: (fault: Fault) => void = () => undefined;
  const outcome = new Promise<Fault>((resolve) => (letGo = resolve));
  const held = { count: 0, letGo };
  onEachRequest((operation) => {
    if (operation !== 'TransactWriteItems') return passOn();
    held.count += 1;
    return outcome;
  });
  return held;
}

/** Every write there is, each to records of its own. */
async function everyWrite(): Promise<Call[]> {
  const { id: categoryId } = await createCategory();
  const newPath = async () => ({ productId: (await createProduct(categoryId)).id });
  const newCategoryPath = async () => ({ categoryId: (await createCategory()).id });
  const key = { 'idempotency-key': 'frozen' };
  const anyVersion = { 'if-match': '*' };
  const product = () => productFields(categoryId);
  return [
    { name: 'create-product', routeKey: 'POST /products', body: product() },
    { name: 'create-product', routeKey: 'POST /products', body: product(), headers: key },
    {
      ...{ name: 'update-product', routeKey: 'PUT /products/{productId}', path: await newPath() },
      ...{ headers: anyVersion, body: product() },
    },
    { name: 'update-product', routeKey: 'PATCH /products/{productId}', path: await newPath(), body: { stockCount: 7 } },
    { name: 'delete-product', routeKey: 'DELETE /products/{productId}', path: await newPath() },
    {
      ...{ name: 'restore-product', routeKey: 'POST /admin/products/{productId}/restore' },
      path: { productId: (await createDeleted(categoryId)).id },
    },
    { name: 'bulk-write-products', routeKey: 'POST /admin/products/bulk', body: { rows: [product()] } },
    {
      ...{ name: 'bulk-delete-products', routeKey: 'POST /admin/products/bulk-delete' },
      body: { rows: [{ id: (await newPath()).productId }] },
    },
    { name: 'create-category', routeKey: 'POST /categories', body: { name: 'Frozen' }, headers: key },
    {
      ...{ name: 'update-category', routeKey: 'PATCH /categories/{categoryId}', path: await newCategoryPath() },
      body: { description: 'Changed' },
    },
    { name: 'delete-category', routeKey: 'DELETE /categories/{categoryId}', path: await newCategoryPath() },
  ];
}

const busy = { status: 503, body: { code: 'busy' } };
const aRead: Call = { name: 'list-categories', routeKey: 'GET /categories', query: { limit: '1' } };

it('nothing happens after the 503 of any write whose time was up during its transaction, also once its process goes on', async () => {
  const writes = await everyWrite();
  const before = await readTable();
  // Of the first four seconds, transactions may begin in one and a half: on a busy machine, not each of them has.
  for (let [remaining, isMet] = [4_000, false]; !isMet; remaining *= 2) {
    const held = holdTransactions();
    expect(await frozen.callThenFreeze(writes, remaining)).toMatchObject(writes.map(() => busy));
    expect(held.count).toBeLessThanOrEqual(writes.length);
    isMet = held.count === writes.length;
    // What the process has under way ends while it is frozen, and the database is well again.
    held.letGo('broken');
    if (isMet) onEachRequest(passOn);
    frozen.thaw();
    expect(await frozen.callThenFreeze([aRead], requestTime)).toMatchObject([{ status: 200 }]);
    frozen.thaw();
  }
  await sleep(300);
  // The categories, and the counts of the one that is shown.
  expect(operations).toEqual(['Query', 'Query']);
  expect(await readTable()).toStrictEqual(before);
});

// After a conflict a write waits by itself, after most kinds of throttling the SDK does.
it.each<Fault>(['conflict', 'throttling'])(
  'begins nothing any more when a freeze takes a write past its deadline between two tries, after %s',
  async (fault) => {
    const writes = await everyWrite();
    const before = await readTable();
    const held = holdTransactions();
    const answers = frozen.callThenFreeze(writes, requestTime);
    // Each waits for its first try and has nothing else under way. The refusals, which allow another, find the process frozen.
    await eventually('first try of each', () => held.count === writes.length);
    frozen.freeze();
    held.letGo(fault);
    onEachRequest(passOn);
    clock.passTime(true);
    frozen.thaw();
    expect(await answers).toMatchObject(writes.map(() => busy));
    frozen.thaw();
    await sleep(300);
    expect(operations).toEqual([]);
    expect(await readTable()).toStrictEqual(before);
  },
);
