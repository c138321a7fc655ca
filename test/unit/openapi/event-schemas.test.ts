/** docs/events.schema.json is what `npm run openapi` writes, and takes no event that the product does not send. */
import { readFileSync } from 'node:fs';
import { eventSchemas } from '../../../openapi/event-schemas';
import { examples } from '../../../openapi/examples';
import { eventFaults, eventSchemasFile } from '../../support/event-schemas';

it('is current: npm run openapi would write the same', () => {
  expect(readFileSync(eventSchemasFile, 'utf8')).toBe(`${JSON.stringify(eventSchemas(), undefined, 2)}\n`);
});

const product = examples.Product as { id: string; version: number; updatedAt: string; updatedBy: string };
const detail = {
  eventId: `${product.updatedAt}_${product.id}_0000000002`,
  id: product.id,
  version: 2,
  at: product.updatedAt,
  by: product.updatedBy,
  changes: [{ pointer: '/stockCount', before: 1, after: 2 }],
};
const event = (type: string, fields: object) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': type,
  source: 'admin-catalog',
  account: '123456789012',
  time: '2026-11-25T10:15:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: { ...detail, ...fields },
});

it.each([
  ['product.updated', { product }, true],
  ['product.updated', { product: null }, true],
  ['product.updated', { changes: [{ pointer: '/name' }], shortened: true }, true],
  ['product.deleted', { product: null }, true],
  ['product.deleted', { product }, false],
  ['product.updated', { product: { ...product, price: undefined } }, false],
  ['product.updated', { product, eventId: undefined }, false],
  ['product.renamed', { product }, false],
  ['category.restored', {}, false],
])('%s with %j: %s', (type, fields, fits) => {
  // As JSON has it.
  const sent: unknown = JSON.parse(JSON.stringify(event(type, fields)));
  expect(eventFaults(sent).length === 0).toBe(fits);
});
