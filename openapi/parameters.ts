/** What a request carries beside its body: ids in the path, the query, and the headers that the API heeds. */
import { categoryPath } from '../src/catalog/category';
import { productPath } from '../src/catalog/product-parameters';
import { idempotencyKey } from '../src/http/idempotency';
import { etag } from '../src/http/preconditions';
import { membershipPath } from '../src/users/parameters';
import { ids } from './example-ids';
import { nameOf } from './components';
import { asSchema, toJsonSchema, type JsonSchema } from './json-schema';
import type { Operation } from './operation';
import { portable } from './patterns';

const etagPattern = portable(etag.source).replace(/^\^|\$$/g, '');
export const etagSchema = { type: 'string', pattern: `^${etagPattern}$` } as const;

/** The examples are in the schemas: Swagger UI would fill one beside them in, and the first try would be no plain one. */
const described: Readonly<Record<string, [description: string, example?: string | number]>> = {
  productId: ['The id of the product.', ids.product],
  categoryId: ['The id of the category.', ids.category],
  parentId: ['Only categories right below this one; `none` for those at the top.', ids.parent],
  descendants: ['Also products of all categories below `categoryId`.'],
  sku: ['Only the product with this SKU.', 'SHOE-1'],
  slug: ['Only the product with this slug.', 'red-shoe'],
  status: ['Only products of this status.'],
  q: [
    'Only products whose name, SKU, slug or category has these words, in any order: three letters or more anywhere, fewer at the start of a word; without regard to case and accents.',
    'shoe',
  ],
  sort: ['The order; `-` stands for the other direction. With `q`, `relevance` where it is absent.', 'price'],
  deleted: [
    'Products that have been deleted and not restored, last deleted first, as they were; after 90 days, without their pictures.',
  ],
  since: ['Only what was done from this day or time on, in UTC.', '2026-11-26T00:00:00Z'],
  until: ['Only what was done before this day or time, in UTC.', '2026-11-27'],
  by: ['Only what this user did: the `sub`.'],
  action: ['Only what was done so.'],
  record: ['Only what was done to records of this kind.'],
  sub: ['The id of the user.', ids.user],
  group: ['The group.'],
  email: ['Only users whose address begins so, in upper or lower case.', 'jo@'],
  limit: ['The most items that a page may have.', 50],
  nextToken: ['The `nextToken` of the page before.'],
};

/** A parameter of the path or the query. */
function parameter(place: 'path' | 'query', name: string, schema: JsonSchema) {
  const [said, example] = described[name] ?? [];
  if (said === undefined) throw new Error(`Nothing is said of the parameter ${name} in openapi/parameters.ts`);
  const description = place === 'query' && name === 'categoryId' ? 'Only products of this category.' : said;
  const examples = example === undefined ? {} : { examples: [example] };
  return { name, in: place, required: place === 'path', description, schema: { ...schema, ...examples } };
}

const header = (name: string, required: boolean, description: string, schema: JsonSchema) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});

const ifMatch = (required: boolean) =>
  header(
    'If-Match',
    required,
    'The ETag of the version to be changed: 412 where it is another by now. `*` accepts any.',
    // One pattern for both: generators know no parameter that is one of two schemas.
    { type: 'string', pattern: `^(?:${etagPattern}|[*])$`, examples: ['"2"'] },
  );

const ifNoneMatch = header(
  'If-None-Match',
  false,
  'ETags that the client has, separated by commas: 304 where one is still right.',
  { type: 'string', examples: ['"2"'] },
);

const key = header(
  'Idempotency-Key',
  false,
  'Makes the request safe to send again: for 24 hours it gets the first answer, and nothing is done twice. ' +
    'Another request needs another key, such as a random UUID.',
  { type: 'string', pattern: portable(idempotencyKey.source) },
);

/** The parameters of a route. */
export function parametersOf(routeKey: string, { query, ifMatch: heed, cacheable, repeatable }: Operation) {
  const inPath = {
    ...toJsonSchema(productPath, 'request', nameOf).properties,
    ...toJsonSchema(categoryPath, 'request', nameOf).properties,
    ...toJsonSchema(membershipPath, 'request', nameOf).properties,
  };
  const inQuery = query ? (toJsonSchema(query, 'request', nameOf).properties ?? {}) : {};
  return [
    ...Object.entries(inPath)
      .filter(([name]) => routeKey.includes(`{${name}}`))
      .map(([name, schema]) => parameter('path', name, asSchema(schema))),
    ...Object.entries(inQuery).map(([name, schema]) => parameter('query', name, asSchema(schema))),
    ...(heed ? [ifMatch(heed === 'required')] : []),
    ...(cacheable ? [ifNoneMatch] : []),
    ...(repeatable ? [key] : []),
  ];
}
