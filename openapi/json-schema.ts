/** From zod to JSON Schema (2020-12), with what zod's own conversion cannot know of this catalogue's schemas. */
import * as z from 'zod/mini';
import { limits } from '../src/catalog/text';
import { pageLimit } from '../src/catalog/page-limit';
import { portable, textPattern } from './patterns';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may be sent, or what is answered: requests with unknown fields are refused, and answers may get new ones. */
export type Direction = 'request' | 'answer';

/** The name of a schema in the description, where it has one: others refer to it by that. */
export type NameOf = (schema: z.core.$ZodType, direction: Direction) => string | undefined;

export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The schema itself in full; those inside it that have a name by their names. */
export function toJsonSchema(schema: z.core.$ZodType, direction: Direction, nameOf: NameOf): JsonSchema {
  const { $schema, ...converted } = z.toJSONSchema(schema, {
    io: direction === 'request' ? 'input' : 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      const name = path.length > 0 ? nameOf(zodSchema, direction) : undefined;
      const other = name === undefined ? replacement(zodSchema, direction, nameOf) : reference(name);
      if (other) replace(jsonSchema, other);
      else complete(zodSchema, jsonSchema, direction);
    },
  });
  return converted;
}

function replace(jsonSchema: JsonSchema, other: JsonSchema): void {
  for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
  Object.assign(jsonSchema, other);
}

/** What stands for a schema that is not what zod makes of it. */
function replacement(zodSchema: z.core.$ZodTypes, direction: Direction, nameOf: NameOf): JsonSchema | undefined {
  const { def } = zodSchema._zod;
  // A query has it as text.
  if (zodSchema === pageLimit) return { type: 'integer', minimum: 1, maximum: 100, default: 25 };
  // `textPairs` looks for names that are there twice before it reads them.
  if (def.type === 'pipe' && def.in._zod.def.type === 'unknown') {
    const pairs = toJsonSchema(def.out, direction, nameOf);
    return { ...pairs, propertyNames: { ...asSchema(pairs.propertyNames), not: { const: '__proto__' } } };
  }
  return undefined;
}

const largestInt32 = 2 ** 31 - 1;

function complete(zodSchema: z.core.$ZodType, jsonSchema: JsonSchema, direction: Direction): void {
  const { multiline, ...keywords } = limits.get(zodSchema) ?? {};
  Object.assign(jsonSchema, keywords);
  // An address from before the rule on addresses is answered as it was stored, and a client that reads URIs would stumble over it.
  if (direction === 'answer' && keywords.format === 'uri') {
    delete jsonSchema.format;
    delete jsonSchema.pattern;
  }
  if (multiline !== undefined) jsonSchema.pattern ??= textPattern(multiline, keywords.minLength === 0);
  if (jsonSchema.pattern !== undefined) jsonSchema.pattern = portable(jsonSchema.pattern);
  if (Number.isInteger(jsonSchema.const)) jsonSchema.type = 'integer';
  // Go and Java read an integer without a format into 32 bits.
  if (
    jsonSchema.type === 'integer' &&
    jsonSchema.const === undefined &&
    (jsonSchema.maximum ?? Infinity) > largestInt32
  ) {
    jsonSchema.format = 'int64';
  }
  // The field's description says what is taken when it is absent: openapi-typescript would demand a field with a `default`.
  delete jsonSchema.default;
  if (direction === 'answer' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** JSON Schema also has `true` and `false` for schemas; zod makes none of them here. */
export function asSchema(schema: JsonSchema | boolean | undefined): JsonSchema {
  if (typeof schema !== 'object') throw new Error('There is no schema');
  return schema;
}
