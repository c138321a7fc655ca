/** What happens between reading a category and writing it, when others write too and answers get lost. */
import { readToEnd } from '../../../../../cli/catalog/api/answer';
import { newCatalogue } from '../../../../../cli/catalog/api/catalogue';
import { upsertCategory } from '../../../../../cli/catalog/api/upsert-category';
import { startScriptedApi, type ScriptedAnswer, type ScriptedApi } from '../../../../support/scripted-api';

const fields = { name: 'Red shoes', slug: 'red-shoes' };
const stored = { id: 'id-1', version: 3, ...fields };

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** Finds these one by one, while writes get these answers. */
async function upsertWith(found: (object | undefined)[], answers: ScriptedAnswer[], goal: object = {}) {
  scripted = await startScriptedApi((_, number) => answers[number - 1] ?? { status: 500 });
  const catalogue = newCatalogue(scripted.url, readToEnd(fetch));
  const finds = [...found];
  const find = () => Promise.resolve(finds.shift() as typeof stored | undefined);
  return upsertCategory(catalogue, { fields, version: undefined, find, dryRun: false, ...goal });
}

const writes = () => scripted.requests.map(({ method, path }) => `${method} ${path}`);
const problem = (status: number, code: string) => ({ status, body: { code, detail: `The detail of ${code}` } });
const lost = { status: 0, hangUp: true };

