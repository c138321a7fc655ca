/** A write that was answered with 503 does not happen later: not when its process is frozen, and not when it is thawed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../local/processes/ports';
import { config } from '../../src/config';
import { createCategory, createProduct, productFields } from '../support/catalog';
import { faultyDatabase, type Fault, type FaultyDatabase } from '../support/faulty-database';
import { startFreezable, type Call, type FreezableProcess } from '../support/frozen-process';
import { createDeleted } from '../support/restorations';
import { expectSoundTable, readTable } from '../support/table-contents';

// The deadline is half a second before: time for one try of two seconds, begun late on a busy machine, and not for another.
const remaining = 4_400;

let database: FaultyDatabase;
let frozen: FreezableProcess;
/** What has come to the database since the test began to look. */
let operations: string[];

beforeAll(async () => {
  const port = await freePort();
  database = await faultyDatabase(port, config.dynamodbEndpoint ?? '');
  frozen = await startFreezable(`http://127.0.0.1:${port}`);
});

beforeEach(() => frozen.thaw());

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

it('nothing happens after the 503 of any write whose transaction was swallowed, also once its process goes on', async () => {
  const writes = await everyWrite();
  const before = await readTable();
  onEachRequest((operation) => (operation === 'TransactWriteItems' ? 'swallowed' : { late: 0 }));
  const answers = await frozen.callThenFreeze(writes, remaining);
  expect(answers).toMatchObject(writes.map(() => busy));
  const tries = operations.filter((operation) => operation === 'TransactWriteItems').length;

  // The database is well again, and the time of every try that was begun before the freeze has run out.
  onEachRequest(passOn);
  await sleep(1_300);
  frozen.thaw();
  expect(await frozen.callThenFreeze([aRead], 10_000)).toMatchObject([{ status: 200 }]);
  frozen.thaw();
  await sleep(300);
  // The categories, and the counts of the one that is shown.
  expect(operations).toEqual(['Query', 'Query']);
  expect(await readTable()).toStrictEqual(before);
  expect(tries).toBe(writes.length);
});

it('begins nothing any more when a freeze takes a write past its deadline between two tries', async () => {
  const writes = await everyWrite();
  const before = await readTable();
  let refuseAll: (fault: Fault) => void = () => undefined;
  const refusal = new Promise<Fault>((resolve) => (refuseAll = resolve));
  const allWait = new Promise<void>((resolve) => {
    let transactions = 0;
    onEachRequest((operation) => {
      if (operation !== 'TransactWriteItems') return { late: 0 };
      transactions += 1;
      if (transactions === writes.length) resolve();
      return refusal;
    });
  });
  const answers = frozen.callThenFreeze(writes, remaining);
  // Each waits for its first try and has nothing else under way. The refusals, which allow another, find the process frozen.
  await allWait;
  frozen.freeze();
  refuseAll('conflict');
  onEachRequest(passOn);
  await sleep(remaining);
  frozen.thaw();
  expect(await answers).toMatchObject(writes.map(() => busy));
  frozen.thaw();
  await sleep(300);
  expect(operations).toEqual([]);
  expect(await readTable()).toStrictEqual(before);
});
