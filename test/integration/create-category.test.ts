import { createCategory, readCategory, send } from '../support/catalog';
import { at } from '../support/clock';
import { expectProblem } from '../support/problems';
import { categoryIn } from '../support/representations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

describe('POST /categories', () => {
  const post = (body: object, sub?: string) => send('POST /categories', { body, ...(sub ? { sub } : {}) });

  it('returns 201 with the category, its ETag and its address', async () => {
    const now = '2040-01-02T03:04:05.678Z';
    const fields = { name: 'Running shoes', slug: 'runners', description: 'For roads\nand trails' };
    const answer = await at(now, () => post(fields, 'sub-7'));
    const { id } = categoryIn(answer);
    expect(answer).toEqual({
      status: 201,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        etag: '"1"',
        location: `/categories/${id}`,
      },
      body: {
        id,
        name: 'Running shoes',
        slug: 'runners',
        description: 'For roads\nand trails',
        productCount: 0,
        version: 1,
        createdAt: now,
        createdBy: 'sub-7',
        updatedAt: now,
        updatedBy: 'sub-7',
      },
    });
    expect(await readCategory(id)).toEqual(answer.body);
  });

  it('puts it below its parent, or at the top where that is null or absent', async () => {
    const { id } = await createCategory();
    expect(await createCategory({ parentId: id })).toMatchObject({ parentId: id, version: 1 });
    expect(await createCategory({ parentId: null })).not.toHaveProperty('parentId');
    expect(await createCategory()).not.toHaveProperty('parentId');
  });

  it('returns 422 when there is no such parent', async () => {
    const parentId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const answer = await leavingNoTrace(() => post({ name: 'Orphan', parentId }));
    expectProblem(answer, 422, 'parent_not_found', { field: 'parentId', value: parentId });
  });

  it('returns 201 on the eighth level, and 422 below that', async () => {
    let { id } = await createCategory();
    for (let level = 2; level <= 8; level += 1) ({ id } = await createCategory({ parentId: id }));
    const answer = await leavingNoTrace(() => post({ name: 'Ninth', parentId: id }));
    expectProblem(answer, 422, 'category_too_deep', { field: 'parentId', value: id });
  });

  it('returns the first answer for a repeated Idempotency-Key when the parent has gone since', async () => {
    const parent = await createCategory();
    const request = { body: { name: 'Once', parentId: parent.id }, headers: { 'idempotency-key': 'gone-parent' } };
    const first = await send('POST /categories', request);
    await send('DELETE /categories/{categoryId}', { id: categoryIn(first).id });
    await send('DELETE /categories/{categoryId}', { id: parent.id });
    expect(await send('POST /categories', request)).toMatchObject({ status: 201, body: first.body });
  });

  it('leaves out the description when none is given', async () => {
    expect(await createCategory({ name: 'Plain' })).not.toHaveProperty('description');
  });

  it.each([
    ['Winter  Boots & Söcks', 'winter-boots-socks'],
    ['Straße', 'strasse'],
    ['  Children’s shoes!  ', 'childrens-shoes'],
    ['A'.repeat(200), 'a'.repeat(100)],
  ])('derives a slug from the name %j', async (name, slug) => {
    expect(await createCategory({ name })).toMatchObject({ name, slug });
  });

  it('gives a slug of its own to a name without Latin letters', async () => {
    expect((await createCategory({ name: '靴' })).slug).toMatch(/^[0-9a-z]{6}$/);
  });

  it('adds a short suffix when the derived slug is taken', async () => {
    await createCategory({ name: 'Sandals' });
    const second = await createCategory({ name: 'Sandals' });
    const third = await createCategory({ name: 'Sandals' });
    expect(second.slug).toMatch(/^sandals-[0-9a-z]{6}$/);
    expect(third.slug).toMatch(/^sandals-[0-9a-z]{6}$/);
    expect(third.slug).not.toBe(second.slug);
  });

  it('returns 409 when the chosen slug is taken', async () => {
    await createCategory({ slug: 'hats' });
    expectProblem(await post({ name: 'Hats', slug: 'hats' }), 409, 'slug_taken', { field: 'slug', value: 'hats' });
  });

  it('normalises text to NFC', async () => {
    const category = await createCategory({ name: 'Cafe\u0301', description: 'Cre\u0300me' });
    expect(category).toMatchObject({ name: 'Caf\u00e9', description: 'Cr\u00e8me' });
  });

  it('counts characters, not UTF-16 units', async () => {
    const name = '👟'.repeat(200);
    expect(await createCategory({ name })).toMatchObject({ name });
  });

  afterAll(expectSoundTable);
});
