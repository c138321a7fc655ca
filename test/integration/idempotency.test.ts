/** What the same key gets: the first answer for the same request, a refusal for another, nothing of another caller's. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createCategory, handlerOf, productFields, send } from '../support/catalog';
import { creations, newKey, post } from '../support/creations';
import { fakeContext, fakeEvent, type Answer } from '../support/events';
import { expectProblem } from '../support/problems';
import { eachInItsOwnTable, leavingNoTrace } from '../support/table-contents';

/** The answer as the request gets it when it comes again. */
const repeated = ({ status, headers, body }: Answer) => ({
  status,
  headers: { ...headers, 'idempotency-replayed': 'true' },
  body,
});

eachInItsOwnTable();

describe.each(creations)('$route', ({ route, newBody, item }) => {
  it('answers the same request as the first time, says so, and writes nothing', async () => {
    const [key, body] = [newKey(), await newBody()];
    const first = await post(route, key, body);
    const { id } = first.body;
    expect({ status: first.status, headers: first.headers }).toEqual({
      status: 201,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        etag: '"1"',
        location: item.replace(/\{\w+\}/, id),
      },
    });
    for (let time = 0; time < 3; time += 1) {
      expect(await leavingNoTrace(() => post(route, key, body))).toEqual(repeated(first));
    }
  });

  it('answers the same text, to the byte', async () => {
    const [key, body] = [newKey(), { ...(await newBody()), description: 'Ä\n"\\\u2028👟' }];
    const event = fakeEvent({ routeKey: route, body, headers: { 'idempotency-key': key } });
    const first = await handlerOf(route)(event, fakeContext());
    const second = await handlerOf(route)(event, fakeContext());
    expect(first.body).toContain(first.headers?.['location']?.toString().split('/').at(-1));
    expect(second.body).toBe(first.body);
  });

  it('takes the same fields in another order and spacing for the same request', async () => {
    const [key, body] = [newKey(), { ...(await newBody()), description: 'x' }];
    const first = await post(route, key, body);
    const respelt = JSON.stringify(Object.fromEntries(Object.entries(body).reverse()), undefined, 2);
    expect(await leavingNoTrace(() => post(route, key, respelt))).toEqual(repeated(first));
  });

  it.each([
    ['changed', 'PATCH', { body: { name: 'Changed', slug: `changed-${randomUUID()}` } }],
    ['deleted', 'DELETE', {}],
  ])('answers as the first time after the record was %s', async (_, method, change) => {
    const [key, body] = [newKey(), await newBody()];
    const first = await post(route, key, body);
    const { id } = first.body;
    expect([200, 204]).toContain((await send(`${method} ${item}`, { id, ...change })).status);
    expect(await leavingNoTrace(() => post(route, key, body))).toEqual(repeated(first));
  });

  it('returns 422 for another body under the key, and then still the first answer for the first', async () => {
    const [key, body] = [newKey(), await newBody()];
    const first = await post(route, key, body);
    for (const other of [await newBody(), { ...body, description: 'More' }, { ...body, name: `${body.name}.` }]) {
      expectProblem(await leavingNoTrace(() => post(route, key, other)), 422, 'idempotency_key_reused');
    }
    expect(await leavingNoTrace(() => post(route, key, body))).toEqual(repeated(first));
  });

  it('makes a record of their own for another caller with the key', async () => {
    const key = newKey();
    const mine = await post(route, key, await newBody(), { sub: 'sub-1' });
    const body = await newBody();
    const theirs = await post(route, key, body, { sub: 'sub-2' });
    expect(theirs).toMatchObject({ status: 201, body: { createdBy: 'sub-2' } });
    expect(theirs.headers).not.toHaveProperty('idempotency-replayed');
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect(await leavingNoTrace(() => post(route, key, body, { sub: 'sub-2' }))).toEqual(repeated(theirs));
  });

  it.each([
    ['of one character', '-'],
    ['of 255 characters', 'k'.repeat(255)],
    ['with what joins parts of keys in the table', '#a##b#'],
    ['that looks like another item', 'PRODUCT#01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ])('takes a key %s', async (_, key) => {
    const [body, caller] = [await newBody(), { sub: `sub-${newKey()}` }];
    const first = await post(route, key, body, caller);
    expect(first.status).toBe(201);
    expect(await leavingNoTrace(() => post(route, key, body, caller))).toEqual(repeated(first));
  });

  it('tells keys apart by case', async () => {
    const key = newKey();
    const first = await post(route, `${key}-a`, await newBody());
    const second = await post(route, `${key}-A`, await newBody());
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers).not.toHaveProperty('idempotency-replayed');
  });
});

it.each([
  ['POST /products', 'POST /categories'],
  ['POST /categories', 'POST /products'],
])('returns 422 when the key of a %s comes with a %s', async (route, other) => {
  const bodies = {
    'POST /categories': { name: `Category ${randomUUID()}` },
    'POST /products': productFields((await createCategory()).id),
  };
  const bodyOf = (routeKey: string) => Object.entries(bodies).find(([name]) => name === routeKey)?.[1] ?? {};
  const key = newKey();
  expect((await post(route, key, bodyOf(route))).status).toBe(201);
  expectProblem(await leavingNoTrace(() => post(other, key, bodyOf(other))), 422, 'idempotency_key_reused');
});

it('POST /products answers the body that grows most as the first time', async () => {
  // In NFC, this one character of four bytes is three of them (UAX 15, composition exclusions).
  const [note, notes] = ['\u{1D160}', '\u{1D158}\u{1D165}\u{1D16E}'];
  const named = (value: string) => Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`${index}`, value]));
  const fields = productFields((await createCategory()).id);
  const [key, body] = [newKey(), { ...fields, attributes: named(note.repeat(110)) }];
  expect(Buffer.byteLength(JSON.stringify(body).normalize('NFC'))).toBeGreaterThan(62 * 1024);
  const first = await post('POST /products', key, body);
  const again = await post('POST /products', key, body);
  expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([201, 201, 'true']);
  // Jest would take minutes to say how texts of this length differ.
  expect(isDeepStrictEqual(first.body.attributes, named(notes.repeat(110)))).toBe(true);
  expect(isDeepStrictEqual(again.body, first.body)).toBe(true);
});
