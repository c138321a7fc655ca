import { newProduct } from '../../../src/catalog/product';
import { ApplicationError } from '../../../src/errors';
import { parseBody } from '../../../src/http/body';
import { repeatableRequest } from '../../../src/http/idempotency';
import { validate } from '../../../src/http/validation';
import { fakeEvent } from '../../support/events';

const requestWith = (headers: Record<string, string>) =>
  repeatableRequest(fakeEvent({ routeKey: 'POST /products', headers }), 'sub-1', {});

/** Every visible ASCII character there is. */
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');

describe('the Idempotency-Key', () => {
  it.each(['1', '#', visible, 'k'.repeat(255), 'a,b', '../etc/passwd', '__proto__', '"quoted"'])('may be %s', (key) => {
    expect(requestWith({ 'idempotency-key': key })).toMatchObject({ caller: 'sub-1', key });
  });

  it('may be missing', () => {
    expect(requestWith({})).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['256 characters', 'k'.repeat(256)],
    ['a space', ' '],
    ['a space inside', 'a b'],
    ['a space at its end', 'a '],
    ['a tab', 'a\tb'],
    ['a line break at its end', 'a\n'],
    ['a null', 'a\0'],
    ['a delete', 'a\x7f'],
    ['an umlaut', 'schlüssel'],
    ['a digit of another script', '１'],
    ['a lone surrogate', '\ud800'],
  ])('is refused with a pointer to it: %s', (_, key) => {
    let refusal: unknown;
    try {
      requestWith({ 'idempotency-key': key });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ApplicationError);
    expect(refusal).toMatchObject({
      code: 'invalid_request',
      facts: { errors: [{ in: 'header', pointer: '/idempotency-key' }] },
    });
  });
});

const categoryId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const product = {
  sku: 'A-1',
  name: 'Café',
  price: { amount: 1999, currency: 'EUR' },
  categoryId,
  attributes: { colour: 'red', size: '42' },
};

/** Of the request as `endpoint` makes it. */
function fingerprintOf(body: unknown, routeKey = 'POST /products', key = 'key-1'): string | undefined {
  const event = fakeEvent({ routeKey, body, headers: { 'idempotency-key': key } });
  return repeatableRequest(event, 'sub-1', validate(newProduct, parseBody(event), 'body'))?.fingerprint;
}

describe('the fingerprint', () => {
  it.each<[string, unknown]>([
    ['other spacing', JSON.stringify(product, undefined, 4)],
    ['another order of fields', Object.fromEntries(Object.entries(product).reverse())],
    ['another order inside a field', { ...product, price: { currency: 'EUR', amount: 1999 } }],
    ['another order of attributes', { ...product, attributes: { size: '42', colour: 'red' } }],
    ['the defaults spelt out', { ...product, stockCount: 0, status: 'active' }],
    ['escapes in place of characters', JSON.stringify(product).replace('é', '\\u00e9')],
    ['the same text in another normal form', { ...product, name: product.name.normalize('NFD') }],
    ['a number in another notation', JSON.stringify(product).replace('1999', '1.999e3')],
  ])('is the same with %s', (_, body) => {
    expect(fingerprintOf(body)).toBe(fingerprintOf(product));
  });

  it.each<[string, object]>([
    ['another value', { name: 'Cafe' }],
    ['another value inside a field', { price: { amount: 1999, currency: 'USD' } }],
    ['another value of an attribute', { attributes: { colour: 'blue', size: '42' } }],
    ['attributes that have changed places', { attributes: { colour: '42', size: 'red' } }],
    ['one attribute less', { attributes: { colour: 'red' } }],
    ['no attributes', { attributes: {} }],
    ['a field more', { stockCount: 1 }],
    ['a slug as it would be derived', { slug: 'cafe' }],
  ])('is another with %s', (_, change) => {
    expect(fingerprintOf({ ...product, ...change })).not.toBe(fingerprintOf(product));
  });

  it('is another on another route', () => {
    expect(fingerprintOf(product, 'POST /categories')).not.toBe(fingerprintOf(product));
  });

  it('does not depend on the key', () => {
    expect(fingerprintOf(product, 'POST /products', 'key-2')).toBe(fingerprintOf(product));
  });
});
