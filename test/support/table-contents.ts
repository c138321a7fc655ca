/** The whole table as it stands, and the rules that must hold over it whatever was done to it. */
import { isDeepStrictEqual } from 'node:util';
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { documents, tableName } from '../../src/dynamodb/client';
import { contentOf, historyEntry, rebuild } from './histories';
import { category, product } from './representations';
import { emptyTable } from './test-table';
import { expectTree, placeItem } from './tree-contents';

const keys = { pk: z.string(), sk: z.string() };
const indexed = { ...keys, gsi1pk: z.string(), gsi1sk: z.string() };
const twiceIndexed = { ...indexed, gsi2pk: z.string(), gsi2sk: z.string() };
const image = { id: z.ulid(), type: z.string(), alt: z.string(), width: z.int(), height: z.int() };
const productItem = z.extend(product, {
  ...twiceIndexed,
  images: z.optional(z.array(z.strictObject({ ...image, previewType: z.optional(z.string()) }))),
});
const categoryItem = z.extend(category, { ...twiceIndexed, productCount: z.null() });
const counted = { products: z.int(), active: z.int(), children: z._default(z.int(), 0), writes: z.int() };
const countItem = z.strictObject({ ...keys, ...counted });
const historyItem = z.extend(historyEntry, { ...keys, changeShard: z.string(), changeKey: z.string() });
const idempotencyItem = z.strictObject({
  ...keys,
  fingerprint: z.string(),
  record: z.string(),
  expiresAt: z.number(),
});
const announced = z.strictObject({ type: z.string(), bytes: z.int() });
const ticketItem = z.strictObject({
  ...keys,
  ...{ productId: z.string(), imageId: z.string(), alt: z.string(), author: z.string(), formExpiresAt: z.string() },
  ...{ picture: announced, preview: z.optional(announced) },
  state: z.enum(['awaited', 'accepted', 'refused']),
  reason: z.optional(z.string()),
  ...{ changeShard: z.literal('UPLOADS'), changeKey: z.string() },
  expiresAt: z.int(),
});
const sweepItem = z.strictObject({
  ...keys,
  place: z.string(),
  setAside: z.array(z.looseObject(keys)).check(z.maxLength(100)),
});
const uniqueValueItem = z.strictObject({ ...keys, ownerId: z.string() });

const keyed = z.looseObject(keys);
type Item = z.infer<typeof keyed>;

/** Every item, sorted by key. */
export async function readTable(): Promise<Item[]> {
  const items: Item[] = [];
  let start: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const scan = { TableName: tableName, ConsistentRead: true, ...(start ? { ExclusiveStartKey: start } : {}) };
    const page = await documents.send(new ScanCommand(scan));
    items.push(...z.array(keyed).parse(page.Items));
    start = page.LastEvaluatedKey;
  } while (start);
  return items.sort(byKey);
}

const byKey = (a: Item, b: Item) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1);

/** Makes a call that must not change a single item. */
export async function leavingNoTrace<Result>(call: () => Promise<Result>): Promise<Result> {
  const before = await readTable();
  const answer = await call();
  expectSame(await readTable(), before);
  return answer;
}

/**
 * States of the block of tests that it stands in that none of their calls may change a single item: of hundreds of refusals, in a
 * fraction of the time that a look at the table around each takes.
 */
export function leavesNoTrace(): void {
  let before: Item[];
  beforeAll(async () => {
    before = await readTable();
  });
  afterAll(async () => {
    expectSame(await readTable(), before);
  });
}

/**
 * States that each test of the file begins with an empty table and leaves a sound one. For tests that look at the whole table, or
 * at much of it: among what all others have left, each look takes many times as long, and 64 counts of each category most of that.
 */
export function eachInItsOwnTable(): void {
  beforeEach(emptyTable);
  afterEach(expectSoundTable);
}

/**
 * Reads the whole table and expects it to be sound: every SKU and slug belongs to exactly one record that has it and no
 * other value is kept, every product's category exists, categories are a tree, counts of products and categories are exact, index
 * keys agree with the fields, and every record is what its history says, a deleted one included.
 */
