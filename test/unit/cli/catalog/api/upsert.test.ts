/** What happens between reading a product and writing it, when others write too and answers get lost. */
import { ask, type Send } from '../../../../../cli/catalog/api/answer';
import { newClient } from '../../../../../cli/catalog/api/client';
import { upsert } from '../../../../../cli/catalog/api/upsert';
import { startScriptedApi, type ScriptedAnswer, type ScriptedApi } from '../../../../support/scripted-api';

const names = ['sku', 'name', 'slug', 'description'];
const fields = { sku: 'A', name: 'Red shoe', slug: 'red-shoe' };
const stored = { id: 'id-1', version: 3, ...fields };

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** Finds these one by one, while writes get these answers. */
async function upsertWith(found: (object | undefined)[], answers: ScriptedAnswer[], goal: object = {}) {
  scripted = await startScriptedApi((_, number) => answers[number - 1] ?? { status: 500 });
  const send: Send = newClient((request) => ask(scripted.api, request));
  const finds = [...found];
  const find = () => Promise.resolve(finds.shift() as typeof stored | undefined);
  return upsert(send, { path: '/products', names, fields, find, dryRun: false, ...goal });
}

const writes = () => scripted.requests.map(({ method, path }) => `${method} ${path}`);
const problem = (status: number, code: string) => ({ status, body: { code, detail: `The detail of ${code}` } });
const lost = { status: 0, hangUp: true };

describe('upsert', () => {
  it('creates what is not there, with a key of its own', async () => {
    expect(await upsertWith([undefined], [{ status: 201 }])).toEqual({ action: 'created', fields: [] });
    const [request] = scripted.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/products' });
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

  it('replaces what is different, and says in which fields', async () => {
    const current = { ...stored, name: 'Blue shoe', description: 'Old' };
    expect(await upsertWith([current], [{ status: 200 }])).toEqual({
      action: 'changed',
      fields: ['name', 'description'],
    });
    expect(writes()).toEqual(['PUT /products/id-1']);
    expect(scripted.requests[0]?.headers['if-match']).toBe('"3"');
    expect(JSON.parse(scripted.requests[0]?.body ?? '')).toEqual(fields);
  });

  it.each([
    ['equal', stored, fields],
    ['equal but for a slug that the row leaves out', stored, { sku: 'A', name: 'Red shoe' }],
  ])('writes nothing where the record is %s', async (_, current, wanted) => {
    expect(await upsertWith([current], [], { fields: wanted })).toEqual({ action: 'unchanged', fields: [] });
    expect(writes()).toEqual([]);
  });

  it('keeps the slug when the row leaves it out and changes something else', async () => {
    await upsertWith([stored], [{ status: 200 }], { fields: { sku: 'A', name: 'Another name' } });
    expect(JSON.parse(scripted.requests[0]?.body ?? '')).toMatchObject({ name: 'Another name', slug: 'red-shoe' });
  });

  it('tells an empty text from an absent one', async () => {
    const change = await upsertWith([{ ...stored, description: '' }], [{ status: 200 }]);
    expect(change).toEqual({ action: 'changed', fields: ['description'] });
  });

  it('writes nothing in a dry run', async () => {
    expect(await upsertWith([undefined], [], { dryRun: true })).toMatchObject({ action: 'created' });
    await scripted.stop();
    const current = { ...stored, name: 'Blue shoe' };
    expect(await upsertWith([current], [], { dryRun: true })).toEqual({ action: 'changed', fields: ['name'] });
    expect(writes()).toEqual([]);
  });

  it.each([
    ['changed', problem(412, 'stale_version'), { ...stored, version: 4, name: 'Green shoe' }, 'PUT /products/id-1'],
    ['deleted', problem(404, 'not_found'), undefined, 'POST /products'],
  ])('looks again when someone else has %s it meanwhile', async (_, answer, then, write) => {
    const current = { ...stored, name: 'Blue shoe' };
    await upsertWith([current, then], [answer, { status: 201 }]);
    expect(writes()).toEqual(['PUT /products/id-1', write]);
  });

  it('looks again when someone else has created it meanwhile', async () => {
    const theirs = { ...stored, name: 'Theirs' };
    const change = await upsertWith([undefined, theirs], [problem(409, 'sku_taken'), { status: 200 }]);
    expect(change).toEqual({ action: 'changed', fields: ['name'] });
    expect(writes()).toEqual(['POST /products', 'PUT /products/id-1']);
  });

  it.each([
    ['created', [undefined, stored], problem(409, 'sku_taken')],
    [
      'changed',
      [
        { ...stored, name: 'Blue shoe' },
        { ...stored, version: 4 },
      ],
      problem(412, 'stale_version'),
    ],
  ])('counts as %s what was written by a request without an answer', async (action, found, answer) => {
    expect(await upsertWith(found, [lost, answer])).toMatchObject({ action });
    expect(scripted.requests).toHaveLength(2);
  });

  it('rejects the row when others are faster every time', async () => {
    const current = { ...stored, name: 'Blue shoe' };
    const stale = problem(412, 'stale_version');
    await expect(upsertWith(Array(9).fill(current), Array(9).fill(stale))).rejects.toMatchObject({
      message: '412: The detail of stale_version',
    });
    expect(writes()).toHaveLength(5);
  });

  it.each([
    [problem(409, 'slug_taken'), '409: The detail of slug_taken'],
    [problem(422, 'category_not_found'), '422: The detail of category_not_found'],
    [
      { status: 400, body: { detail: 'Some', errors: [{ in: 'body', pointer: '/price/amount', detail: 'is wrong' }] } },
      '400: price/amount: is wrong',
    ],
    [{ status: 413, body: { message: 'Request Too Long' } }, '413: Request Too Long'],
    [{ status: 418 }, '418'],
  ])('rejects the row with what the API says: %j', async (answer, reason) => {
    await expect(upsertWith([undefined], [answer])).rejects.toMatchObject({ message: reason });
    expect(writes()).toHaveLength(1);
  });
});
