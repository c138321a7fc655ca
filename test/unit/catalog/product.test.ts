/** The body of POST and PUT; what PATCH and the lists add is in product-changes and product-query. */
import * as z from 'zod/mini';
import { newProduct } from '../../../src/catalog/product';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const minimal = { sku: 'A-1', name: 'Shoe', price: { amount: 1999, currency: 'EUR' }, categoryId: id };
const parse = (json: string): unknown => JSON.parse(json);
const price = (amount: unknown, currency: unknown = 'EUR') => ({ price: { amount, currency } });
const manyAttributes = (count: number) => ({
  attributes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`name ${index}`, 'value'])),
});

/** Where the schema finds fault, as paths. */
const faults = (value: unknown) => {
  const { issues = [] } = z.safeParse(newProduct, value).error ?? {};
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return [...new Set(paths.map((path) => path.join('.')))];
};

describe('newProduct', () => {
  it('gives what is left out its default', () => {
    expect(z.parse(newProduct, minimal)).toEqual({ ...minimal, stockCount: 0, status: 'active' });
  });

  it.each([
    { sku: 'a' },
    { sku: 'aZ09._-'.repeat(9) + 'x' },
    { name: 'x'.repeat(200) },
    { name: '😀'.repeat(200) },
    { slug: 'red-shoe' },
    { description: '' },
    { description: 'One line.\n\tAnother.' },
    { description: 'x'.repeat(5_000) },
    price(0),
    price(1e12),
    price(1999, 'JPY'),
    price(1999, 'XCG'),
    { stockCount: 0 },
    { stockCount: 1e9 },
    { status: 'draft' },
    { status: 'active' },
    { status: 'archived' },
    { imageUrl: 'https://example.com/a%20b.png?x=1#y' },
    { imageUrl: 'https://ada:pass@images.example.com:8443/a//b;c=d/?q=%5B1%5D' },
    { imageUrl: 'https://[::1]/a' },
    { imageUrl: "https://my_host.example?a=b&c=/d?e#-._~!$&'()*+,;=:@/?" },
    { imageUrl: `https://example.com/${'x'.repeat(2_028)}` },
    { attributes: {} },
    { attributes: { colour: 'red', 'Größe in cm': '' } },
    { attributes: { ['x'.repeat(100)]: 'x'.repeat(1_000) } },
    manyAttributes(50),
  ])('accepts %j', (fields) => {
    expect(z.parse(newProduct, { ...minimal, ...fields })).toMatchObject(fields);
  });

  it.each(['sku', 'name', 'price', 'categoryId'])('needs %s', (field) => {
    expect(faults({ ...minimal, [field]: undefined })).toEqual([field]);
  });

  it.each<[string, object]>([
    ['sku', { sku: '' }],
    ['sku', { sku: 'x'.repeat(65) }],
    ['sku', { sku: 'A 1' }],
    ['sku', { sku: 'A/1' }],
    ['sku', { sku: 'A#1' }],
    ['sku', { sku: 'Ä1' }],
    ['sku', { sku: 'A1\n' }],
    ['sku', { sku: 1 }],
    ['name', { name: '' }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: 'a\nb' }],
    ['name', { name: 'a\0' }],
    ['name', { name: '\uD800' }],
    ['name', { name: ['Shoe'] }],
    ['name', { name: null }],
    ['slug', { slug: 'Red Shoe' }],
    ['slug', { slug: null }],
    ['description', { description: 'x'.repeat(5_001) }],
    ['description', { description: 'a\0' }],
    ['description', { description: null }],
    ['price', { price: 1999 }],
    ['price', { price: null }],
    ['price', { price: [] }],
    ['price.amount', { price: { currency: 'EUR' } }],
    ['price.currency', { price: { amount: 1 } }],
    ['price.tax', { price: { amount: 1, currency: 'EUR', tax: 1 } }],
    ['price.amount', price(-1)],
    ['price.amount', price(0.5)],
    ['price.amount', price(19.99)],
    ['price.amount', price(1e12 + 1)],
    ['price.amount', price(2 ** 53)],
    ['price.amount', price(parse('1e999'))],
    ['price.amount', price(parse('-1e999'))],
    ['price.amount', price('1999')],
    ['price.amount', price(null)],
    ['price.amount', price(true)],
    ['price.currency', price(1, 'eur')],
    ['price.currency', price(1, 'XXX')],
    ['price.currency', price(1, 'XAU')],
    ['price.currency', price(1, 'DEM')],
    ['price.currency', price(1, 'HRK')],
    ['price.currency', price(1, 'BTC')],
    ['price.currency', price(1, '€')],
    ['price.currency', price(1, '')],
    ['price.currency', price(1, 978)],
    ['price.currency', price(1, 'toString')],
    ['stockCount', { stockCount: -1 }],
    ['stockCount', { stockCount: 1e9 + 1 }],
    ['stockCount', { stockCount: 1.5 }],
    ['stockCount', { stockCount: parse('1e999') }],
    ['stockCount', { stockCount: '1' }],
    ['stockCount', { stockCount: null }],
    ['categoryId', { categoryId: 'x' }],
    ['categoryId', { categoryId: id.toLowerCase() }],
    ['status', { status: 'deleted' }],
    ['status', { status: 'Active' }],
    ['status', { status: null }],
    ['imageUrl', { imageUrl: '' }],
    ['imageUrl', { imageUrl: 'http://example.com/a.png' }],
    ['imageUrl', { imageUrl: '//example.com/a.png' }],
    ['imageUrl', { imageUrl: '/a.png' }],
    ['imageUrl', { imageUrl: 'https://' }],
    ['imageUrl', { imageUrl: 'https://a b' }],
    ['imageUrl', { imageUrl: 'https://example.com:x/' }],
    ['imageUrl', { imageUrl: 'https://example.com:65536/' }],
    ['imageUrl', { imageUrl: 'https://256.256.256.256/' }],
    ['imageUrl', { imageUrl: 'https://[::1::]/' }],
    ['imageUrl', { imageUrl: 'https:///example.com/a.png' }],
    ['imageUrl', { imageUrl: 'https:\\\\example.com\\a.png' }],
    ['imageUrl', { imageUrl: 'https://grün.example/a.png' }],
    ['imageUrl', { imageUrl: 'https://%67.example/a.png' }],
    ...['ü', ' ', '"', '<', '>', '[', ']', '\\', '^', '`', '{', '|', '}', '%', '%2x', '%zz', '#a#b', '#ü', '?ü'].map(
      (part): [string, object] => ['imageUrl', { imageUrl: `https://example.com/a${part}b` }],
    ),
    ['imageUrl', { imageUrl: 'javascript:alert(1)//https://example.com' }],
    ['imageUrl', { imageUrl: 'data:image/png;base64,AA==' }],
    ['imageUrl', { imageUrl: ' https://example.com' }],
    ['imageUrl', { imageUrl: `https://example.com/${'x'.repeat(2_029)}` }],
    ['attributes', manyAttributes(51)],
    ['attributes', { attributes: ['red'] }],
    ['attributes', { attributes: null }],
    ['attributes.colour', { attributes: { colour: 1 } }],
    ['attributes.colour', { attributes: { colour: null } }],
    ['attributes.colour', { attributes: { colour: { name: 'red' } } }],
    ['attributes.colour', { attributes: { colour: 'x'.repeat(1_001) } }],
    ['attributes.colour', { attributes: { colour: 'a\nb' } }],
    ['attributes.', { attributes: { '': 'red' } }],
    [`attributes.${'x'.repeat(101)}`, { attributes: { ['x'.repeat(101)]: 'red' } }],
    ['attributes.__proto__', { attributes: parse('{"__proto__":"red"}') }],
  ])('refuses %s in %j', (path, fields) => {
    expect(faults({ ...minimal, ...fields })).toEqual([path]);
  });

  it.each([
    ['id', id],
    ['version', 1],
    ['createdAt', '2026-01-01T00:00:00.000Z'],
    ['createdBy', 'me'],
    ['updatedAt', '2026-01-01T00:00:00.000Z'],
    ['updatedBy', 'me'],
    ['pk', 'PRODUCT#1'],
    ['gsi1pk', 'PRODUCT#active'],
    ['SKU', 'A-1'],
    ['colour', 'red'],
    ['constructor', {}],
  ])('refuses the field %s, which is not the caller’s to set', (field, value) => {
    expect(faults({ ...minimal, [field]: value })).toEqual([field]);
  });

  it('refuses a __proto__ member', () => {
    const json = JSON.stringify(minimal).replace('{', '{"__proto__":{"status":"draft"},');
    expect(faults(parse(json))).toEqual(['__proto__']);
  });

  it.each([[[]], [[minimal]], [null], ['{}'], [1], [true]])('refuses %j, which is no object', (value) => {
    expect(faults(value)).toEqual(['']);
  });
});
