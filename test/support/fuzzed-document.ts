/** docs/openapi.json for a fuzzer: with links from answers to requests, and closed, so that a field nobody told of is found. */
import { categoryRoutes } from '../../openapi/category-routes';
import { productRoutes } from '../../openapi/product-routes';
import { linksOf } from './links';
import { closeObjects, document } from './openapi';

/** So that what is to be accepted has a host that can exist. */
const renameFormat = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"format":"uri"', '"format":"https-url"'));

/** Good by their patterns, and refused for what a pattern cannot say: the fuzzer comes upon some of these once in many runs. */
const unsaid = {
  q: ['\u00B4', 'a b c d e f g h i j k'],
  // A sign that nobody sees, more marks than any language has, and what is twice as long in NFC.
  name: ['\u{E0041}', `a${'\u0301'.repeat(31)}`, '\u0958'.repeat(101)],
};

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
      if (name === 'q') schema.examples.push(...unsaid.q);
    }
  }
  copy.components.schemas.CategoryInput.properties.name.examples = unsaid.name;
  return copy;
}
