/** The big list of naughty strings in every field that takes text: each comes back as it was sent, in NFC, or is refused by its pointer. */
import type { Answer } from '../support/events';
import { attackedStack } from '../support/attacked-stack';
import { memberPointer, verdicts, type Field } from '../support/naughty-strings';
import { send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const { apiUrl } = attackedStack();
const token = sign(accessClaims(attackedStack(), ['admin']));
const call = (method: string, path: string, body?: object) => send(apiUrl, method, path, { token, body });

/** A field of a record: what is sent for it, and what is found of it again. */
interface RecordField extends Field {
  members: (text: string) => object;
  found: (record: Record<string, unknown>, text: string) => unknown;
}

const member = (name: string): RecordField => ({
  name,
  pointer: () => `/${name}`,
  members: (text) => ({ [name]: text }),
  found: (record) => record[name],
});

const attributesOf = (record: Record<string, unknown>) => Object.entries(record['attributes'] ?? {});

const productFields: RecordField[] = [
  ...['sku', 'name', 'slug', 'description', 'imageUrl', 'status', 'categoryId'].map(member),
  { ...member('currency'), pointer: () => '/price/currency', members: (text) => ({ price: { currency: text } }) },
  {
    name: 'the name of an attribute',
    pointer: (text) => `/attributes${memberPointer(text)}`,
    members: (text) => ({ attributes: { [text]: 'x' } }),
    found: (record, text) => attributesOf(record).find(([name, value]) => name === text && value === 'x')?.[0],
  },
  {
    name: 'the value of an attribute',
    pointer: () => '/attributes/of these tests',
    members: (text) => ({ attributes: { 'of these tests': text } }),
    found: (record) => Object.fromEntries(attributesOf(record))['of these tests'],
  },
];

/** No string of the list is an address, so here it is a part of one. */
const imageAddress: RecordField = {
  ...member('imageUrl'),
  members: (text) => ({ imageUrl: `https://example.com/?${text}` }),
  found: ({ imageUrl }) => String(imageUrl).replace('https://example.com/?', ''),
};

const categoryFields = ['name', 'slug', 'description'].map(member);

/** What is sent beside or in place of the strings; the number makes it unique. */
const product = (number: number) => ({
  sku: `naughty-${number}`,
  name: 'Naughty',
  slug: `naughty-${number}`,
  price: { amount: 1, currency: 'EUR' },
  categoryId,
});
const category = (number: number) => ({ name: 'Naughty', slug: `naughty-${number}` });

/** The body with the text in these fields; objects are filled in, not replaced. */
function withText(body: Record<string, unknown>, text: string, fields: readonly RecordField[]): object {
  const filled = { ...body };
  for (const [name, value] of fields.flatMap(({ members }) => Object.entries(members(text)))) {
    filled[name] = typeof value === 'object' ? { ...Object(filled[name]), ...value } : value;
  }
  return filled;
}

/** Reads the new record, and expects to find the text in all fields that it was accepted in. */
const expectKept = (path: string) => async (text: string, accepted: readonly RecordField[], answer: Answer) => {
  expect({ text, status: answer.status }).toEqual({ text, status: 201 });
  const { body: record } = await call('GET', `${path}/${answer.body.id}`);
  const normalized = text.normalize('NFC');
  const found = Object.fromEntries(accepted.map((field) => [field.name, field.found(record, normalized)]));
  expect(found).toEqual(Object.fromEntries(accepted.map(({ name }) => [name, normalized])));
};

it('POST /categories keeps each string or refuses it', async () => {
  let number = 0;
  const post = (text: string, fields: readonly RecordField[]) =>
    call('POST', '/categories', withText(category((number += 1)), text, fields));
  expect(await verdicts(categoryFields, post, expectKept('/categories'))).toEqual({
    name: { accepted: 463, refused: 18 },
    slug: { accepted: 22, refused: 459 },
    description: { accepted: 474, refused: 7 },
  });
});

let categoryId: string;
beforeAll(async () => {
  categoryId = (await call('POST', '/categories', { name: 'Of naughty products' })).body.id;
});

let products = 0;
const postProduct = (text: string, fields: readonly RecordField[]) =>
  call('POST', '/products', withText(product((products += 1)), text, fields));

it('POST /products keeps each string or refuses it', async () => {
  expect(await verdicts(productFields, postProduct, expectKept('/admin/products'))).toEqual({
    sku: { accepted: 62, refused: 419 },
    name: { accepted: 463, refused: 18 },
    slug: { accepted: 22, refused: 459 },
    description: { accepted: 474, refused: 7 },
    imageUrl: { accepted: 0, refused: 481 },
    status: { accepted: 0, refused: 481 },
    categoryId: { accepted: 0, refused: 481 },
    currency: { accepted: 0, refused: 481 },
    'the name of an attribute': { accepted: 454, refused: 27 },
    'the value of an attribute': { accepted: 474, refused: 7 },
  });
});

it('POST /products keeps each string within an address or refuses it', async () => {
  expect(await verdicts([imageAddress], postProduct, expectKept('/admin/products'))).toEqual({
    imageUrl: { accepted: 113, refused: 368 },
  });
});
