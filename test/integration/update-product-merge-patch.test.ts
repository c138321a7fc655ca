import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documents, tableName } from '../../src/dynamodb/client';
import { createCategory, createProduct, readProduct, send } from '../support/catalog';
import { at } from '../support/clock';
import { expectInvalid } from '../support/problems';
import type { Product } from '../support/representations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

describe('PATCH /products/{productId} as JSON Merge Patch (RFC 7396)', () => {
  const ids = { category: '' };
  const later = '2040-01-02T03:04:05.678Z';
  const patch = (id: string, body: object) => send('PATCH /products/{productId}', { id, body });

  /** A product with every optional field set. */
  const createFullProduct = (fields: object = {}): Promise<Product> =>
    createProduct(ids.category, {
      description: 'Described',
      stockCount: 3,
      status: 'draft',
      imageUrl: 'https://images.example.com/1.png',
      attributes: { colour: 'red', size: '42' },
      price: { amount: 1999, currency: 'JPY' },
      ...fields,
    });

  beforeAll(async () => {
    ids.category = (await createCategory()).id;
  });

  it.each([
    ['the SKU', { sku: 'NEW-1' }, { sku: 'NEW-1' }],
    ['the name, and leaves the slug', { name: 'Other' }, { name: 'Other' }],
    ['a description', { description: '' }, { description: '' }],
    ['a null description, which clears it', { description: null }, { description: undefined }],
    ['the amount of the price alone', { price: { amount: 0 } }, { price: { amount: 0, currency: 'JPY' } }],
    ['the currency of the price alone', { price: { currency: 'USD' } }, { price: { amount: 1999, currency: 'USD' } }],
    ['the stock', { stockCount: 0 }, { stockCount: 0 }],
    ['a null stock, which resets it', { stockCount: null }, { stockCount: 0 }],
    ['the status', { status: 'archived' }, { status: 'archived' }],
    ['a null status, which resets it', { status: null }, { status: 'active' }],
    ['a null image, which clears it', { imageUrl: null }, { imageUrl: undefined }],
    ['one attribute', { attributes: { size: '43' } }, { attributes: { colour: 'red', size: '43' } }],
    ['a null attribute, which goes', { attributes: { size: null } }, { attributes: { colour: 'red' } }],
    [
      'an attribute that was not there',
      { attributes: { a: 'b', c: null } },
      { attributes: { colour: 'red', size: '42', a: 'b' } },
    ],
    ['null attributes, which clears them', { attributes: null }, { attributes: undefined }],
  ])('changes %s', async (_, body, changed) => {
    const before = await createFullProduct();
    const answer = await at(later, () => patch(before.id, body));
    const after = await readProduct(before.id);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: after });
    expect(after).toEqual({ ...before, ...changed, version: 2, updatedAt: later });
  });

  it.each([
    ['nothing', {}],
    ['nothing of the price', { price: {} }],
    ['the price that it has', { price: { amount: 1999 } }],
    ['nothing of the attributes', { attributes: {} }],
    ['an attribute that it has, and none of one that it has not', { attributes: { size: '42', weight: null } }],
    ['what it has, in another order', { status: 'draft', attributes: { size: '42', colour: 'red' } }],
  ])('changes nothing, and makes no version, with %s', async (_, body) => {
    const before = await createFullProduct();
    const answer = await leavingNoTrace(() => patch(before.id, body));
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(answer.body).toStrictEqual(before);
  });

  it.each(['description', 'imageUrl', 'attributes'])('removes a cleared %s instead of keeping null', async (field) => {
    const { id } = await createFullProduct();
    await patch(id, { [field]: null });
    expect(await readProduct(id)).not.toHaveProperty(field);
  });

  it('derives the slug anew when it is null', async () => {
    const { id } = await createFullProduct({ name: 'Winter coat', slug: 'chosen-by-hand' });
    await patch(id, { slug: null });
    expect(await readProduct(id)).toMatchObject({ slug: 'winter-coat' });
  });

  it('adds attributes to a product without any', async () => {
    const { id } = await createProduct(ids.category);
    await patch(id, { attributes: { colour: 'green', size: null } });
    expect((await readProduct(id)).attributes).toEqual({ colour: 'green' });
  });

  it.each(['application/merge-patch+json', 'application/json', 'Application/Merge-Patch+JSON; charset=UTF-8'])(
    'accepts %s',
    async (contentType) => {
      const { id } = await createFullProduct();
      const headers = { 'content-type': contentType };
      const answer = await send('PATCH /products/{productId}', { id, body: { name: 'Typed' }, headers });
      expect(answer).toMatchObject({ status: 200, body: { name: 'Typed' } });
    },
  );

  describe('with 50 attributes', () => {
    const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`name-${index}`, 'value']));

    it('returns 400 when one more would be there after merging', async () => {
      const { id } = await createFullProduct({ attributes });
      const answer = await leavingNoTrace(() => patch(id, { attributes: { extra: 'value' } }));
      expectInvalid(answer, 'body', '/attributes');
    });

    it('returns 200 when one goes as another comes', async () => {
      const { id } = await createFullProduct({ attributes });
      await patch(id, { attributes: { extra: 'value', 'name-0': null } });
      const merged = (await readProduct(id)).attributes;
      expect({ 'name-0': 'value', ...merged }).toEqual({ ...attributes, extra: 'value' });
      expect(merged).not.toHaveProperty('name-0');
    });

    it('returns 200 when all of them change', async () => {
      const { id } = await createFullProduct({ attributes });
      const changed = Object.fromEntries(Object.keys(attributes).map((name) => [name, 'changed']));
      await patch(id, { attributes: changed });
      expect((await readProduct(id)).attributes).toEqual(changed);
    });
  });

  it('leaves and shows an address that was stored before the rule on addresses, and takes it from nobody any more', async () => {
    const { id, imageUrl: before } = await createFullProduct();
    const store = (address: unknown) =>
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk: `PRODUCT#${id}`, sk: 'PRODUCT' },
          UpdateExpression: 'SET imageUrl = :address',
          ExpressionAttributeValues: { ':address': address },
        }),
      );
    const imageUrl = 'https://example.com/grün {1}.png';
    await store(imageUrl);
    expect((await patch(id, { name: 'Other' })).status).toBe(200);
    expect(await readProduct(id)).toMatchObject({ name: 'Other', imageUrl });
    expectInvalid(await patch(id, { imageUrl }), 'body', '/imageUrl');
    // Its history knows of no other.
    await store(before);
  });

  afterAll(expectSoundTable);
});
