/** Each role in resources/roles.yml, and that of the function that publishes events, allows exactly what its function does to the table, seen over all its ways. */
import { randomUUID } from 'node:crypto';
import { handler as createCategory } from '../../functions/create-category';
import { handler as createProduct } from '../../functions/create-product';
import { handler as deleteCategory } from '../../functions/delete-category';
import { handler as deleteProduct } from '../../functions/delete-product';
import { handler as getAnyProduct } from '../../functions/get-any-product';
import { handler as getCategory } from '../../functions/get-category';
import { handler as getCategoryTree } from '../../functions/get-category-tree';
import { handler as getProduct } from '../../functions/get-product';
import { handler as listAllProducts } from '../../functions/list-all-products';
import { handler as listCategories } from '../../functions/list-categories';
import { handler as listChanges } from '../../functions/list-changes';
import { handler as listCategoryHistory } from '../../functions/list-category-history';
import { handler as listProductHistory } from '../../functions/list-product-history';
import { handler as listProducts } from '../../functions/list-products';
import { handler as searchProducts } from '../../functions/search-products';
import { handler as publishEvents } from '../../functions/publish-events';
import { handler as restoreProduct } from '../../functions/restore-product';
import { handler as updateCategory } from '../../functions/update-category';
import { handler as updateProduct } from '../../functions/update-product';
import { batchOf, readStream } from '../support/event-stream';
import { call, fakeContext } from '../support/events';
import { actionsOf, allowedIn } from '../support/performed-actions';

// The search function that the lists ask is one of its own, whose requests are not theirs.
jest.isolateModules(() => jest.requireActual('../support/search-function'));

const allowedBy = (role: string) => allowedIn('roles.yml', role).filter((action) => action.startsWith('dynamodb:'));

const unknownId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const price = { amount: 100, currency: 'EUR' };

async function newCategory(name: string, headers = {}, parentId?: string): Promise<string> {
  return (await call(createCategory, { routeKey: 'POST /categories', body: { name, parentId }, headers })).body.id;
}

async function newProduct(sku: string, categoryId: string, headers = {}): Promise<string> {
  const body = { sku, name: sku, price, categoryId };
  return (await call(createProduct, { routeKey: 'POST /products', body, headers })).body.id;
}

describe('CreateCategoryRole, CreateProductRole', () => {
  /** Creates once, and gets the same answer once more. */
  async function twice(create: (key: Record<string, string>) => Promise<string>): Promise<void> {
    const key = { 'idempotency-key': randomUUID() };
    const id = await create(key);
    expect(await create(key)).toBe(id);
  }

  it('allow what creating does, also when the request is repeated', async () => {
    const parentId = await newCategory('Top');
    const category = async () => {
      await twice((key) => newCategory('One', key, parentId));
      await newCategory('Below none', {}, unknownId);
    };
    expect(await actionsOf(category)).toEqual(allowedBy('CreateCategoryRole'));
    const categoryId = await newCategory('Two');
    const product = () => twice((key) => newProduct('A', categoryId, key));
    expect(await actionsOf(product)).toEqual(allowedBy('CreateProductRole'));
  });
});

describe('UpdateCategoryRole, UpdateProductRole', () => {
  it('allow what updating does, with renames and moves', async () => {
    const [from, to] = [await newCategory('From'), await newCategory('To')];
    const path = { categoryId: from };
    const patch = (body: object) => call(updateCategory, { routeKey: 'PATCH /categories/{categoryId}', path, body });
    const category = async () => {
      await patch({ slug: 'renamed', parentId: to });
      await patch({ parentId: from });
    };
    expect(await actionsOf(category)).toEqual(allowedBy('UpdateCategoryRole'));

    const productId = await newProduct('B', from);
    const body = { sku: 'C', slug: 'c', categoryId: to };
    const move = { routeKey: 'PATCH /products/{productId}', path: { productId }, body };
    expect(await actionsOf(() => call(updateProduct, move))).toEqual(allowedBy('UpdateProductRole'));
  });
});

describe('DeleteCategoryRole, DeleteProductRole, RestoreProductRole', () => {
  it('allow what deleting and restoring does', async () => {
    const categoryId = await newCategory('Deleted', {}, await newCategory('Above'));
    const path = { productId: await newProduct('D', categoryId) };
    const product = () => call(deleteProduct, { routeKey: 'DELETE /products/{productId}', path });
    expect(await actionsOf(product)).toEqual(allowedBy('DeleteProductRole'));
    const restore = () => call(restoreProduct, { routeKey: 'POST /admin/products/{productId}/restore', path });
    const restored = await actionsOf(restore);
    await product();
    const category = () => call(deleteCategory, { routeKey: 'DELETE /categories/{categoryId}', path: { categoryId } });
    expect(await actionsOf(category)).toEqual(allowedBy('DeleteCategoryRole'));
    // Where there is no count, it looks for the category.
    const all = new Set([...restored, ...(await actionsOf(restore))]);
    expect([...all].sort()).toEqual(allowedBy('RestoreProductRole'));
  });
});

