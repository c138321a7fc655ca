import { createCategory, createProduct, ifMatch, pathOf, readCategory, send } from '../support/catalog';
import { at } from '../support/clock';
import { expectProblem } from '../support/problems';
import { eachInItsOwnTable, leavingNoTrace } from '../support/table-contents';

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

  it('moves it with all that is below it, which its history says', async () => {
    const [from, to] = [await createCategory(), await createCategory()];
    const { id, name, slug } = await createCategory({ parentId: from.id });
    const child = await createCategory({ parentId: id });
    const answer = await send(route, { id, body: { name, slug, parentId: to.id }, ...ifMatch(1) });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { parentId: to.id } });
    expect(await pathOf(child.id)).toEqual([to.slug, slug, child.slug]);
    expect(await readCategory(child.id)).toEqual(child);
    const history = await send('GET /admin/categories/{categoryId}/history', { id });
    expect(history.body.items[0]).toMatchObject({
      ...{ version: 2, action: 'updated' },
      changes: [{ pointer: '/parentId', before: from.id, after: to.id }],
    });
  });

  it('returns 422 when there is no such parent', async () => {
    const { id, name, slug } = await createCategory();
    const request = { id, body: { name, slug, parentId: unknownId }, ...ifMatch(1) };
    const answer = await leavingNoTrace(() => send(route, request));
    expectProblem(answer, 422, 'parent_not_found', { field: 'parentId', value: unknownId });
  });

  it('returns 422 when it would be below itself, at once or by others', async () => {
    const { id, name, slug } = await createCategory();
    const child = await createCategory({ parentId: id });
    const leaf = await createCategory({ parentId: child.id });
    for (const parentId of [id, child.id, leaf.id]) {
      const answer = await leavingNoTrace(() => send(route, { id, body: { name, slug, parentId }, ...ifMatch(1) }));
      expectProblem(answer, 422, 'category_cycle', { field: 'parentId', value: parentId });
    }
  });

  it('returns 422 when what is below it would be beyond the eighth level', async () => {
    const top = await createCategory();
    await createCategory({ parentId: (await createCategory({ parentId: top.id })).id });
    const path = [await createCategory()];
    while (path.length < 6) path.push(await createCategory({ parentId: path.at(-1)?.id }));
    const move = (parentId?: string) =>
      send(route, { id: top.id, body: { name: top.name, slug: top.slug, parentId }, headers: { 'if-match': '*' } });
    const answer = await leavingNoTrace(() => move(path[5]?.id));
    expectProblem(answer, 422, 'category_too_deep', { field: 'parentId', value: path[5]?.id });
    expect((await move(path[4]?.id)).status).toBe(200);
  });

  it('returns 412 before it looks at the tree', async () => {
    const { id, name } = await createCategory();
    const answer = await leavingNoTrace(() => send(route, { id, body: { name, parentId: id }, ...ifMatch(2) }));
    expectProblem(answer, 412, 'stale_version', { currentVersion: 1 });
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
    const { id: parentId } = await createCategory();
    const { id } = await createCategory({ name: 'Before', slug: 'chosen', description: 'Old', parentId });
    await send(PUT, { id, body: { name: 'After all' }, ...ifMatch(1) });
    const category = await readCategory(id);
    expect(category).toMatchObject({ name: 'After all', slug: 'after-all' });
    expect(category).not.toHaveProperty('description');
    expect(category).not.toHaveProperty('parentId');
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
    ['a null parent, where it is at the top already', { parentId: null, name: 'Top' }, { name: 'Top' }],
  ])('changes %s', async (_, body, changed) => {
    const before = await createCategory(full);
    const headers = { 'content-type': 'application/merge-patch+json' };
    const answer = await at(later, () => send(PATCH, { id: before.id, body, headers }));
    const after = await readCategory(before.id);
    expect(after).toEqual({ ...before, ...changed, version: 2, updatedAt: later });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: after });
  });

  it('moves it to the top when its parent is null, and leaves it where it is otherwise', async () => {
    const parent = await createCategory();
    const { id } = await createCategory({ parentId: parent.id });
    await send(PATCH, { id, body: { name: 'Still below' } });
    expect(await readCategory(id)).toMatchObject({ parentId: parent.id, version: 2 });
    await send(PATCH, { id, body: { parentId: null } });
    expect(await readCategory(id)).not.toHaveProperty('parentId');
    expect((await send('DELETE /categories/{categoryId}', { id: parent.id })).status).toBe(204);
  });

  it('derives the slug anew when it is null', async () => {
    const { id } = await createCategory({ name: 'Winter coats', slug: 'chosen-by-hand' });
    expect(await send(PATCH, { id, body: { slug: null } })).toMatchObject({ body: { slug: 'winter-coats' } });
    expect(await readCategory(id)).toMatchObject({ slug: 'winter-coats' });
  });
});

eachInItsOwnTable();
