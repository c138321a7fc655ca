import { createCategory, createProduct, ifMatch, readCategory, send } from '../support/catalog';
import { at } from '../support/clock';
import { expectProblem } from '../support/problems';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

const unknownId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const later = '2040-01-02T03:04:05.678Z';
const PUT = 'PUT /categories/{categoryId}';
const PATCH = 'PATCH /categories/{categoryId}';

describe.each([PUT, PATCH])('%s', (route) => {
  it('returns 200 with the changed category and its new ETag', async () => {
    const before = await createCategory({ description: 'Warm' });
    const body = { name: 'High boots', slug: `${before.slug}-high`, description: 'Warmer' };
    const answer = await at(later, () => send(route, { id: before.id, body, sub: 'sub-2', ...ifMatch(1) }));
    const after = await readCategory(before.id);
    expect(answer).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"2"' },
      body: after,
    });
    expect(after).toEqual({ ...before, ...body, version: 2, updatedAt: later, updatedBy: 'sub-2' });
  });

  it('keeps the product count', async () => {
    const { id } = await createCategory();
    await createProduct(id);
    await send(route, { id, body: { name: 'Counted' }, ...ifMatch(1) });
    expect(await readCategory(id)).toMatchObject({ name: 'Counted', productCount: 1, version: 2 });
  });

  it('returns 404 when there is no such category', async () => {
    const request = { id: unknownId, body: { name: 'Nothing' }, ...ifMatch(1) };
    expectProblem(await leavingNoTrace(() => send(route, request)), 404, 'not_found');
  });

  it('returns 200 with the same version and writes nothing when it changes nothing', async () => {
    const fields = { name: 'Just so', description: 'Warm' };
    const { id } = await createCategory(fields);
    await createProduct(id);
    const before = await readCategory(id);
    for (const headers of [ifMatch(1).headers, { 'if-match': '*' }]) {
      const answer = await leavingNoTrace(() => send(route, { id, body: fields, sub: 'sub-2', headers }));
      expect(answer).toEqual({
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: '"1"' },
        body: before,
      });
    }
    const stale = { id, body: fields, ...ifMatch(2) };
    expectProblem(await leavingNoTrace(() => send(route, stale)), 412, 'stale_version', { currentVersion: 1 });
  });

  it('returns 412 with the current version when If-Match is stale', async () => {
    const { id } = await createCategory();
    await send(route, { id, body: { name: 'Newer' }, ...ifMatch(1) });
    const answer = await leavingNoTrace(() => send(route, { id, body: { name: 'Older' }, ...ifMatch(1) }));
    expectProblem(answer, 412, 'stale_version', { currentVersion: 2 });
  });

  it('accepts any version with If-Match: *', async () => {
    const { id } = await createCategory();
    const answer = await send(route, { id, body: { name: 'Any' }, headers: { 'if-match': '*' } });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  });

  it('returns 409 when another category has the slug', async () => {
    const other = await createCategory();
    const { id } = await createCategory();
    const request = { id, body: { name: 'Copy', slug: other.slug }, ...ifMatch(1) };
    const answer = await leavingNoTrace(() => send(route, request));
    expectProblem(answer, 409, 'slug_taken', { field: 'slug', value: other.slug });
  });

  it('frees the old slug at once', async () => {
    const { id, slug } = await createCategory();
    await send(route, { id, body: { name: 'Moved', slug: `${slug}-moved` }, ...ifMatch(1) });
    expect(await createCategory({ slug })).toMatchObject({ slug });
  });
});

describe(PUT, () => {
  it('returns 428 without If-Match', async () => {
    const { id } = await createCategory();
    expectProblem(await leavingNoTrace(() => send(PUT, { id, body: { name: 'Blind' } })), 428, 'precondition_required');
  });

  it('replaces every field: what is left out is cleared or derived anew', async () => {
    const { id } = await createCategory({ name: 'Before', slug: 'chosen', description: 'Old' });
    await send(PUT, { id, body: { name: 'After all' }, ...ifMatch(1) });
    const category = await readCategory(id);
    expect(category).toMatchObject({ name: 'After all', slug: 'after-all' });
    expect(category).not.toHaveProperty('description');
  });

  it('keeps a derived slug when the name still gives it', async () => {
    await createCategory({ name: 'Twins' });
    const { id, slug } = await createCategory({ name: 'Twins' });
    await send(PUT, { id, body: { name: 'Twins', description: 'Second' }, ...ifMatch(1) });
    expect(await readCategory(id)).toMatchObject({ slug, description: 'Second' });
  });
});

describe(PATCH, () => {
  const full = { name: 'Full name', description: 'Described' };

  it.each([
    ['a name, and leaves the slug', { name: 'Other name' }, { name: 'Other name' }],
    ['a description', { description: 'New' }, { description: 'New' }],
    ['a null description, which clears it', { description: null }, { description: undefined }],
    ['an empty description', { description: '' }, { description: '' }],
  ])('changes %s', async (_, body, changed) => {
    const before = await createCategory(full);
    const headers = { 'content-type': 'application/merge-patch+json' };
    const answer = await at(later, () => send(PATCH, { id: before.id, body, headers }));
    const after = await readCategory(before.id);
    expect(after).toEqual({ ...before, ...changed, version: 2, updatedAt: later });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: after });
  });

  it('derives the slug anew when it is null', async () => {
    const { id } = await createCategory({ name: 'Winter coats', slug: 'chosen-by-hand' });
    expect(await send(PATCH, { id, body: { slug: null } })).toMatchObject({ body: { slug: 'winter-coats' } });
    expect(await readCategory(id)).toMatchObject({ slug: 'winter-coats' });
  });
});

afterAll(expectSoundTable);
