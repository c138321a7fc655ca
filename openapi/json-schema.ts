/** From zod to JSON Schema (2020-12), with what zod's own conversion cannot know of this catalogue's schemas. */
import * as z from 'zod/mini';
import { limits, pageLimit } from '../src/catalog/text';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Schemas that have a name in the description; others refer to them by it. */
export const named = z.registry<{ name: string }>();

/** What may be sent (`input`, where fields with a preset may be absent) or what is answered (`output`). */
export function toJsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema, ...converted } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: complete(io) });
  return converted;
}

export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

interface Conversion {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: JsonSchema;
  path: (string | number)[];
}

const complete =
  (io: 'input' | 'output') =>
  ({ zodSchema, jsonSchema, path }: Conversion): void => {
    const other = path.length > 0 ? replacement(zodSchema, io) : undefined;
    if (other) {
      for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword);
      Object.assign(jsonSchema, other);
      return;
    }
    const { multiline, ...keywords } = limits.get(zodSchema) ?? {};
    Object.assign(jsonSchema, keywords);
    if (multiline !== undefined) jsonSchema.pattern ??= textPattern(multiline, keywords.minLength === 0);
    if (jsonSchema.pattern !== undefined) jsonSchema.pattern = portable(jsonSchema.pattern);
    // What is absent from a request has been filled in by the time of the answer.
    if (io === 'output') delete jsonSchema.default;
  };

/** What stands for a schema inside another one, where that is not what zod makes of it. */
function replacement(zodSchema: z.core.$ZodTypes, io: 'input' | 'output'): JsonSchema | undefined {
  const { def } = zodSchema._zod;
  const name = named.get(zodSchema)?.name;
  if (name !== undefined) return reference(name);
  // A query has it as text.
  if (zodSchema === pageLimit) return { type: 'integer', minimum: 1, maximum: 100, default: 25 };
  // `textPairs` looks for names that are there twice before it reads them.
  if (def.type === 'pipe' && def.in._zod.def.type === 'unknown') {
    const pairs = toJsonSchema(def.out, io);
    return { ...pairs, propertyNames: { ...asSchema(pairs.propertyNames), not: { const: '__proto__' } } };
  }
  return undefined;
}

/** JSON Schema also has `true` and `false` for schemas; zod makes none of them here. */
export function asSchema(schema: JsonSchema | boolean | undefined): JsonSchema {
  if (typeof schema !== 'object') throw new Error('There is no schema');
  return schema;
}

const controls = String.raw`\u0000-\u001f\u007f-\u009f`;
const controlsExceptLayout = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f`;
const refused = String.raw`\u202a-\u202e\u2066-\u2069\ufffd`;
const blanks = String.raw`\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;
const visible = `[^${controls}${refused}${blanks}]`;

/** The characters that `text` accepts. */
function textPattern(multiline: boolean, mayBeEmpty: boolean): string {
  const accepted = `[^${multiline ? controlsExceptLayout : controls}${refused}]`;
  return mayBeEmpty ? `^${accepted}*$` : `^${accepted}*${visible}${accepted}*$`;
}

/** Engines differ in what they take for a digit or a blank: the pattern says it in full. */
export const portable = (pattern: string) =>
  pattern
    .replaceAll(String.raw`\d`, '[0-9]')
    .replaceAll(String.raw`\S`, visible)
    .replaceAll(String.raw`\/`, '/');