it('PublishEventsRole allows what telling of changes does, also where others have come since', async () => {
  const { bus } = await jest.requireActual<ReadEvents>('../../resources/events')({
    resolveVariable: (address) => Promise.resolve(address === 'self:custom.parameters' ? eventParameters : address),
  });
  const [policy] = bus.Resources.PublishEventsRole.Properties.Policies;
  const actions = policy?.PolicyDocument.Statement.flatMap(({ Action }) => Action) ?? [];
  const ofTheTable = actions.filter((action) => /^dynamodb:(?!.*(?:Stream|Shard|Records))/.test(action));
  const path = { categoryId: await newCategory('Told of') };
  await call(updateCategory, { routeKey: 'PATCH /categories/{categoryId}', path, body: { name: 'Told of again' } });
  const stream = await readStream();
  expect(await actionsOf(() => publishEvents(batchOf(stream), fakeContext(30_000)))).toEqual(ofTheTable.sort());
});

const eventParameters = { events: 'on', webhookUrl: '', webhookKey: '', alarmTopic: '' };
type ReadEvents = (variables: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<{
  bus: {
    Resources: {
      PublishEventsRole: {
        Properties: { Policies: { PolicyDocument: { Statement: { Action: string[] }[] } }[] };
      };
    };
  };
}>;

describe('the roles of the reads', () => {
  const [productId, categoryId] = [unknownId, unknownId];

  it.each([
    ['GetProductRole', () => call(getProduct, { routeKey: 'GET /products/{productId}', path: { productId } })],
    [
      'GetAnyProductRole',
      () => call(getAnyProduct, { routeKey: 'GET /admin/products/{productId}', path: { productId } }),
    ],
    [
      'ListProductHistoryRole',
      () => call(listProductHistory, { routeKey: 'GET /admin/products/{productId}/history', path: { productId } }),
    ],
    [
      'ListCategoryHistoryRole',
      () => call(listCategoryHistory, { routeKey: 'GET /admin/categories/{categoryId}/history', path: { categoryId } }),
    ],
    ['SearchProductsRole', () => searchProducts({ q: 'a', sort: 'relevance', limit: 1 })],
    ['ListChangesRole', () => call(listChanges, { routeKey: 'GET /admin/changes' })],
  ])('%s allows what reading does', async (role, read) => {
    expect(await actionsOf(read)).toEqual(allowedBy(role));
  });

  it('GetCategoryRole allows what reading does, also below another', async () => {
    const below = await newCategory('Below', {}, await newCategory('Over it'));
    const read = () => call(getCategory, { routeKey: 'GET /categories/{categoryId}', path: { categoryId: below } });
    expect(await actionsOf(read)).toEqual(allowedBy('GetCategoryRole'));
  });

  it('GetCategoryTreeRole allows what reading the tree does', async () => {
    const read = () => call(getCategoryTree, { routeKey: 'GET /categories/tree' });
    expect(await actionsOf(read)).toEqual(allowedBy('GetCategoryTreeRole'));
  });

  it('ListCategoriesRole allows what listing does, all of them and one level', async () => {
    const list = (query: Record<string, string>) => call(listCategories, { routeKey: 'GET /categories', query });
    expect(await actionsOf(() => Promise.all([list({}), list({ parentId: 'none' })]))).toEqual(
      allowedBy('ListCategoriesRole'),
    );
  });

  it.each([
    ['ListProductsRole', listProducts, 'GET /products'],
    ['ListAllProductsRole', listAllProducts, 'GET /admin/products'],
  ])('%s allows what listing does, with each filter', async (role, list, routeKey) => {
    const full = await newCategory(routeKey);
    await newProduct(routeKey.replace(/\W/g, '-'), full);
    const subtree = { categoryId: full, descendants: 'true' };
    const listings: Record<string, string>[] = [{}, { categoryId }, subtree, { sku: 'A' }, { slug: 'a' }, { q: 'get' }];
    const ofOneStatus = listings.map((query) => ({ ...query, status: 'active' }));
    const all = () =>
      Promise.all([...listings, ...ofOneStatus, { deleted: 'true' }].map((query) => call(list, { routeKey, query })));
    expect(await actionsOf(all)).toEqual(allowedBy(role));
  });
});
