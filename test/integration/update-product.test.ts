import {
  createCategory,
  createProduct,
  ifMatch,
  productFields,
  readCategory,
  readProduct,
  send,
} from '../support/catalog';
import { at } from '../support/clock';
import { expectProblem } from '../support/problems';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

const unknownId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const later = '2040-01-02T03:04:05.678Z';
const PUT = 'PUT /products/{productId}';
const PATCH = 'PATCH /products/{productId}';
const ids = { category: '' };

beforeAll(async () => {
  ids.category = (await createCategory()).id;
});

/** A body that PUT and PATCH both accept. */
const bodyWith = (fields: object = {}) => ({ ...productFields(ids.category), ...fields });

describe.each([PUT, PATCH])('%s', (route) => {
  it('returns 200 with the changed product and its new ETag', async () => {
    const before = await createProduct(ids.category);
    const writable = {
      slug: `${before.slug}-new`,
      description: 'New',
      stockCount: 5,
      status: 'archived',
      imageUrl: 'https://images.example.com/new.png',
      attributes: { colour: 'red' },
    };
    const body = bodyWith({ ...writable, price: { amount: 5, currency: 'USD' } });
    const answer = await at(later, () => send(route, { id: before.id, body, sub: 'sub-2', ...ifMatch(1) }));
    const after = await readProduct(before.id);
    expect(answer).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"2"' },
      body: after,
    });
    expect(after).toEqual({ ...before, ...body, version: 2, updatedAt: later, updatedBy: 'sub-2' });
  });

  it('returns 200 with the same version and writes nothing when it changes nothing', async () => {
    const body = bodyWith({ attributes: { constructor: 'a', b: '' }, price: { amount: 5, currency: 'JPY' } });
    const before = await createProduct(ids.category, body);
    const { id } = before;
    for (const headers of [ifMatch(1).headers, { 'if-match': '*' }]) {
      const answer = await leavingNoTrace(() => send(route, { id, body, sub: 'sub-2', headers }));
      expect(answer).toEqual({
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"1"' },
        body: before,
      });
    }
    const stale = { id, body, ...ifMatch(2) };
    expectProblem(await leavingNoTrace(() => send(route, stale)), 412, 'stale_version', { currentVersion: 1 });
  });

  it('returns 404 when there is no such product', async () => {
    const answer = await leavingNoTrace(() => send(route, { id: unknownId, body: bodyWith(), ...ifMatch(1) }));
    expectProblem(answer, 404, 'not_found');
  });

  it('returns 412 with the current version when If-Match is stale', async () => {
    const { id } = await createProduct(ids.category);
    await send(route, { id, body: bodyWith(), ...ifMatch(1) });
    await send(route, { id, body: bodyWith(), ...ifMatch(2) });
    for (const version of [1, 2, 4]) {
      const answer = await leavingNoTrace(() => send(route, { id, body: bodyWith(), ...ifMatch(version) }));
      expectProblem(answer, 412, 'stale_version', { currentVersion: 3 });
    }
  });

  it('accepts any version with If-Match: *', async () => {
    const { id } = await createProduct(ids.category);
    const answer = await send(route, { id, body: bodyWith(), headers: { 'if-match': '*' } });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  });

  it.each([
    ['sku_taken', 'sku'],
    ['slug_taken', 'slug'],
  ] as const)('returns 409 %s when another product has the %s', async (code, field) => {
    const taken = (await createProduct(ids.category))[field];
    const { id } = await createProduct(ids.category);
    const body = bodyWith({ [field]: taken });
    const answer = await leavingNoTrace(() => send(route, { id, body, ...ifMatch(1) }));
    expectProblem(answer, 409, code, { field, value: taken });
  });

  it.each(['sku', 'slug'] as const)('frees the old %s at once', async (field) => {
    const before = await createProduct(ids.category);
    const body = bodyWith({ [field]: `${before[field]}-moved` });
    await send(route, { id: before.id, body, ...ifMatch(1) });
    expect(await createProduct(ids.category, { [field]: before[field] })).toMatchObject({ [field]: before[field] });
  });

  it('moves a product between categories and keeps both counts exact', async () => {
    const [from, to] = [await createCategory(), await createCategory()];
    await createProduct(from.id);
    const { id } = await createProduct(from.id);
    const answer = await send(route, { id, body: bodyWith({ categoryId: to.id }), ...ifMatch(1) });
    expect(answer).toMatchObject({ status: 200, body: { categoryId: to.id } });
    expect([await readCategory(from.id), await readCategory(to.id)]).toMatchObject([
      { productCount: 1 },
      { productCount: 1 },
    ]);
  });

  it('returns 422 when the new category does not exist', async () => {
    const { id } = await createProduct(ids.category);
    const body = bodyWith({ categoryId: unknownId });
    const answer = await leavingNoTrace(() => send(route, { id, body, ...ifMatch(1) }));
    expectProblem(answer, 422, 'category_not_found', { field: 'categoryId', value: unknownId });
  });
});

describe(PUT, () => {
  it('returns 428 without If-Match', async () => {
    const { id } = await createProduct(ids.category);
    expectProblem(await leavingNoTrace(() => send(PUT, { id, body: bodyWith() })), 428, 'precondition_required');
  });

  it('replaces every writable field: what is left out vanishes or is as after POST', async () => {
    const before = await createProduct(ids.category, {
      slug: 'chosen',
      description: 'Old',
      stockCount: 9,
      status: 'draft',
      imageUrl: 'https://images.example.com/old.png',
      attributes: { colour: 'blue' },
    });
    const body = bodyWith({ name: 'After all' });
    await send(PUT, { id: before.id, body, ...ifMatch(1) });
    const after = await readProduct(before.id);
    const { id, createdAt, createdBy } = before;
    const record = { version: 2, createdAt, createdBy, updatedAt: after.updatedAt, updatedBy: 'admin-sub' };
    expect(after).toEqual({ id, ...body, slug: 'after-all', stockCount: 0, status: 'active', ...record });
    expect(after).not.toHaveProperty('description');
  });

  it('keeps a derived slug when the name still gives it', async () => {
    await createProduct(ids.category, { name: 'Twins' });
    const { id, slug } = await createProduct(ids.category, { name: 'Twins' });
    await send(PUT, { id, body: bodyWith({ name: 'Twins' }), ...ifMatch(1) });
    expect(await readProduct(id)).toMatchObject({ slug, version: 2 });
  });

  it('adds a suffix when the slug derived from the new name is taken', async () => {
    await createProduct(ids.category, { name: 'Popular' });
    const { id } = await createProduct(ids.category);
    await send(PUT, { id, body: bodyWith({ name: 'Popular' }), ...ifMatch(1) });
    expect((await readProduct(id)).slug).toMatch(/^popular-[0-9a-z]{6}$/);
  });
});

afterAll(expectSoundTable);
