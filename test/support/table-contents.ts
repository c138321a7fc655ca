/** The whole table as it stands, and the rules that must hold over it whatever was done to it. */
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { documents, tableName } from '../../src/dynamodb/client';
import type { Answer } from './events';
import { contentOf, historyEntry, rebuild } from './histories';
import { category, product } from './representations';

const keys = { pk: z.string(), sk: z.string() };
const indexed = { ...keys, gsi1pk: z.string(), gsi1sk: z.string() };
const productItem = z.extend(product, { ...indexed, gsi2pk: z.string(), gsi2sk: z.string() });
const categoryItem = z.extend(category, indexed);
const historyItem = z.extend(historyEntry, keys);
const idempotencyItem = z.strictObject({
  ...keys,
  fingerprint: z.string(),
  record: z.string(),
  expiresAt: z.number(),
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
export async function leavingNoTrace(call: () => Promise<Answer>): Promise<Answer> {
  const before = await readTable();
  const answer = await call();
  expect(await readTable()).toStrictEqual(before);
  return answer;
}

/**
 * Reads the whole table and expects it to be sound: every SKU and slug belongs to exactly one record that has it and no
 * other value is kept, every product's category exists, product counts are exact, index keys agree with the fields, and
 * every record is what its history says, a deleted one included.
 */
export async function expectSoundTable() {
  const items = await readTable();
  const products = z.array(productItem).parse(items.filter(({ sk }) => sk === 'PRODUCT'));
  const categories = z.array(categoryItem).parse(items.filter(({ sk }) => sk === 'CATEGORY'));
  const histories = z.array(historyItem).parse(items.filter(({ sk }) => sk.startsWith('HISTORY#')));
  const repeatable = z.array(idempotencyItem).parse(items.filter(({ sk }) => sk.startsWith('IDEMPOTENCY#')));
  const others = items.length - products.length - categories.length - histories.length - repeatable.length;
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
  for (const { id, productCount } of categories) {
    expect({ id, productCount }).toEqual({
      id,
      productCount: products.filter((item) => item.categoryId === id).length,
    });
  }

  for (const item of products) {
    const { id, status, categoryId } = item;
    const own = { pk: `PRODUCT#${id}`, gsi1pk: `PRODUCT#${status}`, gsi1sk: id };
    expect(item).toMatchObject({ ...own, gsi2pk: `CATEGORY#${categoryId}#${status}`, gsi2sk: id });
  }
  for (const item of categories) {
    expect(item).toMatchObject({ pk: `CATEGORY#${item.id}`, gsi1pk: 'CATEGORY', gsi1sk: item.slug });
  }

  const records = new Map([...products, ...categories].map((record) => [record.pk, record]));
  for (const [pk, entries] of groupByKey(histories)) {
    const record = records.get(pk);
    expect({ pk, content: rebuild(entries) }).toStrictEqual({ pk, content: record && contentOf(withoutKeys(record)) });
    const last = entries.at(-1);
    if (record) expect(record).toMatchObject({ version: last?.version, updatedAt: last?.at, updatedBy: last?.by });
    records.delete(pk);
  }
  // What is left has no history.
  expect([...records.keys()]).toEqual([]);
  return { products, categories };
}

const withoutKeys = ({ pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, ...record }: Record<string, unknown>) => record;

/** In the order of their sort keys, which is that of the versions. */
function groupByKey(histories: z.infer<typeof historyItem>[]) {
  const groups = new Map<string, z.infer<typeof historyItem>[]>();
  for (const entry of histories) groups.set(entry.pk, [...(groups.get(entry.pk) ?? []), entry]);
  return groups;
}

const unique = (value: string, ownerId: string) => ({ pk: value, sk: value, ownerId });
