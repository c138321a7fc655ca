import { ulid } from 'ulid';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { statuses } from '../../src/catalog/product-parameters';
import { changeKeyOf } from '../../src/changes/change-key';
import { documents, tableName } from '../../src/dynamodb/client';
import { bulk } from '../support/bulk';
import { createCategory, createProduct, productFields, send } from '../support/catalog';
import { itAtFullDepth } from '../support/depth';
import { largestProduct } from '../support/largest-product';
import { productPages } from '../support/pages';
import { putItems } from '../support/put-items';
import { createDeleted, remove, restore } from '../support/restorations';
import type { Product } from '../support/representations';
import '../support/search-function';
import { isDynamodbLocal } from '../support/slow-engine';

/** More than fifty kilobytes of text: DynamoDB ends a query at one megabyte, long before a page of 100 of these is full; reads by key go further. */
const large = {
  description: 'd'.repeat(5_000),
  attributes: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`name-${index}`, 'v'.repeat(1_000)])),
};

/** The index over all statuses has keys alone, of which a megabyte is thousands; DynamoDB Local counts whole items there too. */
const pagesByKeys = isDynamodbLocal ? 2 : 1;

describe('lists of products too large for one query', () => {
  const seed: { category: string; products: Product[] } = { category: '', products: [] };

  /** Twenty large active products, a small draft after every second, two small archived ones at the old end. */
  beforeAll(async () => {
    seed.category = (await createCategory()).id;
    const create = async (fields: object) => seed.products.unshift(await createProduct(seed.category, fields));
    for (let index = 0; index < 2; index += 1) await create({ status: 'archived' });
    for (let index = 0; index < 20; index += 1) {
      await create(large);
      if (index % 2 === 0) await create({ status: 'draft' });
    }
  });

  const active = () => seed.products.filter(({ status }) => status === 'active');

  it.each([
    ['GET /products', 'all', false, active, 2],
    ['GET /products', 'those of a category', true, active, 2],
    ['GET /admin/products', 'all', false, () => seed.products, pagesByKeys],
    ['GET /admin/products', 'those of a category', true, () => seed.products, pagesByKeys],
  ] as const)(
    '%s shows %s, every product once, with a nextToken where a query ends early',
    async (route, _, inCategory, expected, pageCount) => {
      const filter: Record<string, string> = inCategory ? { categoryId: seed.category } : {};
      const pages = await productPages(route, { limit: '100', ...filter });
      expect(pages).toHaveLength(pageCount);
      expect(pages.flat()).toEqual(expected());
    },
  );

  it('ends pages at their limit too', async () => {
    const pages = await productPages('GET /admin/products', { limit: '7' });
    expect(pages.flat()).toEqual(seed.products);
    expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 4]);
  });
});

itAtFullDepth(
  'GET /admin/products answers no more than Lambda can, however often quotation marks have to be escaped, and a search no more either',
  async () => {
    const category = (await createCategory()).id;
    const quotes = {
      description: '"'.repeat(5_000),
      attributes: Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`name-${index}`, '"'.repeat(1_000)])),
    };
    const created: Product[] = [];
    for (let index = 0; index < 52; index += 1) {
      created.unshift(await createProduct(category, { ...quotes, status: statuses[index % 3] }));
    }
    const query = { categoryId: category, limit: '100' };
    const first = await send('GET /admin/products', { query });
    expect(Buffer.byteLength(JSON.stringify({ ...first, body: JSON.stringify(first.body) }))).toBeLessThan(6_000_000);

    const pages = await productPages('GET /admin/products', query);
    expect(pages.length).toBe(2);
    expect(pages.flat()).toEqual(created);

    const found = await productPages('GET /admin/products', { ...query, sort: '-createdAt' });
    expect(found.length).toBe(2);
    expect(found.flat()).toEqual(created);
  },
);

describe('GET /admin/products, deleted=true', () => {
  /** Deletions of so many of the largest products and their restorations, as one has left them. */
  async function deleteAndRestoreMany(count: number): Promise<void> {
    const { id: categoryId } = await createCategory();
    const [{ id = '' } = {}] = await bulk([{ ...productFields(categoryId), ...largestProduct('x') }]);
    await remove(id);
    await restore(id);
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk > :creation',
        ExpressionAttributeValues: { ':pk': `PRODUCT#${id}`, ':creation': 'HISTORY#0000000001' },
      }),
    );
    // Of as many bytes, in letters that the SDK writes many times as fast.
    const [deletion, restoration] = JSON.parse(JSON.stringify(Items).replaceAll('👟', 'shoe')) as typeof Items;
    for (let number = 0; number < count; number += 1) {
      const pk = `PRODUCT#${ulid()}`;
      const at = String(deletion?.['at']);
      await putItems([
        { ...deletion, pk, ...changeKeyOf(pk, { at, version: 2 }) },
        { ...restoration, pk, ...changeKeyOf(pk, { at, version: 3 }) },
      ]);
    }
  }

  itAtFullDepth(
    'ends a page early, and says so, where what has been restored since is more than a request can read',
    async () => {
      const { id } = await createDeleted((await createCategory()).id);
      // Ten megabytes are twenty of them, and those looked at together that reach it may end at any of the next six.
      await deleteAndRestoreMany(28);
      const sending = jest.spyOn(documents, 'send');
      // Six are looked at together, on either engine: DynamoDB Local ends a query of keys sooner.
      const query = { deleted: 'true', limit: '5' };
      const { body } = await send('GET /admin/products', { query });
      const read = await Promise.all(sending.mock.results.map(({ value }) => value as Promise<object>));
      sending.mockRestore();
      expect(body).toEqual({ items: [], nextToken: expect.any(String) });
      expect(JSON.stringify(read).length).toBeLessThan(16_000_000);
      const pages = await productPages('GET /admin/products', { ...query, nextToken: body.nextToken });
      expect(pages.flat().map((product) => product.id)).toEqual([id]);
    },
  );
});