describe('upsertCategory', () => {
  it('creates what is not there, with a key of its own', async () => {
    expect(await upsertWith([undefined], [{ status: 201 }])).toEqual({ action: 'created', changes: [] });
    const [request] = scripted.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/categories' });
    expect(JSON.parse(request?.body ?? '')).toEqual(fields);
    expect(request?.headers['idempotency-key']).toMatch(/^[\x21-\x7e]{1,255}$/);
    const key = request?.headers['idempotency-key'];
    await scripted.stop();
    // A record that was deleted since is to be created again, and not to be answered from memory.
    await upsertWith([undefined], [{ status: 201 }]);
    expect(scripted.requests[0]?.headers['idempotency-key']).not.toBe(key);
  });

  it('sends the same key again with the same request', async () => {
    await upsertWith([undefined], [lost, { status: 201 }]);
    const [first, second] = scripted.requests.map(({ headers }) => headers['idempotency-key']);
    expect(second).toBe(first);
  });

  it('changes what is different and named, and says what it was and is', async () => {
    const current = { ...stored, name: 'Blue shoe', description: 'Old' };
    expect(await upsertWith([current], [{ status: 200 }])).toEqual({
      action: 'changed',
      changes: [{ pointer: '/name', before: 'Blue shoe', after: 'Red shoes' }],
    });
    expect(writes()).toEqual(['PATCH /categories/id-1']);
    expect(scripted.requests[0]?.headers['if-match']).toBe('"3"');
    expect(JSON.parse(scripted.requests[0]?.body ?? '')).toEqual(fields);
  });

  it('takes away what is null, if it is there', async () => {
    const goal = { fields: { slug: 'red-shoes', description: null } };
    expect(await upsertWith([{ ...stored, description: 'Old' }], [{ status: 200 }], goal)).toEqual({
      action: 'changed',
      changes: [{ pointer: '/description', before: 'Old', after: undefined }],
    });
    await scripted.stop();
    expect(await upsertWith([stored], [], goal)).toEqual({ action: 'unchanged', changes: [] });
    await scripted.stop();
    await upsertWith([undefined], [{ status: 201 }], { fields: { ...fields, description: null } });
    expect(JSON.parse(scripted.requests[0]?.body ?? '')).toEqual(fields);
  });

  it.each([true, false])('rejects what has another version than the row names, with dryRun %s', async (dryRun) => {
    const current = { ...stored, name: 'Blue shoe' };
    const goal = { version: 2, dryRun };
    await expect(upsertWith([current], [], goal)).rejects.toThrow(
      /^version: the row has 2, and by now it is 3: export/,
    );
    await scripted.stop();
    await expect(upsertWith([undefined], [], goal)).rejects.toThrow(
      /^version: the row has 2, and there is no such cat/,
    );
    expect(writes()).toEqual([]);
    await scripted.stop();
    // What is so already can be the doing of the row itself.
    expect(await upsertWith([stored], [], goal)).toEqual({ action: 'unchanged', changes: [] });
  });

  it.each([true, false])('rejects a new one without a name, with dryRun %s', async (dryRun) => {
    const goal = { fields: { slug: 'red-shoes' }, dryRun };
    await expect(upsertWith([undefined], [], goal)).rejects.toThrow(
      'there is no such category yet, and a new one needs name',
    );
    expect(writes()).toEqual([]);
  });

  it('writes nothing where the record is equal', async () => {
    expect(await upsertWith([stored], [])).toEqual({ action: 'unchanged', changes: [] });
    expect(writes()).toEqual([]);
  });

  it('tells an empty text from an absent one', async () => {
    const change = await upsertWith([stored], [{ status: 200 }], { fields: { ...fields, description: '' } });
    expect(change).toMatchObject({ action: 'changed', changes: [{ pointer: '/description', after: '' }] });
  });

  it('writes nothing in a dry run', async () => {
    expect(await upsertWith([undefined], [], { dryRun: true })).toMatchObject({ action: 'created' });
    await scripted.stop();
    const current = { ...stored, name: 'Blue shoe' };
    expect(await upsertWith([current], [], { dryRun: true })).toMatchObject({
      action: 'changed',
      changes: [{ pointer: '/name' }],
    });
    expect(writes()).toEqual([]);
  });

  it.each([
    ['changed', problem(412, 'stale_version'), { ...stored, version: 4, name: 'Green shoe' }, 'PATCH /categories/id-1'],
    ['deleted', problem(404, 'not_found'), undefined, 'POST /categories'],
  ])('looks again when someone else has %s it meanwhile', async (_, answer, then, write) => {
    const current = { ...stored, name: 'Blue shoe' };
    await upsertWith([current, then], [answer, { status: 201 }]);
    expect(writes()).toEqual(['PATCH /categories/id-1', write]);
  });

  it('counts as changed what was written by a request without an answer', async () => {
    const found = [
      { ...stored, name: 'Blue shoes' },
      { ...stored, version: 4 },
    ];
    expect(await upsertWith(found, [lost, problem(412, 'stale_version')])).toMatchObject({ action: 'changed' });
    expect(scripted.requests).toHaveLength(2);
  });

  it('rejects the row when others are faster every time', async () => {
    const current = { ...stored, name: 'Blue shoe' };
    const stale = problem(412, 'stale_version');
    await expect(upsertWith(Array(9).fill(current), Array(9).fill(stale))).rejects.toMatchObject({
      message: 'others changed it each time: import this row again',
    });
    expect(writes()).toHaveLength(5);
  });

  it.each([
    [
      { status: 409, body: { code: 'slug_taken', detail: 'Some', field: 'slug', value: 'shoes' } },
      'slug: another category has "shoes"',
    ],
    [
      { status: 422, body: { code: 'category_too_deep', detail: 'There it is too deep', field: 'parentId' } },
      'parent: There it is too deep',
    ],
    [
      { status: 400, body: { detail: 'Some', errors: [{ in: 'body', pointer: '/name', detail: 'is wrong' }] } },
      'name: is wrong',
    ],
    [{ status: 413, body: { message: 'Request Too Long' } }, '413: Request Too Long'],
    [{ status: 418 }, '418'],
  ])('rejects the row with what the API says: %j', async (answer, reason) => {
    await expect(upsertWith([undefined], [answer])).rejects.toMatchObject({ message: reason });
    expect(writes()).toHaveLength(1);
  });
});