export async function expectSoundTable() {
  const items = await readTable();
  const products = z.array(productItem).parse(items.filter(({ sk }) => sk === 'PRODUCT'));
  const categories = z.array(categoryItem).parse(items.filter(({ sk }) => sk === 'CATEGORY'));
  const counts = z.array(countItem).parse(items.filter(({ sk }) => sk.startsWith('COUNT#')));
  const places = z.array(placeItem).parse(items.filter(({ sk }) => sk.startsWith('BELOW#')));
  const histories = z.array(historyItem).parse(items.filter(({ sk }) => sk.startsWith('HISTORY#')));
  const repeatable = z.array(idempotencyItem).parse(items.filter(({ sk }) => sk.startsWith('IDEMPOTENCY#')));
  const tickets = z.array(ticketItem).parse(items.filter(({ sk }) => sk.startsWith('IMAGE#')));
  const swept = z.array(sweepItem).parse(items.filter(({ pk }) => pk === 'SWEEP'));
  const known = [products, categories, counts, places, histories, repeatable, tickets, swept];
  const others = known.reduce((left, { length }) => left - length, items.length);
  const uniqueValues = z
    .array(uniqueValueItem)
    .parse(items.filter(({ sk }) => /^(?:SKU|PRODUCT_SLUG|CATEGORY_SLUG)#/.test(sk)));
  expect(uniqueValues).toHaveLength(others);

  const owned = [
    ...products.flatMap(({ id, sku, slug }) => [unique(`SKU#${sku}`, id), unique(`PRODUCT_SLUG#${slug}`, id)]),
    ...categories.map(({ id, slug }) => unique(`CATEGORY_SLUG#${slug}`, id)),
  ];
  expect(uniqueValues).toEqual(owned.sort(byKey));

  const categoryIds = new Set(categories.map(({ id }) => id));
  expect(products.filter(({ categoryId }) => !categoryIds.has(categoryId))).toEqual([]);
  expectSame(
    categories,
    categories.map((item) => ({
      ...item,
      ...{ pk: `CATEGORY#${item.id}`, gsi1pk: 'CATEGORY', gsi1sk: item.slug },
      ...{ gsi2pk: `BELOW#${item.parentId ?? 'none'}`, gsi2sk: item.slug },
    })),
  );
  expectTree(
    categories.map((item) => ({ ...item, productCount: 0 })),
    places,
  );
  expectSame(countsIn(categories, counts), countsOf(categories, products));
  expectSame(
    products,
    products.map((item) => {
      const { id, status, categoryId } = item;
      const own = { pk: `PRODUCT#${id}`, gsi1pk: `PRODUCT#${status}`, gsi1sk: id };
      return { ...item, ...own, gsi2pk: `CATEGORY#${categoryId}#${status}`, gsi2sk: id };
    }),
  );

  const unlisted = histories.filter(({ pk, at, version, changeShard, changeKey }) => {
    const expected = `${at}_${pk.split('#')[1] ?? ''}_${String(version).padStart(10, '0')}`;
    return changeKey !== expected || !/^CHANGES#[0-3]$/.test(changeShard);
  });
  expect(unlisted).toEqual([]);

  const records = new Map([...products, ...categories].map((record) => [record.pk, record]));
  const told = groupByKey(histories).map(([pk, entries]) => {
    const [content, last] = [rebuild(entries), entries.at(-1)];
    return [pk, content && { content, version: last?.version, updatedAt: last?.at, updatedBy: last?.by }];
  });
  const stored = groupByKey(histories).map(([pk]) => {
    const record = records.get(pk);
    if (!record) return [pk, undefined];
    const { version, updatedAt, updatedBy } = record;
    return [pk, { content: contentOf(withoutKeys(record)), version, updatedAt, updatedBy }];
  });
  expectSame(told, stored);
  const recordsWithHistory = new Set(histories.map(({ pk }) => pk));
  expect([...records.keys()].filter((pk) => !recordsWithHistory.has(pk))).toEqual([]);
  return { products, categories };
}

/** What the counts of each category come to. There are none of a category that is gone, and 64 of every other. */
function countsIn(categories: Item[], counts: z.infer<typeof countItem>[]) {
  expect(counts).toHaveLength(64 * categories.length);
  return categories.map(({ pk }) => {
    const own = counts.filter((count) => count.pk === pk);
    const sum = (attribute: 'products' | 'active' | 'children') =>
      own.reduce((total, count) => total + count[attribute], 0);
    const members = { products: sum('products'), active: sum('active'), children: sum('children') };
    return { pk, counts: own.length, ...members };
  });
}

/** What they must come to. */
function countsOf(categories: z.infer<typeof categoryItem>[], products: z.infer<typeof productItem>[]) {
  return categories.map(({ id, pk }) => {
    const own = products.filter(({ categoryId }) => categoryId === id);
    const active = own.filter(({ status }) => status === 'active').length;
    const children = categories.filter(({ parentId }) => parentId === id).length;
    return { pk, counts: 64, products: own.length, active, children };
  });
}

/** As `toStrictEqual`, which takes long over a whole table, and is needed only to say what is different. */
function expectSame<Value>(actual: Value, expected: Value): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
}

const withoutKeys = ({ pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, ...record }: Record<string, unknown>) => record;

/** In the order of their sort keys, which is that of the versions. */
function groupByKey(histories: z.infer<typeof historyItem>[]) {
  const groups = new Map<string, z.infer<typeof historyItem>[]>();
  for (const entry of histories) groups.set(entry.pk, [...(groups.get(entry.pk) ?? []), entry]);
  return [...groups];
}

const unique = (value: string, ownerId: string) => ({ pk: value, sk: value, ownerId });
