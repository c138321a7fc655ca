/** What a request carries beside its body: ids in the path, the query, and the headers that the API heeds. */
import { categoryPath } from '../src/catalog/category';
import { productPath } from '../src/catalog/product-parameters';
import { idempotencyKey } from '../src/http/idempotency';
import { etag } from '../src/http/preconditions';
import { ids } from './examples';
import { asSchema, portable, toJsonSchema, type JsonSchema } from './json-schema';
import type { Operation } from './operation';

export const etagSchema = { type: 'string', pattern: portable(etag.source) } as const;

const described: Readonly<Record<string, { description: string; example: string | number }>> = {
  productId: { description: 'The id of the product.', example: ids.product },
  categoryId: { description: 'The id of the category.', example: ids.category },
  sku: { description: 'Only the product with this SKU.', example: 'SHOE-1' },
  slug: { description: 'Only the product with this slug.', example: 'red-shoe' },
  status: { description: 'Only products of this status.', example: 'draft' },
  limit: { description: 'The most items that a page may have.', example: 50 },
};

/** A parameter of the path or the query. */
function parameter(place: 'path' | 'query', name: string, schema: JsonSchema, tokenExample?: string) {
  const { description, example } = described[name] ?? {
    description: 'The `nextToken` of the page before.',
    example: tokenExample,
  };
  const filter = place === 'query' && name === 'categoryId' ? 'Only products of this category.' : description;
  return { name, in: place, required: place === 'path', description: filter, schema, example };
}

const header = (name: string, required: boolean, description: string, schema: JsonSchema, example: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
  example,
});

const ifMatch = (required: boolean) =>
  header(
    'If-Match',
    required,
    'The ETag of the version to be changed: 412 where it is another by now. `*` accepts any.',
    { anyOf: [etagSchema, { type: 'string', const: '*' }] },
    '"2"',
  );

const ifNoneMatch = header(
  'If-None-Match',
  false,
  'ETags that the client has, separated by commas: 304 where one is still right.',
  { type: 'string' },
  '"2"',
);

const key = header(
  'Idempotency-Key',
  false,
  'Makes the request safe to send again: for 24 hours it gets the first answer, and nothing is done twice.',
  { type: 'string', pattern: portable(idempotencyKey.source) },
  'order-4711',
);

/** The parameters of a route. */
export function parametersOf(
  routeKey: string,
  { query, ifMatch: heed, cacheable, repeatable }: Operation,
  token?: string,
) {
  const inPath = {
    ...toJsonSchema(productPath, 'input').properties,
    ...toJsonSchema(categoryPath, 'input').properties,
  };
  const inQuery = query ? (toJsonSchema(query, 'input').properties ?? {}) : {};
  return [
    ...Object.entries(inPath)
      .filter(([name]) => routeKey.includes(`{${name}}`))
      .map(([name, schema]) => parameter('path', name, asSchema(schema))),
    ...Object.entries(inQuery).map(([name, schema]) => parameter('query', name, asSchema(schema), token)),
    ...(heed ? [ifMatch(heed === 'required')] : []),
    ...(cacheable ? [ifNoneMatch] : []),
    ...(repeatable ? [key] : []),
  ];
}
