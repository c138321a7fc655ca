/** The whole table as it stands, and the rules that must hold over it whatever was done to it. */
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { documents, tableName } from '../../src/dynamodb/client';
import type { Answer } from './events';
import { category, product } from './representations';

const keys = { pk: z.string(), sk: z.string() };
const indexed = { ...keys, gsi1pk: z.string(), gsi1sk: z.string() };
const productItem = z.extend(product, { ...indexed, gsi2pk: z.string(), gsi2sk: z.string() });
const categoryItem = z.extend(category, indexed);
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
 * other value is kept, every product's category exists, product counts are exact, and index keys agree with the fields.
 */
export async function expectSoundTable() {
  const items = await readTable();
  const products = z.array(productItem).parse(items.filter(({ sk }) => sk === 'PRODUCT'));
  const categories = z.array(categoryItem).parse(items.filter(({ sk }) => sk === 'CATEGORY'));
  const uniqueValues = z.array(uniqueValueItem).parse(items.filter(({ sk }) => sk !== 'PRODUCT' && sk !== 'CATEGORY'));

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
  return { products, categories };
}

const unique = (value: string, ownerId: string) => ({ pk: value, sk: value, ownerId });
