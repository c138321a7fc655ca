/** The filter of the table's stream lets through each new history entry and nothing else, whatever the table is used for. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { documents, tableName } from '../../src/dynamodb/client';
import { bulk } from '../support/bulk';
import { createCategory, ifMatch, productFields, send, type Request } from '../support/catalog';
import { matches } from '../support/event-pattern';
import { askForUpload, storeForFunctions } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import { readTable } from '../support/table-contents';

type Read = (variables: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<unknown>;
const filters = z.tuple([z.object({ Pattern: z.string() })]);
const resources = z.object({
  bus: z.object({
    Resources: z.object({
      HistoryEntriesToEvents: z.object({
        Properties: z.object({ FilterCriteria: z.object({ Filters: filters }) }),
      }),
    }),
  }),
});

/** What resources/events.js writes into the template. */
async function readPattern(): Promise<unknown> {
  const parameters = { events: 'on', webhookUrl: '', webhookKey: '', alarmTopic: '' };
  const made = await jest.requireActual<Read>('../../resources/events')({
    resolveVariable: (address) => Promise.resolve(address === 'self:custom.parameters' ? parameters : address),
  });
  const { HistoryEntriesToEvents: mapping } = resources.parse(made).bus.Resources;
  return JSON.parse(mapping.Properties.FilterCriteria.Filters[0].Pattern);
}

interface StreamRecord {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  dynamodb: { Keys: { pk: { S: string }; sk: { S: string } } };
}

/** What the stream has of something that is done to the table. */
async function recordsOf(work: () => Promise<unknown>): Promise<StreamRecord[]> {
  const before = new Map((await readTable()).map((item) => [`${item.pk} ${item.sk}`, item]));
  await work();
  const after = new Map((await readTable()).map((item) => [`${item.pk} ${item.sk}`, item]));
  return [...before, ...after].flatMap(([key, { pk, sk }], position): StreamRecord[] => {
    const [was, is] = [before.get(key), after.get(key)];
    // What is in both is looked at once.
    if (isDeepStrictEqual(was, is) || (was && is && position >= before.size)) return [];
    const dynamodb = { Keys: { pk: { S: pk }, sk: { S: sk } } };
    return [{ eventName: was ? (is ? 'MODIFY' : 'REMOVE') : 'INSERT', dynamodb }];
  });
}

const keyOf = ({ dynamodb: { Keys } }: StreamRecord) => ({ pk: Keys.pk.S, sk: Keys.sk.S });

let store: TestImageStore;
beforeAll(async () => {
  store = await storeForFunctions();
});
afterAll(() => store.remove());

it('each write comes through once, as the entry of its history, and nothing of what it does besides', async () => {
  const pattern = await readPattern();
  const seen: StreamRecord[] = [];
  /** The entries that come through, as `PRODUCT 2`. */
  const through = async (work: () => Promise<unknown>) => {
    const records = await recordsOf(work);
    expect(records).not.toEqual([]);
    seen.push(...records);
    const entries = records.filter((record) => matches(pattern, record)).map(keyOf);
    return entries.map(({ pk, sk }) => `${pk.split('#')[0] ?? ''} ${Number(sk.split('#')[1])}`).sort();
  };
  const ids = { above: '', category: '', product: '' };
  const product = async (route: string, request?: Request) => {
    const { status } = await send(route, { id: ids.product, ...request });
    expect(status).toBe(route.startsWith('DELETE') ? 204 : 200);
  };
  const without = (key: object) => documents.send(new DeleteCommand({ TableName: tableName, Key: key }));

  expect(await through(async () => (ids.above = (await createCategory()).id))).toEqual(['CATEGORY 1']);
  expect(await through(async () => (ids.category = (await createCategory({ parentId: ids.above })).id))).toEqual([
    'CATEGORY 1',
  ]);
  const fields = productFields(ids.category);
  const create = { headers: { 'idempotency-key': randomUUID() }, body: fields };
  expect(await through(async () => (ids.product = String((await send('POST /products', create)).body.id)))).toEqual([
    'PRODUCT 1',
  ]);
  expect(await through(() => product('PATCH /products/{productId}', { body: { stockCount: 7 } }))).toEqual([
    'PRODUCT 2',
  ]);
  expect(
    await through(() => product('PUT /products/{productId}', { ...ifMatch(2), body: { ...fields, slug: 'other' } })),
  ).toEqual(['PRODUCT 3']);
  expect(await through(() => askForUpload(ids.product, 100))).toEqual([]);
  expect(await through(() => product('DELETE /products/{productId}'))).toEqual(['PRODUCT 4']);
  expect(await through(() => product('POST /admin/products/{productId}/restore'))).toEqual(['PRODUCT 5']);
  expect(await through(() => bulk([productFields(ids.category), productFields(ids.category)]))).toEqual([
    'PRODUCT 1',
    'PRODUCT 1',
  ]);
  const move = { id: ids.category, body: { parentId: null } };
  expect(await through(() => send('PATCH /categories/{categoryId}', move))).toEqual(['CATEGORY 2']);
  expect(await through(() => send('DELETE /categories/{categoryId}', { id: ids.above }))).toEqual(['CATEGORY 2']);
  // An upgrade, which gives entries from before their places; and what DynamoDB removes when its time has come.
  const upgrade = {
    TableName: tableName,
    Key: { pk: `PRODUCT#${ids.product}`, sk: 'HISTORY#0000000001' },
    UpdateExpression: 'SET changeShard = :any',
  };
  const values = { ExpressionAttributeValues: { ':any': 'CHANGES#9' } };
  expect(await through(() => documents.send(new UpdateCommand({ ...upgrade, ...values })))).toEqual([]);
  const expiring = (await readTable()).filter(({ sk }) => /^(?:IDEMPOTENCY|IMAGE)#/.test(sk));
  expect(expiring).toHaveLength(2);
  expect(await through(() => Promise.all(expiring.map(({ pk, sk }) => without({ pk, sk }))))).toEqual([]);

  const kinds = (records: StreamRecord[]) => [...new Set(records.map((record) => keyOf(record).sk.split('#')[0]))];
  expect(kinds(seen).sort()).toEqual(
    'BELOW CATEGORY CATEGORY_SLUG COUNT HISTORY IDEMPOTENCY IMAGE PRODUCT PRODUCT_SLUG SKU'.split(' '),
  );
  expect(kinds(seen.filter((record) => matches(pattern, record)))).toEqual(['HISTORY']);
});
