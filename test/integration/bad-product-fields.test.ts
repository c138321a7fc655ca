/** One wrong field at a time in the body of a product. */
import { describeBadMembers, unknownMembers, type BadMember } from '../support/bad-members';
import { badText, deepArray, deepObject } from '../support/bad-text';
import { createCategory, createProduct, productFields, send } from '../support/catalog';
import { leavingNoTrace } from '../support/table-contents';

const ids = { category: '', product: '' };

beforeAll(async () => {
  ids.category = (await createCategory()).id;
  ids.product = (await createProduct(ids.category)).id;
});

const each = (field: string, values: unknown[]): BadMember[] =>
  values.map((value) => [`the ${field} ${JSON.stringify(value).slice(0, 40)}`, `/${field}`, { [field]: value }]);
const amounts = (texts: string[]): BadMember[] =>
  texts.map((text) => [`the amount ${text}`, '/price/amount', `{"price":{"amount":${text},"currency":"EUR"}}`]);
const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 'v']));

const everywhere: BadMember[] = [
  ...unknownMembers,
  ['a deep object in an unknown field', '/deep', `{"deep":${deepObject}}`],
  ...badText.flatMap(([description, text]): BadMember[] => [
    [`${description} in the name`, '/name', { name: text }],
    [`${description} in the SKU`, '/sku', { sku: text }],
    [`${description} in the description`, '/description', { description: text }],
    [`${description} in the image's address`, '/imageUrl', { imageUrl: `https://example.com/${text}` }],
    [`${description} in an attribute`, '/attributes/size', { attributes: { size: text } }],
    [`${description} in the name of an attribute`, `/attributes/${text}`, { attributes: { [text]: 'a' } }],
  ]),
  ...each('name', [null, 5, '', '  ', 'a\tb', 'n'.repeat(201)]),
  ...each('sku', [null, 5, '', 'a b', 'é', 'a/b', 'a\n', 'A#1', 's'.repeat(65)]),
  ...each('slug', [5, '', 'Red', 'a--b', '-a', 'a-', 's'.repeat(201)]),
  ...each('description', [5, ['a'], 'd'.repeat(5_001)]),
  ...each('price', [null, 5, '19.99 EUR', [1999, 'EUR']]),
  ...amounts([
    '-1',
    '0.5',
    '19.99',
    '1e-7',
    '1000000000001',
    '1e21',
    '1e999',
    '-1e999',
    '"1999"',
    'null',
    '[]',
    'true',
  ]),
  ...['XXX', 'eur', 'EURO', '', 'XAU', 'DEM', null, 978].map((currency): BadMember => [
    `the currency ${JSON.stringify(currency)}`,
    '/price/currency',
    { price: { amount: 1, currency } },
  ]),
  ['an unknown field of the price', '/price/tax', { price: { amount: 1, currency: 'EUR', tax: 1 } }],
  ['__proto__ in the price', '/price/__proto__', '{"price":{"amount":1,"currency":"EUR","__proto__":{"amount":0}}}'],
  ['a deep array for an amount', '/price/amount', `{"price":{"currency":"EUR","amount":${deepArray}}}`],
  ...each('stockCount', [-1, 0.5, 1e9 + 1, '5', [5]]),
  ['an infinite stock', '/stockCount', '{"stockCount":1e999}'],
  ...each('categoryId', [null, 5, '', 'shoes', '01arz3ndektsv4rrffq69g5fav', '81ARZ3NDEKTSV4RRFFQ69G5FAV']),
  ...each('status', ['deleted', 'Active', '', 5]),
  ...each('imageUrl', [
    5,
    '',
    'http://example.com/a.png',
    'https://',
    'https://a b.com',
    'https://example.com/ü',
    'https://example.com/100%',
    '//a.com',
    'javascript:alert(1)',
  ]),
  ...each('imageUrl', [`https://example.com/${'a'.repeat(2_048)}`, ' https://example.com', 'data:text/html,a']),
  ...each('attributes', [5, 'a', ['a'], pairs(51)]),
  ['a number for an attribute', '/attributes/size', { attributes: { size: 42 } }],
  ['an object for an attribute', '/attributes/size', { attributes: { size: { eu: '42' } } }],
  ['an attribute of 1,001 characters', '/attributes/size', { attributes: { size: 'v'.repeat(1_001) } }],
  ['an attribute without a name', '/attributes/', { attributes: { '': 'a' } }],
  ['an attribute name of 101 characters', `/attributes/${'n'.repeat(100)}`, { attributes: { ['n'.repeat(101)]: 'a' } }],
  ['__proto__ in the attributes', '/attributes/__proto__', '{"attributes":{"__proto__":"a"}}'],
  ['a deep object for an attribute', '/attributes/size', `{"attributes":{"size":${deepObject}}}`],
  ['a deep array for attributes', '/attributes', `{"attributes":${deepArray}}`],
];

const exceptInPatch: BadMember[] = [
  ...['slug', 'description', 'stockCount', 'status', 'imageUrl', 'attributes'].flatMap((field) => each(field, [null])),
  ['a null attribute', '/attributes/size', { attributes: { size: null } }],
  ['a price without an amount', '/price/amount', { price: { currency: 'EUR' } }],
  ['a price without a currency', '/price/currency', { price: { amount: 1 } }],
];

describeBadMembers(
  {
    collection: '/products',
    parameter: 'productId',
    id: () => ids.product,
    valid: () => productFields(ids.category),
  },
  everywhere,
  exceptInPatch,
);

it.each(['POST /products', 'PUT /products/{productId}'])(
  '%s returns 400 that names every missing field',
  async (route) => {
    const headers: Record<string, string> = route.startsWith('PUT') ? { 'if-match': '"1"' } : {};
    const request = { id: ids.product, body: {}, headers };
    const answer = await leavingNoTrace(() => send(route, request));
    const pointers = ['/sku', '/name', '/price', '/categoryId'].map((pointer) => ({ in: 'body', pointer }));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: pointers } });
  },
);
