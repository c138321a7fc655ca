/** Plans of rows put into transactions, none of which DynamoDB would refuse for its size. */
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { planProduct, type Plan } from '../../../src/bulk/plan';
import type { ProductRow } from '../../../src/bulk/rows';
import { groupPlans, writeGroup } from '../../../src/bulk/write';
import type { Product } from '../../../src/catalog/product';
import { Contention } from '../../../src/dynamodb/transaction';
import { cancelled } from '../../support/cancelled';
import { largestProduct } from '../../support/largest-product';
import { mockClient } from '../../support/mock-client';

// The local engines never cancel a transaction for a conflict.
const dynamodb = mockClient(DynamoDBDocumentClient);

const product = (number: number, fields: Partial<Product> = largestProduct('a')): Product => ({
  id: `01KB0V3Q6ZK4T6XW9C8M5R2N${String(number).padStart(2, '0')}`,
  ...{ sku: `SKU-${number}`, slug: `product-${number}`, categoryId: 'category', status: 'active', stockCount: 0 },
  ...{ price: { amount: 1, currency: 'EUR' }, version: 1, name: 'Shoe', ...fields },
  ...{
    createdAt: '2026-11-26T10:00:00.000Z',
    createdBy: 'anna',
    updatedAt: '2026-11-26T10:00:00.000Z',
    updatedBy: 'anna',
  },
});

/** What a row comes to for this product. */
const plan = (row: ProductRow, current: Product): Plan =>
  planProduct(
    row,
    { productOf: () => current, categoryIdOf: () => undefined },
    { author: 'ben', newId: 'none', slug: 'plain' },
  );

/** As JSON, which has a few signs more than DynamoDB counts; attributes are a Map to the marshaller. */
const bytesOf = (group: readonly Plan[]) =>
  group
    .flatMap(({ actions }) => actions.map(({ write }) => write.Put?.Item ?? {}))
    .map((item) => ({ ...item, attributes: [...((item['attributes'] as Map<string, string> | undefined) ?? [])] }))
    .reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);

it('a row that changes one field of a large product takes as much room as all of it', () => {
  const plans = Array.from({ length: 20 }, (_, number) =>
    plan({ sku: `SKU-${number}`, stockCount: 7 }, product(number)),
  );
  const groups = groupPlans(plans);
  expect(groups.flat().length).toBe(20);
  expect(bytesOf(plans)).toBeGreaterThan(4 * 1024 * 1024);
  // What is replaced may count too.
  for (const group of groups) expect(2 * bytesOf(group)).toBeLessThan(4 * 1024 * 1024);
});

/** Changes SKU, slug and status: six actions, and the count of its category. */
const renamed = (number: number, categoryId = 'category') => {
  const current = product(number, { categoryId });
  return plan({ id: current.id, sku: `NEW-${number}`, slug: `new-${number}`, status: 'draft' }, current);
};

it('rows that change much go into transactions of a hundred actions at most, with a count for each category', () => {
  const plans = Array.from({ length: 20 }, (_, number) => renamed(number, `category-${number % 6}`));
  const groups = groupPlans(plans);
  expect(groups.flat().length).toBe(20);
  const lengths = groups.map((group) => {
    const categories = new Set(group.map(({ count }) => count.after?.categoryId));
    return group.flatMap(({ actions }) => actions).length + categories.size;
  });
  expect(Math.max(...lengths)).toBeGreaterThan(90);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
});

describe('of rows that are written together', () => {
  const [ok, failed, conflict] = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];
  const group = [renamed(1), renamed(2)];

  it('none is rejected for a condition behind a conflict: it may have failed of what the other write has done', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled(conflict, ok, ok, ok, ok, ok, ok, failed, ok, ok, ok, ok, ok));
    const outcomes = await writeGroup(group, false);
    for (const row of group) expect(outcomes.get(row)).toBeInstanceOf(Contention);
  });

  it('the one at fault is rejected for the first of its conditions that failed, and the others may be tried again', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled(ok, ok, ok, ok, ok, ok, ok, failed, ok, failed, ok, ok, ok));
    const outcomes = await writeGroup(group, false);
    expect(group.map((row) => outcomes.get(row))).toEqual([
      expect.any(Contention),
      expect.objectContaining({ code: 'sku_taken', facts: { field: 'sku', value: 'NEW-2' } }),
    ]);
  });
});
