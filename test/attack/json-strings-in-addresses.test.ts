/** The big list of naughty strings in queries and paths: each is answered or refused by its pointer, and nothing is deleted. */
import { attackedStack } from '../support/attacked-stack';
import { inFlight } from '../support/in-flight';
import { memberPointer, naughtyStrings, verdicts, type Field } from '../support/naughty-strings';
import { sendRaw } from '../support/raw-request';
import { send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const { apiUrl } = attackedStack();
const token = sign(accessClaims(attackedStack(), ['admin']));
const get = (path: string, query: [string, string][]) =>
  send(apiUrl, 'GET', `${path}?${new URLSearchParams(query).toString()}`, { token });

const parameter = (name: string): Field => ({ name, pointer: () => `/${name}` });
const none = { accepted: 0, refused: 481 };
const one = { accepted: 1, refused: 480 };

it.each([
  [
    '/admin/products',
    {
      sku: { accepted: 62, refused: 419 },
      slug: { accepted: 22, refused: 459 },
      categoryId: none,
      status: none,
      limit: one,
      nextToken: none,
    },
  ],
  ['/products', { q: { accepted: 457, refused: 24 }, sort: none }],
  ['/admin/changes', { by: { accepted: 187, refused: 294 }, since: none, until: none, action: none, record: none }],
  ['/categories', { limit: one, nextToken: { accepted: 22, refused: 459 } }],
])('GET %s answers each string in its query or refuses it', async (path, expected) => {
  const request = (text: string, fields: readonly Field[]) =>
    get(
      path,
      fields.map(({ name }) => [name, text]),
    );
  const answered = await verdicts(Object.keys(expected).map(parameter), request, (text, accepted, answer) => {
    expect({ text, status: answer.status }).toEqual({ text, status: 200 });
    const filters = accepted.filter(({ name }) => name === 'sku' || name === 'slug').map(({ name }) => [name, text]);
    for (const item of answer.body.items) expect(item).toMatchObject(Object.fromEntries(filters));
  });
  expect(answered).toEqual(expected);
});

it('GET /products refuses each string as the name of a query parameter', async () => {
  const request = (text: string) => get('/products', [[text, 'x']]);
  const refused = await verdicts([{ name: 'any', pointer: memberPointer }], request, (text, _, { status }) => {
    expect({ text, status }).toEqual({ text, status: 400 });
  });
  expect(refused).toEqual({ any: none });
});

/** With these the address is that of the list (RFC 3986, 5.2.4), with a slash at its end. */
const isNoId = (text: string) => text === '' || text === '.';

it.each([
  ['GET', '/admin/products', '/productId'],
  ['DELETE', '/categories', '/categoryId'],
])('%s %s/… refuses each string as an id', async (method, path, pointer) => {
  const before = await get('/categories', []);
  const outcomes = await inFlight(naughtyStrings, 12, async (text) => {
    const line = `${method} ${path}/${encodeURIComponent(text)}`;
    const { status, body } = await sendRaw(apiUrl, line, [`Authorization: Bearer ${token}`]);
    const { errors = [] }: { errors?: { in: string; pointer: string }[] } = JSON.parse(body);
    return [text, [status, ...errors.map((error) => `${error.in} ${error.pointer}`)].join(' ')] as const;
  });
  const refusal = (text: string): unknown =>
    isNoId(text) ? expect.stringMatching(/^(?:200|404)$/) : `400 path ${pointer}`;
  expect(outcomes).toEqual(naughtyStrings.map((text) => [text, refusal(text)]));
  expect((await get('/categories', [])).body).toEqual(before.body);
});
