/** Plans of rows put into transactions, none of which DynamoDB would refuse for its size. */
import { planProduct, type Plan } from '../../../src/bulk/plan';
import { groupPlans } from '../../../src/bulk/write';
import type { Product } from '../../../src/catalog/product';
import { largestProduct } from '../../support/largest-product';

const product = (number: number): Product => ({
  id: `01KB0V3Q6ZK4T6XW9C8M5R2N${String(number).padStart(2, '0')}`,
  ...{ sku: `SKU-${number}`, slug: `product-${number}`, categoryId: 'category', status: 'active', stockCount: 0 },
  ...{ price: { amount: 1, currency: 'EUR' }, version: 1, ...largestProduct('a') },
  ...{
    createdAt: '2026-11-26T10:00:00.000Z',
    createdBy: 'anna',
    updatedAt: '2026-11-26T10:00:00.000Z',
    updatedBy: 'anna',
  },
});

/** As JSON, which has a few signs more than DynamoDB counts; attributes are a Map to the marshaller. */
const bytesOf = (group: readonly Plan[]) =>
  group
    .flatMap(({ actions }) => actions.map(({ write }) => write.Put?.Item ?? {}))
    .map((item) => ({ ...item, attributes: [...((item['attributes'] as Map<string, string> | undefined) ?? [])] }))
    .reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);

it('a row that changes one field of a large product takes as much room as all of it', () => {
  const plans = Array.from({ length: 20 }, (_, number) =>
    planProduct(
      { sku: `SKU-${number}`, stockCount: 7 },
      { productOf: () => product(number), categoryIdOf: () => undefined },
      { author: 'ben', newId: 'none', slug: 'plain' },
    ),
  );
  const groups = groupPlans(plans);
  expect(groups.flat().length).toBe(20);
  expect(bytesOf(plans)).toBeGreaterThan(4 * 1024 * 1024);
  // What is replaced may count too.
  for (const group of groups) expect(2 * bytesOf(group)).toBeLessThan(4 * 1024 * 1024);
});
