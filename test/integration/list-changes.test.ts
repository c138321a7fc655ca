/** The record of all changes: whatever was done to any record, as one list. */
import * as z from 'zod/mini';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { shards } from '../../src/changes/change-key';
import { readShard } from '../../src/changes/shard';
import { documents, tableName } from '../../src/dynamodb/client';
import { createCategory, createProduct, readProduct, send } from '../support/catalog';
import { sorted } from '../support/changes';
import { sampled } from '../support/depth';
import { historyEntry } from '../support/histories';
import { categoryHistory, productHistory, readHistory } from '../support/history-pages';
import { expectInvalid } from '../support/problems';
import { remove, restore } from '../support/restorations';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';

const route = 'GET /admin/changes';
const change = z.extend(historyEntry, { record: z.enum(['product', 'category']), id: z.string() });
const page = z.strictObject({ items: z.array(change), nextToken: z.optional(z.string()) });

/** All of it, page by page. */
async function readChanges(query: Record<string, string> = {}) {
  const found: z.infer<typeof change>[] = [];
  let token = {};
  for (let pages = 0; pages < 200; pages += 1) {
    const { items, nextToken } = page.parse((await send(route, { query: { ...query, ...token } })).body);
    found.push(...items.map((item) => ({ ...item, changes: sorted(item.changes) })));
    if (nextToken === undefined) return found;
    token = { nextToken };
  }
  throw new Error('The list did not end');
}

const byKey = <Change extends { at: string; id: string; version: number }>(changes: Change[]) =>
  [...changes].sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
const keyOf = ({ at, id, version }: { at: string; id: string; version: number }) =>
  `${at} ${id} ${String(version).padStart(10, '0')}`;

/** Has a query with a filter end after so few entries: else it looks at a thousand in each partition. */
const look: { at: number | undefined } = { at: undefined };
documents.middlewareStack.add(
  (next) => (args) =>
    next(
      look.at !== undefined && 'Limit' in args.input && args.input.Limit === 1_000
        ? { ...args, input: { ...args.input, Limit: look.at } }
        : args,
    ),
  { step: 'initialize' },
);
afterEach(() => {
  look.at = undefined;
});

const stock = { category: '', products: new Array<string>() };

/** A few records with histories, by two people. */
beforeAll(async () => {
  await emptyTable();
  stock.category = (await createCategory({ name: 'Shoes' })).id;
  for (let number = 0; number < 12; number += 1) stock.products.push((await createProduct(stock.category)).id);
  for (const [at, id] of stock.products.entries()) {
    await send('PATCH /products/{productId}', { id, sub: at % 2 === 0 ? 'anna' : 'ben', body: { stockCount: at + 1 } });
  }
  for (const id of stock.products.slice(0, 4)) await remove(id, 'anna');
  await restore(stock.products[0] ?? '', { sub: 'ben' });
  await send('PATCH /categories/{categoryId}', { id: stock.category, sub: 'ben', body: { name: 'Boots' } });
});

/** What the histories of all records say, one by one. */
async function expected() {
  const category = (await readHistory(categoryHistory, stock.category)).map((entry) => ({
    ...{ record: 'category' as const, id: stock.category },
    ...entry,
  }));
  const products = await Promise.all(
    stock.products.map(async (id) =>
      (await readHistory(productHistory, id)).map((entry) => ({ record: 'product' as const, id, ...entry })),
    ),
  );
  return byKey([...category, ...products.flat()]);
}

