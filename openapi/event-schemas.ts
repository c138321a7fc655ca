/** The JSON Schemas of all events, as EventBridge hands them on: made of the same schemas as the API's answers. */
import * as z from 'zod/mini';
import { ulid } from '../src/catalog/text';
import { changeKey } from '../src/changes/change-key';
import { action } from '../src/changes/parameters';
import { source, type CategoryDetail, type ProductDetail } from '../src/events/event';
import { componentSchemas, nameOf } from './components';
import { describe } from './descriptions';
import { toJsonSchema, type JsonSchema } from './json-schema';
import { instant } from './lists';
import { author, category, fieldChange, product, version } from './representations';

const common = {
  eventId: z.string().check(z.regex(changeKey)),
  id: ulid,
  version,
  at: instant,
  by: author,
  changes: z.array(fieldChange),
  shortened: z.optional(z.literal(true)),
};
const eventCategory = z.omit(category, { productCount: true });

const productDetail = z.strictObject({
  ...common,
  product: z.optional(z.nullable(product)),
}) satisfies z.ZodMiniType<ProductDetail>;
const productGone = z.strictObject({ ...common, product: z.optional(z.null()) }) satisfies z.ZodMiniType<ProductDetail>;
const categoryDetail = z.strictObject({
  ...common,
  category: z.optional(eventCategory),
}) satisfies z.ZodMiniType<CategoryDetail>;
const categoryGone = z.strictObject({
  ...common,
  category: z.optional(z.null()),
}) satisfies z.ZodMiniType<CategoryDetail>;

const details = {
  ProductDetail: productDetail,
  ProductGoneDetail: productGone,
  CategoryDetail: categoryDetail,
  CategoryGoneDetail: categoryGone,
};

/** A category that has been deleted is gone for good. */
const kinds = [
  ...action.options.map((what) => ['Product', what] as const),
  ...action.options.filter((what) => what !== 'restored').map((what) => ['Category', what] as const),
];

type Kind = [record: 'Product' | 'Category', what: z.infer<typeof action>];

const detailOf = (...[record, what]: Kind): keyof typeof details =>
  what === 'deleted' ? `${record}GoneDetail` : `${record}Detail`;

const local = '#/$defs/';

/** The document, ready to be written as JSON: an event is one of those under `oneOf`. */
export function eventSchemas() {
  const events = kinds.map(([record, what]) => [`${record.toLowerCase()}.${what}`, eventOf(record, what)] as const);
  const own = Object.entries(details).map(
    ([name, schema]) => [name, describe(name, toJsonSchema(schema, 'answer', nameOf))] as const,
  );
  const defs = withReferences(Object.fromEntries([...events, ...own]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Events of the admin catalogue',
    description: 'An event as targets of EventBridge get it, a webhook among them.',
    oneOf: events.map(([name]) => ({ $ref: local + name })),
    $defs: defs,
  };
}

/** EventBridge, user guide, "Event structure reference". */
function eventOf(...[record, what]: Kind): JsonSchema {
  const text = { type: 'string' } as const;
  const properties = {
    version: { const: '0' },
    id: { ...text, description: 'Another one each time that the event is sent: `detail.eventId` stays.' },
    'detail-type': { const: `${record.toLowerCase()}.${what}` },
    source: { const: source },
    account: text,
    time: { ...text, format: 'date-time', description: '`detail.at`, to the second.' },
    region: text,
    resources: { type: 'array' },
    detail: { $ref: local + detailOf(record, what) },
  } as const;
  return {
    type: 'object',
    description: `A ${record.toLowerCase()} was ${what}.`,
    properties,
    required: Object.keys(properties),
  };
}

/** With all the schemas that they refer to, and those that these refer to. */
function withReferences(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const all = componentSchemas();
  const found = new Map(Object.entries(schemas));
  for (const schema of found.values()) {
    for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const referred = all[name];
      if (referred) found.set(name, referred);
    }
  }
  const text = JSON.stringify(Object.fromEntries(found)).replaceAll('#/components/schemas/', local);
  return JSON.parse(text) as Record<string, JsonSchema>;
}
