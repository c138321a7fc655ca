/** Bodies that no schema gets to see, or whose outermost shape is wrong, sent to every route that takes one. */
import { createCategory, createProduct, handlerOf, productFields, send, type Request } from '../support/catalog';
import { fakeContext, fakeEvent, readAnswer } from '../support/events';
import { expectInvalid, expectProblem } from '../support/problems';
import { leavesNoTrace } from '../support/table-contents';

const ids = { category: '', product: '' };

const writes = ['POST', 'PUT', 'PATCH'].flatMap((method) => [
  { routeKey: `${method} /categories${method === 'POST' ? '' : '/{categoryId}'}`, of: 'category' as const },
  { routeKey: `${method} /products${method === 'POST' ? '' : '/{productId}'}`, of: 'product' as const },
]);

beforeAll(async () => {
  ids.category = (await createCategory()).id;
  ids.product = (await createProduct(ids.category)).id;
});

const base64 = (body: string | Buffer) => ({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
const json = '{"name":"Shoes"}';
const limit = 64 * 1024;
const withType = (type: string) => ({ body: json, headers: { 'content-type': type } });

const notJson: [string, Request][] = [
  ['an empty body', { body: '' }],
  ['white space', { body: ' \n' }],
  ['half an object', { body: '{"name":' }],
  ['a single quote', { body: "{'name': 'Shoes'}" }],
  ['a trailing comma', { body: '{"name":"Shoes",}' }],
  ['two documents', { body: `${json}${json}` }],
  ['a raw NUL', { body: '{"name":"a\0b"}' }],
  ['a raw line break in a string', { body: '{"name":"a\nb"}' }],
  ['NaN', { body: '{"name":NaN}' }],
  ['a form', { body: 'name=Shoes' }],
  ['JSON that claims to be base64', { body: json, isBase64Encoded: true }],
  ['base64 of no JSON', base64('name=Shoes')],
  ['base64 cut short', { body: base64('{"name":"Shoes"}').body.slice(0, -6), isBase64Encoded: true }],
  ['base64 with foreign characters', { body: `!${base64(json).body}!`, isBase64Encoded: true }],
  ['base64 of nothing', base64('')],
  ['an invalid UTF-8 byte', base64(Buffer.from('{"name":"\xff"}', 'latin1'))],
  ['a cut UTF-8 sequence', base64(Buffer.from('{"name":"\xe2\x82"}', 'latin1'))],
  ['an overlong UTF-8 sequence', base64(Buffer.from('{"name":"\xc0\xaf"}', 'latin1'))],
  ['a surrogate in UTF-8', base64(Buffer.from('{"name":"\xed\xa0\x80"}', 'latin1'))],
  ['UTF-16', base64(Buffer.from(json, 'utf16le'))],
];

const notAnObject: [string, Request][] = [
  ['null', { body: 'null' }],
  ['an empty array', { body: '[]' }],
  ['an array with an object', { body: `[${json}]` }],
  ['a string', { body: '"Shoes"' }],
  ['a number', { body: '7' }],
  ['true', { body: 'true' }],
  ['arrays 10,000 deep', { body: '['.repeat(10_000) + ']'.repeat(10_000) }],
];

const otherType: [string, Request][] = [
  ['text/plain', withType('text/plain')],
  ['an empty type', withType('')],
  ['a form', withType('application/x-www-form-urlencoded')],
  ['JSON in another charset', withType('application/json; charset=iso-8859-1')],
  ['a type that only begins like JSON', withType('application/jsonp')],
  ['two types', withType('application/json, text/plain')],
];

const tooLarge: [string, Request][] = [
  ['one byte over 64 KiB', { body: json.padEnd(limit + 1) }],
  ['over 64 KiB by its bytes alone', { body: JSON.stringify({ name: '€'.repeat(limit / 3) }) }],
  ['over 64 KiB in base64', base64(json.padEnd(limit + 1))],
];

describe.each(writes)('$routeKey', ({ routeKey, of }) => {
  const anyVersion: Record<string, string> = routeKey.startsWith('PUT') ? { 'if-match': '*' } : {};
  const write = (request: Request) => {
    const headers = { ...anyVersion, ...request.headers };
    return send(routeKey, { ...request, id: ids[of], headers });
  };

  describe('that is wrong', () => {
    leavesNoTrace();

    it.each(notJson)('returns 400 invalid_json for %s', async (_, request) => {
      expectProblem(await write(request), 400, 'invalid_json');
    });

    it.each(notAnObject)('returns 400 invalid_request for %s', async (_, request) => {
      expectInvalid(await write(request), 'body', '');
    });

    it.each(otherType)('returns 415 for %s', async (_, request) => {
      expectProblem(await write(request), 415, 'unsupported_media_type');
    });

    it('returns 415 without a content type', async () => {
      const parameter = of === 'category' ? 'categoryId' : 'productId';
      const event = fakeEvent({ routeKey, path: { [parameter]: ids[of] }, body: json, headers: anyVersion });
      delete event.headers['content-type'];
      const answer = readAnswer(await handlerOf(routeKey)(event, fakeContext()));
      expectProblem(answer, 415, 'unsupported_media_type');
    });

    it.each(tooLarge)('returns 413 for a body %s', async (_, request) => {
      expectProblem(await write(request), 413, 'body_too_large');
    });

    if (!routeKey.startsWith('PATCH')) {
      it('returns 415 for a merge patch', async () => {
        const answer = await write(withType('application/merge-patch+json'));
        expectProblem(answer, 415, 'unsupported_media_type');
      });
    }
  });

  it.each([
    ['in base64', (body: string) => base64(body)],
    ['in base64 with characters beyond ASCII', (body: string) => base64(body.replace('"name":"', '"name":"日本 '))],
    ['of exactly 64 KiB', (body: string) => ({ body: body.padEnd(limit) })],
    [
      'with another spelling of the type',
      (body: string) => ({ ...withType('Application/JSON ; Charset="UTF-8"'), body }),
    ],
  ])('accepts a body %s', async (_, encode) => {
    const fields = of === 'category' ? { name: 'Accepted' } : productFields(ids.category);
    const answer = await write(encode(JSON.stringify(fields)));
    expect([200, 201]).toContain(answer.status);
  });
});