describe(route, () => {
  let all: Awaited<ReturnType<typeof expected>>;
  beforeAll(async () => {
    all = await expected();
  });

  it.each(sampled(['1', '2', '7', '31', '30', '32', '100']))(
    'tells everything once in pages of %s, newest first, as the histories have it',
    async (limit) => expect(await readChanges({ limit })).toEqual(all),
  );

  it.each([
    [{ by: 'anna' }],
    [{ action: 'deleted' }],
    [{ record: 'category' }],
    [{ record: 'product', by: 'ben', action: 'updated' }],
    [{ by: 'nobody' }],
  ] as Record<string, string>[][])('with %j has what fits, and no other', async (query = {}) => {
    const wanted = all.filter(
      ({ by, action, record }) =>
        by === (query['by'] ?? by) && action === (query['action'] ?? action) && record === (query['record'] ?? record),
    );
    expect(wanted.length > 0).toBe(query['by'] !== 'nobody');
    for (const limit of sampled(['3', '1', '100'])) expect(await readChanges({ ...query, limit })).toEqual(wanted);
    look.at = 2;
    expect(await readChanges({ ...query, limit: '3' })).toEqual(wanted);
  });

  it('has what was done from since on, and before until', async () => {
    const times = [...new Set(all.map(({ at }) => at))].sort();
    const [since = '', until = ''] = [times[3], times.at(-4)];
    const within = (from: string, to: string) => all.filter(({ at }) => from <= at && at < to);
    expect(await readChanges({ since, until, limit: '3' })).toEqual(within(since, until));
    expect(await readChanges({ since })).toEqual(within(since, '9999'));
    expect(await readChanges({ until })).toEqual(within('', until));
    const today = times[0]?.slice(0, 10) ?? '';
    expect(await readChanges({ since: today, limit: '100' })).toEqual(all);
    expect(await readChanges({ until: today })).toEqual([]);
  });

  it.each([
    ['since', 'yesterday'],
    ['since', '2026-02-30'],
    ['since', '2026-11-26T10:00:00+02:00'],
    ['until', '2026-13-01'],
    ['by', 'a b'],
    ['by', 'anna@example.com'],
    ['action', 'renamed'],
    ['record', 'group'],
    ['nextToken', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['limit', '0'],
  ])('returns 400 for %s=%s', async (name, value) => {
    expectInvalid(await send(route, { query: { [name]: value } }), 'query', `/${name}`);
  });

  it('returns 400 where until is not after since', async () => {
    const query = { since: '2026-11-26', until: '2026-11-26T00:00:00Z' };
    expectInvalid(await send(route, { query }), 'query', '/until');
  });

  it('is read to its end by who follows it, however many queries that takes', async () => {
    const read = (shard: string) =>
      readShard((input) => documents.send(new QueryCommand({ ...input, Limit: 3 })), { tableName, shard, since: '0' });
    const keys = (await Promise.all(shards.map(read))).flat().map(({ changeKey }) => changeKey);
    const versionOf = (version: number) => String(version).padStart(10, '0');
    expect(keys.sort().reverse()).toEqual(all.map(({ at, id, version }) => `${at}_${id}_${versionOf(version)}`));
  });

  it('goes on after its token whatever is written meanwhile', async () => {
    const before = await readChanges();
    const { items, nextToken = '' } = page.parse((await send(route, { query: { limit: '5' } })).body);
    await createProduct(stock.category);
    const rest = await readChanges({ limit: '5', nextToken });
    expect(rest).toEqual(before.slice(items.length));
  });
});

describe('GET /admin/products, deleted=true', () => {
  const list = async (query: Record<string, string> = {}) => {
    const ids: string[] = [];
    let token = {};
    for (let pages = 0; pages < 50; pages += 1) {
      const answer = await send('GET /admin/products', { query: { deleted: 'true', ...query, ...token } });
      expect(answer.status).toBe(200);
      const { items, nextToken } = answer.body as { items: { id: string }[]; nextToken?: string };
      ids.push(...items.map(({ id }) => id));
      if (nextToken === undefined) return ids;
      token = { nextToken };
    }
    throw new Error('The list did not end');
  };

  it.each(['1', '2', '3', '100'])(
    'has those that can be restored, last deleted first, in pages of %s',
    async (limit) => {
      expect(await list({ limit })).toEqual(stock.products.slice(1, 4).reverse());
      look.at = 2;
      expect(await list({ limit })).toEqual(stock.products.slice(1, 4).reverse());
    },
  );

  it('shows a product as it was, by whom it was deleted and when, and restores to just that', async () => {
    const created = await createProduct(stock.category, { attributes: { 'a/b': 'c', 'd~e': '' }, description: 'Old' });
    await remove(created.id, 'cleo');
    const [entry] = await readHistory(productHistory, created.id);
    const { body } = await send('GET /admin/products', { query: { deleted: 'true', limit: '1' } });
    expect(body.items).toEqual([{ ...created, version: 2, updatedAt: entry?.at, updatedBy: 'cleo' }]);
    await restore(created.id);
    const restored = await readProduct(created.id);
    expect({ ...restored, ...{ version: 2, updatedAt: entry?.at, updatedBy: 'cleo' } }).toEqual(body.items[0]);
    expect(await list()).not.toContain(created.id);
    await remove(created.id);
    expect((await list({ limit: '1' }))[0]).toBe(created.id);
    await restore(created.id);
  });

  it('heeds the other filters', async () => {
    const { id: other } = await createCategory();
    const { id, sku } = await createProduct(other, { status: 'draft' });
    await remove(id);
    const queries: Record<string, string>[] = [{ categoryId: other }, { sku }, { status: 'draft' }];
    for (const query of queries) expect(await list(query)).toEqual([id]);
    expect(await list({ sku, status: 'active' })).toEqual([]);
    await restore(id);
  });

  it.each([
    [{ deleted: 'false' }, '/deleted'],
    [{ deleted: 'true', nextToken: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, '/nextToken'],
    [{ nextToken: '2026-11-26T10:00:00.000Z_01ARZ3NDEKTSV4RRFFQ69G5FAV_0000000001' }, '/nextToken'],
  ] as [Record<string, string>, string][])('returns 400 for %j', async (query, pointer) => {
    expectInvalid(await send('GET /admin/products', { query }), 'query', pointer);
  });
});

afterAll(expectSoundTable);
