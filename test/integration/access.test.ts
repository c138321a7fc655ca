/** Who gets in: every route, asked by everyone who may not and by those who may. */
import { readService } from '../../deployment/service';
import { createCategory, createProduct, productFields, send, type Request } from '../support/catalog';
import { accessToken, type FakeRequest } from '../support/events';
import { expectProblem } from '../support/problems';
import { createDeleted } from '../support/restorations';
import { expectSoundTable, leavesNoTrace } from '../support/table-contents';

/** A category with products, and ways to ids of what a request may change or delete. */
interface Records {
  categoryId: string;
  emptyCategory: () => Promise<string>;
  product: () => Promise<string>;
  deletedProduct: () => Promise<string>;
}

const tag = { 'if-match': '"1"' };

/** Every route with its success, and a request that only a missing permission can keep from it. */
const routes: Readonly<
  Record<string, { status: number; admin: boolean; request: (records: Records) => Request | Promise<Request> }>
> = {
  'POST /categories': { status: 201, admin: true, request: () => ({ body: { name: 'New' } }) },
  'PUT /categories/{categoryId}': {
    status: 200,
    admin: true,
    request: async ({ emptyCategory }) => ({ id: await emptyCategory(), body: { name: 'New' }, headers: tag }),
  },
  'PATCH /categories/{categoryId}': {
    status: 200,
    admin: true,
    request: async ({ emptyCategory }) => ({ id: await emptyCategory(), body: { name: 'New' } }),
  },
  'DELETE /categories/{categoryId}': {
    status: 204,
    admin: true,
    request: async ({ emptyCategory }) => ({ id: await emptyCategory() }),
  },
  'POST /products': { status: 201, admin: true, request: ({ categoryId }) => ({ body: productFields(categoryId) }) },
  'PUT /products/{productId}': {
    status: 200,
    admin: true,
    request: async ({ categoryId, product }) => ({
      id: await product(),
      body: productFields(categoryId),
      headers: tag,
    }),
  },
  'PATCH /products/{productId}': {
    status: 200,
    admin: true,
    request: async ({ product }) => ({ id: await product(), body: { name: 'New' } }),
  },
  'DELETE /products/{productId}': {
    status: 204,
    admin: true,
    request: async ({ product }) => ({ id: await product() }),
  },
  'GET /admin/products': { status: 200, admin: true, request: () => ({}) },
  'GET /admin/products/{productId}': {
    status: 200,
    admin: true,
    request: async ({ product }) => ({ id: await product() }),
  },
  'GET /admin/products/{productId}/history': {
    status: 200,
    admin: true,
    request: async ({ product }) => ({ id: await product() }),
  },
  'POST /admin/products/{productId}/restore': {
    status: 200,
    admin: true,
    request: async ({ deletedProduct }) => ({ id: await deletedProduct() }),
  },
  'POST /admin/products/bulk': {
    status: 200,
    admin: true,
    request: ({ categoryId }) => ({ body: { rows: [productFields(categoryId)] } }),
  },
  'POST /admin/products/bulk-delete': {
    status: 200,
    admin: true,
    request: async ({ product }) => ({ body: { rows: [{ id: await product() }] } }),
  },
  'GET /admin/categories/{categoryId}/history': {
    status: 200,
    admin: true,
    request: ({ categoryId }) => ({ id: categoryId }),
  },
  'POST /admin/products/{productId}/images': {
    status: 201,
    admin: true,
    request: async ({ product }) => ({ id: await product(), body: { contentType: 'image/png', bytes: 1 } }),
  },
  'GET /admin/products/{productId}/images': {
    status: 200,
    admin: true,
    request: async ({ product }) => ({ id: await product() }),
  },
  'GET /admin/changes': { status: 200, admin: true, request: () => ({}) },
  'GET /categories': { status: 200, admin: false, request: () => ({}) },
  'GET /categories/tree': { status: 200, admin: false, request: () => ({}) },
  'GET /categories/{categoryId}': { status: 200, admin: false, request: ({ categoryId }) => ({ id: categoryId }) },
  'GET /products': { status: 200, admin: false, request: () => ({}) },
  'GET /products/{productId}': { status: 200, admin: false, request: async ({ product }) => ({ id: await product() }) },
};

const idToken = { jwt: { claims: { sub: 'sub', token_use: 'id', 'cognito:groups': '[admin user]' }, scopes: null } };

/** Callers whom no route lets in. */
const strangers: Readonly<Record<string, Partial<FakeRequest>>> = {
  'someone in no group': { groups: [] },
  'someone in other groups': { groups: ['Admin', 'administrators', 'notadmin', 'users'] },
  'an ID token of an admin': { authorizer: idToken },
  'someone without an authorizer': { authorizer: undefined },
};

/** Refused requests may share their records, and so may reads: none of them changes anything. */
let shared: Records;
/** Each of them made for the request. */
let own: Records;

beforeAll(async () => {
  const { id: categoryId } = await createCategory();
  own = {
    categoryId,
    emptyCategory: async () => (await createCategory()).id,
    product: async () => (await createProduct(categoryId)).id,
    deletedProduct: async () => (await createDeleted(categoryId)).id,
  };
  const [emptyCategory, product, deletedProduct] = [own.emptyCategory(), own.product(), own.deletedProduct()];
  await Promise.all([emptyCategory, product, deletedProduct]);
  shared = {
    categoryId,
    emptyCategory: () => emptyCategory,
    product: () => product,
    deletedProduct: () => deletedProduct,
  };
});

it('is tried on every route of the catalogue', () => {
  const { routes: declared } = readService();
  // Users have tests of their own: unit/users, and the access matrix.
  const ofCatalogue = declared.map(({ routeKey }) => routeKey).filter((routeKey) => !routeKey.includes('/admin/users'));
  expect(Object.keys(routes).sort()).toEqual(ofCatalogue.sort());
});

describe.each(Object.entries(routes))('%s', (routeKey, { admin, request }) => {
  leavesNoTrace();
  const refused = admin ? { ...strangers, 'a user': { groups: ['user'] } } : strangers;

  it.each(Object.entries(refused))('returns 403 to %s and writes nothing', async (_, caller) => {
    const answer = await send(routeKey, { ...(await request(shared)), ...caller });
    expectProblem(answer, 403, 'forbidden');
    const isIdToken = 'authorizer' in caller && caller.authorizer === idToken;
    const detail = isIdToken ? /^Send the access token/ : /^You do not have permission$/;
    expect(answer.body.detail).toMatch(detail);
  });

  it('returns 403 before anything else is looked at', async () => {
    const wrong = { id: 'x', body: '{', query: { what: 'ever' }, headers: { 'if-match': 'x' }, groups: [] };
    expectProblem(await send(routeKey, wrong), 403, 'forbidden');
  });
});

describe.each(Object.entries(routes))('%s', (routeKey, { status, admin, request }) => {
  it.each([['admin'], ['user', 'admin'], ...(admin ? [] : [['user']])].map((groups) => [groups]))(
    `returns ${status} to someone in %j`,
    async (groups) => {
      const records = routeKey.startsWith('GET ') ? shared : own;
      const answer = await send(routeKey, { ...(await request(records)), authorizer: accessToken(groups) });
      expect(answer.status).toBe(status);
    },
  );
});

afterAll(expectSoundTable);
