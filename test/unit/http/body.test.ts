import { bodyTooLarge, invalidJson, unsupportedEncoding, unsupportedMediaType } from '../../../src/errors';
import { parseBody, refuseBody } from '../../../src/http/body';
import { fakeEvent } from '../../support/events';

const kilobytes64 = 64 * 1024;
const json = 'application/json';
const mergePatch = 'application/merge-patch+json';

const event = (body: string, contentType: string, method = 'POST') =>
  fakeEvent({ routeKey: `${method} /products`, body, headers: { 'content-type': contentType } });

const base64 = (bytes: Uint8Array | string, routeKey = 'POST /products') => ({
  ...fakeEvent({ routeKey, body: Buffer.from(bytes).toString('base64') }),
  isBase64Encoded: true,
});

describe('the media type', () => {
  it.each([
    ['POST', json],
    ['PUT', json],
    ['PATCH', json],
    ['PATCH', mergePatch],
    ['POST', 'Application/JSON'],
    ['POST', 'application/json; charset=utf-8'],
    ['POST', 'application/json;charset=UTF-8'],
    ['POST', 'application/json ; Charset="utf-8"'],
    ['POST', 'application/json; charset=utf8'],
    ['POST', 'application/json; profile=x'],
    ['PATCH', 'application/merge-patch+json; charset=utf-8'],
  ])('of a %s may be %s', (method, contentType) => {
    expect(parseBody(event('{"a":1}', contentType, method))).toEqual({ a: 1 });
  });

  it.each([
    ['POST', ''],
    ['POST', 'text/plain'],
    ['POST', 'text/json'],
    ['POST', 'application/x-www-form-urlencoded'],
    ['POST', 'application/jsonp'],
    ['POST', 'application/problem+json'],
    ['POST', 'xapplication/json'],
    ['POST', 'json'],
    ['POST', 'application/json, application/json'],
    ['POST', 'text/plain; application/json'],
    ['POST', 'application/json; charset=iso-8859-1'],
    ['POST', 'application/json; charset=utf-16'],
    ['POST', 'application/json; charset='],
    ['POST', 'application/json; charset=utf-8; charset=latin1'],
    ['POST', mergePatch],
    ['PUT', mergePatch],
  ])('of a %s may not be "%s"', (method, contentType) => {
    expect(() => parseBody(event('{"a":1}', contentType, method))).toThrow(unsupportedMediaType([json]));
  });

  it('may not be missing', () => {
    expect(() => parseBody({ ...event('{"a":1}', json), headers: {} })).toThrow(unsupportedMediaType([json]));
  });

  it('of a PATCH is refused naming both that are accepted', () => {
    expect(() => parseBody(event('{}', 'text/plain', 'PATCH'))).toThrow(unsupportedMediaType([mergePatch, json]));
  });
});

describe('the encoding', () => {
  const encoded = (encoding: string) =>
    fakeEvent({
      routeKey: 'POST /products',
      body: '{"a":1}',
      headers: { 'content-type': json, 'content-encoding': encoding },
    });

  it.each(['identity', ' Identity '])('may be %s', (encoding) => {
    expect(parseBody(encoded(encoding))).toEqual({ a: 1 });
  });

  it.each([
    'gzip',
    'br',
    'deflate',
    'zstd',
    'aws-chunked',
    'identity, gzip',
    'gzip, identity',
    'identity,identity',
    '',
  ])('may not be "%s"', (encoding) => {
    expect(() => parseBody(encoded(encoding))).toThrow(unsupportedEncoding());
  });
});

