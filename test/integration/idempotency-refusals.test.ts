/** A request that fails leaves its key unused: the same key works once the request does. */
import { createCategory, createProduct, productFields, send } from '../support/catalog';
import { creations, newKey, post } from '../support/creations';
import type { Answer } from '../support/events';
import { expectInvalid, expectProblem } from '../support/problems';
import { eachInItsOwnTable, leavingNoTrace } from '../support/table-contents';

function expectCreated({ status, headers }: Answer): void {
  expect(status).toBe(201);
  expect(headers).not.toHaveProperty('idempotency-replayed');
}

eachInItsOwnTable();

describe.each(creations)('$route', ({ route, newBody }) => {
  it.each([
    ['is empty', ''],
    ['is two words', 'two words'],
    ['has an umlaut', 'schlüssel'],
    ['is too long', 'k'.repeat(256)],
  ])('returns 400 for a key that %s', async (_, key) => {
    const body = await newBody();
    expectInvalid(await leavingNoTrace(() => post(route, key, body)), 'header', '/idempotency-key');
  });

  it.each([
    ['a field that is wrong', '/name', { name: '' }],
    ['a field that is unknown', '/id', { id: 'mine' }],
  ])('keeps no record of a request that got 400 for %s', async (_, pointer, fault) => {
    const [key, body] = [newKey(), await newBody()];
    expectInvalid(await leavingNoTrace(() => post(route, key, { ...body, ...fault })), 'body', pointer);
    expectCreated(await post(route, key, body));
  });

  it('keeps no record of a request that got 403', async () => {
    const [key, body] = [newKey(), await newBody()];
    expectProblem(await leavingNoTrace(() => post(route, key, body, { groups: ['user'] })), 403, 'forbidden');
    expectCreated(await post(route, key, body));
  });

  it('keeps no record of a request that got 409 slug_taken', async () => {
    const slug = `taken-${newKey()}`;
    expectCreated(await send(route, { body: { ...(await newBody()), slug } }));
    const [key, body] = [newKey(), await newBody()];
    const refused = await leavingNoTrace(() => post(route, key, { ...body, slug }));
    expectProblem(refused, 409, 'slug_taken', { field: 'slug', value: slug });
    expectCreated(await post(route, key, body));
  });

  it('returns 400 for a faulty request under a key that is in use', async () => {
    const [key, body] = [newKey(), await newBody()];
    expectCreated(await post(route, key, body));
    expectInvalid(await leavingNoTrace(() => post(route, key, { ...body, name: 7 })), 'body', '/name');
  });

  it('returns 403 to a caller who is no admin any more, and not what they made as one', async () => {
    const [key, body] = [newKey(), await newBody()];
    expectCreated(await post(route, key, body));
    expectProblem(await leavingNoTrace(() => post(route, key, body, { groups: ['user'] })), 403, 'forbidden');
  });
});

describe('POST /products', () => {
  it('keeps no record of a request that got 409 sku_taken, and does the same request once the SKU is free', async () => {
    const categoryId = (await createCategory()).id;
    const { id, sku } = await createProduct(categoryId);
    const [key, body] = [newKey(), { ...productFields(categoryId), sku }];
    const refused = await leavingNoTrace(() => post('POST /products', key, body));
    expectProblem(refused, 409, 'sku_taken', { field: 'sku', value: sku });
    await send('DELETE /products/{productId}', { id });
    expectCreated(await post('POST /products', key, body));
  });

  it('keeps no record of a request that got 422 category_not_found', async () => {
    const [key, categoryId] = [newKey(), '01ARZ3NDEKTSV4RRFFQ69G5FAV'];
    const refused = await leavingNoTrace(() => post('POST /products', key, productFields(categoryId)));
    expectProblem(refused, 422, 'category_not_found', { field: 'categoryId', value: categoryId });
    expectCreated(await post('POST /products', key, productFields((await createCategory()).id)));
  });
});
