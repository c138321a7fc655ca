/** Random operations of several callers, and the requests they come to in the catalogue as it stands. */
import fc from 'fast-check';
import type { NewCategory } from '../../../src/catalog/category';
import { places, plain, randomWrite, type Kind, type RandomWrite } from '../random-products';
import type { CatalogueRequest } from './catalogue';
import type { World } from './world';

export const callers = ['ada', 'bob', 'cy'];
const categoryPlaces = 6;
const unknownId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const kind = (...kinds: Kind[]) => fc.constantFrom(...kinds);
const categoryName = fc.constantFrom('Shoe', 'Boot', '靴');
const categorySlug = fc.integer({ min: 1, max: 6 }).map((number) => `shelf-${number}`);
/** Which of the categories that there are, and now and then none of them. */
const parent = fc.nat({ max: 12 });
type Contents = Record<Exclude<keyof NewCategory, 'parentId'>, unknown>;
const description = fc.constantFrom('', 'Line\nbreak');

const common = {
  caller: fc.constantFrom(...callers),
  /** What `If-Match` says: nothing, anything, the version that the caller saw last, or the one there is. */
  condition: fc.constantFrom('absent', 'any', 'seen', 'current'),
  key: fc.option(fc.nat({ max: 15 }), { nil: undefined }),
};
const onProduct = fc.record({ on: fc.constant('product' as const), ...common, write: randomWrite }, plain);
const onCategory = fc.record(
  {
    on: fc.constant('category' as const),
    ...common,
    write: fc.record({
      place: fc.nat({ max: categoryPlaces - 1 }),
      ifLive: kind('PATCH', 'PATCH', 'PUT', 'DELETE'),
      ifDeleted: kind('create', 'create', 'create', 'PATCH', 'DELETE'),
      parent: fc.option(parent),
      moves: fc.boolean(),
      whole: fc.record({ name: categoryName, slug: categorySlug, description } satisfies Contents, {
        requiredKeys: ['name'],
        ...plain,
      }),
      part: fc.record(
        { name: categoryName, slug: fc.option(categorySlug), description: fc.option(description) } satisfies Contents,
        { requiredKeys: [], ...plain },
      ),
    }),
  },
  plain,
);
const reading = fc.record({
  on: fc.constant('nothing' as const),
  caller: common.caller,
  route: fc.constantFrom(
    'GET /products/{productId}',
    'GET /admin/products/{productId}',
    'GET /admin/products/{productId}/history',
    'GET /categories/{categoryId}',
    'GET /admin/categories/{categoryId}/history',
  ),
  place: fc.nat({ max: places - 1 }),
});
/** A creation that had a key and succeeded, sent once more. */
const repeating = fc.record({ on: fc.constant('key' as const), nth: fc.nat({ max: 20 }) });

export const operation = fc.oneof(
  { weight: 6, arbitrary: onProduct },
  { weight: 3, arbitrary: onCategory },
  { weight: 2, arbitrary: reading },
  { weight: 1, arbitrary: repeating },
);
type Of<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never;
export type Operation = Of<typeof operation>;

/** The request that an operation comes to, and the place that its record is in; undefined where there is nothing to repeat. */
export function requestFor(
  operation: Operation,
  world: World,
): { request: CatalogueRequest; place?: number } | undefined {
  if (operation.on === 'key') {
    const kept = [...world.catalogue.kept.values()];
    const again = kept[operation.nth % Math.max(1, kept.length)];
    return again && { request: again.request };
  }
  if (operation.on === 'nothing') {
    const { caller, route, place } = operation;
    const id = route.includes('{productId}') ? world.products[place] : world.categories[place % categoryPlaces];
    return { request: { caller, route, id: id ?? unknownId } };
  }
  const { place } = operation.write;
  return {
    request: operation.on === 'product' ? productWrite(operation, world) : categoryWrite(operation, world),
    place,
  };
}

function productWrite(operation: Of<typeof onProduct>, world: World): CatalogueRequest {
  const { write } = operation;
  const id = world.products[write.place];
  const categoryId = categoryOf(write, world);
  const live = id !== undefined && world.catalogue.products.has(id);
  const done = id === undefined ? 'create' : live ? write.ifLive : write.ifDeleted;
  const whole = { ...inWordsOf(world, write.whole), categoryId };
  const part = { ...inWordsOf(world, write.part), ...(write.moves ? { categoryId } : {}) };
  return requestOf('/products', 'productId', done, { whole, part }, operation, world, id);
}

/** Mostly one that there is, now and then one that is deleted or never was. */
function categoryOf({ category }: RandomWrite, { catalogue, categories }: World): string {
  const live = [...catalogue.categories.keys()];
  const often = category < 8 ? live[category % Math.max(1, live.length)] : categories[category % categoryPlaces];
  return often ?? unknownId;
}

function categoryWrite(operation: Of<typeof onCategory>, world: World): CatalogueRequest {
  const { write } = operation;
  const id = world.categories[write.place];
  const live = id !== undefined && world.catalogue.categories.has(id);
  const done = id === undefined ? 'create' : live ? write.ifLive : write.ifDeleted;
  const parentId = write.parent === null ? null : (world.categories[write.parent] ?? unknownId);
  const bodies = {
    whole: { ...inWordsOf(world, write.whole), ...(parentId === null ? {} : { parentId }) },
    part: { ...inWordsOf(world, write.part), ...(write.moves ? { parentId } : {}) },
  };
  return requestOf('/categories', 'categoryId', done, bodies, operation, world, id);
}

/** With every unique value beginning with the word of this run: other runs have their own. */
function inWordsOf<Body extends { name?: string; sku?: string; slug?: string | null }>(
  { word }: World,
  body: Body,
): Body {
  const { name, sku, slug } = body;
  return {
    ...body,
    ...(name === undefined ? {} : { name: `${word} ${name}` }),
    ...(sku === undefined ? {} : { sku: `${word}-${sku}` }),
    ...(typeof slug === 'string' ? { slug: `${word}-${slug}` } : {}),
  };
}

function requestOf(
  collection: string,
  parameter: string,
  done: Kind,
  { whole, part }: { whole: object; part: object },
  { caller, condition, key }: { caller: string; condition: string; key?: number | undefined },
  world: World,
  id = unknownId,
): CatalogueRequest {
  const item = `${collection}/{${parameter}}`;
  const ifMatch = world.etagFor(condition, caller, id);
  switch (done) {
    case 'create':
      return {
        route: `POST ${collection}`,
        caller,
        body: whole,
        ...(key === undefined ? {} : { key: `${world.word}-${key}` }),
      };
    case 'PUT':
      return { route: `PUT ${item}`, caller, id, body: whole, ifMatch };
    case 'PATCH':
      return { route: `PATCH ${item}`, caller, id, body: part, ifMatch };
    case 'DELETE':
      return { route: `DELETE ${item}`, caller, id, ifMatch };
    case 'restore':
      return { route: `POST /admin${item}/restore`, caller, id };
  }
}