describe('the body', () => {
  it.each<[string, unknown]>([
    ['{"name":"Ä 😀"}', { name: 'Ä 😀' }],
    ['[1]', [1]],
    ['null', null],
    [' "text"\n', 'text'],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('%s is parsed, plain and in base64', (body, value) => {
    expect(parseBody(event(body, json))).toEqual(value);
    expect(parseBody(base64(body))).toEqual(value);
  });

  it('keeps a __proto__ member as a member', () => {
    const value = parseBody(event('{"__proto__":{"admin":true}}', json));
    expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true}}');
    expect(value).not.toHaveProperty('admin');
  });

  it.each(['{', '{"a":1', '{"a":1,}', "{'a':1}", '{a:1}', 'undefined', 'NaN', '{}{}', ' ', '\0', '[1,2', '"\n"', '01'])(
    '%j is refused as not JSON',
    (body) => {
      expect(() => parseBody(event(body, json))).toThrow(invalidJson('The body is not JSON'));
    },
  );

  it('is refused when empty or missing', () => {
    const empty = invalidJson('The body is empty');
    const withoutBody = fakeEvent({ routeKey: 'POST /products', headers: { 'content-type': json } });
    expect(() => parseBody(event('', json))).toThrow(empty);
    expect(() => parseBody(base64(''))).toThrow(empty);
    expect(() => parseBody(withoutBody)).toThrow(empty);
    expect(() => parseBody({ ...withoutBody, body: JSON.parse('null') })).toThrow(empty);
  });

  it.each<[string, number[]]>([
    ['a stray continuation byte', [0x22, 0x80, 0x22]],
    ['a cut sequence', [0x22, 0xc3, 0x22]],
    ['an overlong sequence', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0, 0x7d, 0]],
    ['Latin 1', [...Buffer.from('"ä"', 'latin1')]],
  ])('is refused as not UTF-8 for %s', (_, bytes) => {
    expect(() => parseBody(base64(Uint8Array.from(bytes)))).toThrow(invalidJson('The body is not UTF-8'));
  });

  it('is parsed 10,000 levels deep', () => {
    const body = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(Array.isArray(parseBody(event(body, json)))).toBe(true);
  });
});

describe('the size of a body', () => {
  const ascii = (bytes: number) => `"${'a'.repeat(bytes - 2)}"`;
  const wide = (bytes: number) => `"${'ä'.repeat((bytes - 2) / 2)}"`;

  it.each([
    ['plain', event(ascii(kilobytes64), json)],
    ['plain, of two-byte letters', event(wide(kilobytes64), json)],
    ['in base64, counted decoded', base64(ascii(kilobytes64))],
  ])('may be exactly 64 KiB, %s', (_, request) => {
    expect(Buffer.byteLength(JSON.stringify(parseBody(request)))).toBe(kilobytes64);
  });

  it.each([
    ['plain', event(ascii(kilobytes64 + 1), json)],
    ['plain, of two-byte letters', event(wide(kilobytes64 + 2), json)],
    ['in base64', base64(ascii(kilobytes64 + 1))],
    ['and broken', event('{'.repeat(kilobytes64 + 1), json)],
  ])('may not be one letter more, %s', (_, request) => {
    expect(() => parseBody(request)).toThrow(bodyTooLarge(kilobytes64));
  });
});

describe('a body where none is taken', () => {
  const restore = 'POST /products/{productId}/restore';
  const sent = (method: string, body: string) => fakeEvent({ routeKey: restore.replace('POST', method), body });

  it.each(['POST', 'PUT'])('of a %s is refused', (method) => {
    const bodies = ['{"version":1}', 'null', '[]', 'x'];
    for (const event of bodies.flatMap((body) => [sent(method, body), base64(body, restore)])) {
      expect(() => refuseBody(event)).toThrow(
        expect.objectContaining({
          code: 'invalid_request',
          facts: { errors: [{ in: 'body', pointer: '', detail: 'has no meaning here: leave it out' }] },
        }),
      );
    }
  });

  it('is passed over where it says nothing, and with a GET or DELETE', () => {
    for (const event of [
      ...['', '{}', ' { }\n'].flatMap((body) => [sent('POST', body), base64(body, restore)]),
      sent('GET', '{"version":1}'),
      sent('DELETE', '{'),
    ]) {
      expect(() => refuseBody(event)).not.toThrow();
    }
  });
});
