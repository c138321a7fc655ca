/** docs/openapi.json for a fuzzer: with links from answers to requests, and closed, so that a field nobody told of is found. */
import { categoryRoutes } from '../../openapi/category-routes';
import { productRoutes } from '../../openapi/product-routes';
import { linksOf } from './links';
import { closeObjects, document } from './openapi';

/** So that what is to be accepted has a host that can exist. */
const renameFormat = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"format":"uri"', '"format":"https-url"'));

/** Links are no part of the published description: importers choke on them. */
export function fuzzedDocument(): object {
  const copy = renameFormat(closeObjects(document)) as typeof document;
  for (const [routeKey, operation] of Object.entries({ ...categoryRoutes, ...productRoutes })) {
    const [method = '', path = ''] = routeKey.split(' ');
    const copied = copy.paths[path][method.toLowerCase()];
    copied.responses[operation.status].links = linksOf(operation);
    for (const { name, schema } of copied.parameters) {
      // In a header without a format the fuzzer tries letters and digits, whatever the pattern asks for.
      if (name === 'If-Match') schema.format = 'if-match';
    }
  }
  return copy;
}
