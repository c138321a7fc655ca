/** With `reads=public`: the plain reads are open to anyone and show active products only; nothing else is open. */
import '../support/public-reads';
import { policy } from '../../src/access/policy';
import { createCategory, createProduct, productFields, readCategory, send } from '../support/catalog';
import { accessToken } from '../support/events';
import { expectInvalid, expectProblem } from '../support/problems';
import { productsIn, type Product } from '../support/representations';
import { expectSoundTable, leavesNoTrace } from '../support/table-contents';

/** Callers whom the reads of members refuse. */
const strangers: [string, unknown][] = [
  ['someone without an authorizer', undefined],
  ['someone whose authorizer is null', null],
  ['someone in no group', accessToken([])],
  ['someone in another group', accessToken(['editor'])],
  ['someone with an ID token', { jwt: { claims: { sub: 'sub', token_use: 'id', 'cognito:groups': '[admin]' } } }],
];
const anyone: [string, unknown][] = [
  ...strangers,
  ['a user', accessToken(['user'])],
  ['an admin', accessToken(['admin'])],
];

const shop = { shoes: '', hats: '', active: new Array<Product>(), hidden: new Array<Product>() };

beforeAll(async () => {
  shop.shoes = (await createCategory({ slug: 'shoes' })).id;
  shop.hats = (await createCategory({ slug: 'hats' })).id;
  shop.active = [await createProduct(shop.hats), await createProduct(shop.shoes)].reverse();
  for (const status of ['draft', 'archived']) shop.hidden.push(await createProduct(shop.shoes, { status }));
});

describe.each(anyone)('to %s', (_, authorizer) => {
  const list = async (query: Record<string, string> = {}) =>
    productsIn(await send('GET /products', { query, authorizer }));

  it('lets anyone keep the answers of the plain reads for as long as the deployment says, and no refusal', async () => {
    const [id = '', hidden = ''] = [shop.active[0]?.id, shop.hidden[0]?.id];
    const cachingOf = async (routeKey: string, request: object = {}) => {
      const { headers } = await send(routeKey, { ...request, authorizer });
      return [headers['cache-control'], headers['vary']];
    };
    // A page of another origin could not read what was kept for the first (CORS).
    const kept = ['public, max-age=60', 'origin'];
    const notKept = ['no-store', undefined];
    expect(await cachingOf('GET /products')).toEqual(kept);
    expect(await cachingOf('GET /categories')).toEqual(kept);
    expect(await cachingOf('GET /categories/{categoryId}', { id: shop.shoes })).toEqual(kept);
    expect(await cachingOf('GET /categories/tree')).toEqual(kept);
    expect(await cachingOf('GET /products/{productId}', { id })).toEqual(kept);
    expect(await cachingOf('GET /products/{productId}', { id, headers: { 'if-none-match': '*' } })).toEqual(kept);
    expect(await cachingOf('GET /products/{productId}', { id: hidden })).toEqual(notKept);
    expect(await cachingOf('GET /admin/products')).toEqual(notKept);
    expect(await cachingOf('POST /products', { body: {} })).toEqual(notKept);
  });

  it('GET /products returns 200 with the active products alone', async () => {
    const answer = await send('GET /products', { authorizer });
    expect(answer).toMatchObject({ status: 200, body: { items: shop.active } });
    expect((await list({ limit: '1' })).items).toEqual(shop.active.slice(0, 1));
  });

  it('GET /products finds active products alone by category, sku and slug', async () => {
    const shoes = shop.active.filter(({ categoryId }) => categoryId === shop.shoes);
    expect(await list({ categoryId: shop.shoes })).toEqual({ items: shoes });
    for (const product of shop.active) {
      expect(await list({ sku: product.sku })).toEqual({ items: [product] });
      expect(await list({ slug: product.slug })).toEqual({ items: [product] });
    }
    for (const { sku, slug, categoryId } of shop.hidden) {
      const queries: Record<string, string>[] = [{ sku }, { slug }, { sku, slug, categoryId }];
      for (const query of queries) expect(await list(query)).toEqual({ items: [] });
    }
  });

  it('GET /products returns 400 for a status, which only GET /admin/products takes', async () => {
    for (const status of ['draft', 'archived', 'active']) {
      expectInvalid(await send('GET /products', { query: { status }, authorizer }), 'query', '/status');
    }
  });

  it('GET /products/{productId} returns 200 for active products, and 404 for drafts and archived ones', async () => {
    const get = (id: string, headers = {}) => send('GET /products/{productId}', { id, headers, authorizer });
    for (const product of shop.active) expect(await get(product.id)).toMatchObject({ status: 200, body: product });
    for (const { id } of shop.hidden) {
      expectProblem(await get(id), 404, 'not_found');
      expectProblem(await get(id, { 'if-none-match': '"1"' }), 404, 'not_found');
    }
  });

  it('GET /categories and GET /categories/{categoryId} return 200', async () => {
    const [shoes, hats] = [await readCategory(shop.shoes), await readCategory(shop.hats)];
    const all = await send('GET /categories', { authorizer });
    expect(all).toMatchObject({ status: 200, body: { items: [hats, shoes] } });
    const one = await send('GET /categories/{categoryId}', { id: shop.hats, authorizer });
    expect(one).toMatchObject({ status: 200, body: hats });
  });
});

const reads = [
  ...['GET /categories', 'GET /categories/tree', 'GET /categories/{categoryId}'],
  ...['GET /products', 'GET /products/{productId}'],
];
// Users have tests of their own: unit/users, and the access matrix, which is tried with public reads as well.
const closed = Object.keys(policy).filter(
  (routeKey) => !reads.includes(routeKey) && !routeKey.includes('/admin/users'),
);

describe.each(closed)('%s', (routeKey) => {
  leavesNoTrace();

  /** A request that only a missing permission can keep from its success. */
  const request = () => ({
    id: routeKey.includes('{productId}') ? String(shop.active[0]?.id) : shop.hats,
    headers: { 'if-match': '"1"' },
    body: routeKey.includes('/products') ? productFields(shop.hats) : { name: 'New' },
  });

  it.each([...strangers, ['a user', accessToken(['user'])] as const])(
    'returns 403 to %s and writes nothing',
    async (_, authorizer) => {
      const answer = await send(routeKey, { ...request(), authorizer });
      expectProblem(answer, 403, 'forbidden');
    },
  );

  it('lets an admin in', async () => {
    const wrong = { query: { unknown: '1' }, authorizer: accessToken(['admin']) };
    expectInvalid(await send(routeKey, { ...request(), ...wrong }), 'query', '/unknown');
  });
});

afterAll(expectSoundTable);
