/** What generators of clients, importers and Swagger UI need of docs/openapi.json; each rule is one that a real tool broke on. */
import * as z from 'zod/mini';
import { document, documented } from '../support/openapi';

type Schema = Record<string, unknown>;

/** Every object of the document, with its JSON Pointer. */
function* objectsIn(value: unknown, pointer = ''): Generator<[pointer: string, object: Schema]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value as Schema];
  for (const [name, member] of Object.entries(value)) {
    if (!['example', 'examples', 'mapping'].includes(name)) yield* objectsIn(member, `${pointer}/${name}`);
  }
}

const objects = [...objectsIn(document)];
const { schemas } = z
  .object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse(document['components']);
const operations = [...documented].map(([routeKey, operation]) => ({ routeKey, operation }));
const pointersWhere = (fits: (object: Schema, pointer: string) => boolean) =>
  objects.filter(([pointer, object]) => fits(object, pointer)).map(([pointer]) => pointer);
const referenceOf = (schema: unknown) => z.object({ $ref: z.string() }).safeParse(schema).data?.$ref;
const target = (schema: unknown) => schemas[referenceOf(schema)?.split('/').at(-1) ?? ''];
const isSchemaOfObject = (object: Schema) => object['type'] === 'object';

/** The schemas that a body refers to, also by way of others, by name. */
function reachableFrom(value: unknown, found = new Set<string>()): Set<string> {
  for (const [, object] of objectsIn(value)) {
    const name = referenceOf(object)?.split('/').at(-1);
    if (name === undefined || found.has(name)) continue;
    found.add(name);
    reachableFrom(schemas[name], found);
  }
  return found;
}
const inRequests = reachableFrom(operations.map(({ operation }) => operation.requestBody));
const inAnswers = reachableFrom(operations.map(({ operation }) => operation.responses));

it('has no links', () => {
  expect(pointersWhere((object) => 'links' in object)).toEqual([]);
});

it('has parameters of one type each', () => {
  const types = operations.flatMap(({ operation }) =>
    operation.parameters.map(
      ({ schema }) => (target(schema) ?? z.record(z.string(), z.unknown()).parse(schema))['type'],
    ),
  );
  expect(new Set(types)).toEqual(new Set(['integer', 'string']));
});

it('has no schema whose name is that of a constructor in Go', () => {
  const names = Object.keys(schemas);
  expect(names.filter((name) => names.some((other) => name === `New${other}`))).toEqual([]);
});

it('says of integers that need more than 32 bits that they do', () => {
  const large = pointersWhere(
    ({ type, const: only, maximum }) => type === 'integer' && only === undefined && !(Number(maximum) < 2 ** 31),
  );
  expect(large.length).toBeGreaterThan(3);
  expect(pointersWhere(({ format }) => format === 'int64')).toEqual(large);
});

it('has whole numbers alone, the status of problems included', () => {
  expect(pointersWhere(({ type }) => type === 'number')).toEqual([]);
  const statuses = Object.values(schemas).flatMap(({ properties }) => {
    const { data } = z.object({ status: z.object({ const: z.number() }) }).safeParse(properties);
    return data ? [(properties as { status: Schema }).status['type']] : [];
  });
  expect(statuses.length).toBeGreaterThan(10);
  expect(new Set(statuses)).toEqual(new Set(['integer']));
});

it('says of problems under one status by which code they differ', () => {
  const choices = Object.values(schemas).filter(({ oneOf }) => Array.isArray(oneOf));
  expect(choices.length).toBeGreaterThan(2);
  for (const { oneOf, discriminator } of choices) {
    const codes = (oneOf as unknown[]).map((one) => {
      const { properties } = z
        .object({ properties: z.object({ code: z.object({ const: z.string() }) }) })
        .parse(target(one));
      return [properties.code.const, referenceOf(one)];
    });
    expect(discriminator).toEqual({ propertyName: 'code', mapping: Object.fromEntries(codes) });
  }
});

it('has patterns that every engine reads: hexadecimal in upper case, no look-around, no shorthand', () => {
  const patterns = objects.flatMap(([, { pattern }]) => (typeof pattern === 'string' ? [pattern] : []));
  expect(patterns.length).toBeGreaterThan(50);
  const odd = /\\u(?![0-9A-F]{4})|\\x(?![0-9A-F]{2})|\(\?[=!<]|\\[dDwWsSbBpPk1-9]/;
  expect(patterns.filter((pattern) => odd.test(pattern))).toEqual([]);
});

it('has formats that JSON Schema or OpenAPI know', () => {
  const formats = objects.flatMap(([, { format }]) => (typeof format === 'string' ? [format] : []));
  expect([...new Set(formats)].sort()).toEqual(['date-time', 'int64', 'uri']);
});

it.each(operations)('$routeKey has one schema under each status, whoever answers', ({ operation }) => {
  for (const { content } of Object.values(operation.responses)) {
    const references = Object.values(content).map(({ schema }) => referenceOf(schema));
    expect(new Set(references).size).toBe(Math.min(1, references.length));
    expect(references).not.toContain(undefined);
  }
});

it('takes no unknown field in a request, and bears them in an answer', () => {
  const kinds = (names: Set<string>) =>
    [...names]
      .filter((name) => isSchemaOfObject(schemas[name] ?? {}))
      .map((name) => [name, schemas[name] ?? {}] as const);
  const [requests, answers] = [kinds(inRequests), kinds(inAnswers)];
  expect(requests.length).toBeGreaterThan(5);
  expect(requests.filter(([, schema]) => !('additionalProperties' in schema)).map(([name]) => name)).toEqual([]);
  expect(answers.length).toBeGreaterThan(20);
  expect(answers.filter(([, schema]) => schema['additionalProperties'] === false).map(([name]) => name)).toEqual([]);
});

it('has no default in a body: openapi-typescript would demand the field', () => {
  expect(pointersWhere((object, pointer) => 'default' in object && pointer.startsWith('/components'))).toEqual([]);
});

it('has a description of every schema and every field', () => {
  expect(Object.entries(schemas).filter(([, { description }]) => !description)).toEqual([]);
  const fields = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties as Schema).map(([field, schema]) => ({ field: `${name}.${field}`, schema })),
  );
  expect(fields.length).toBeGreaterThan(100);
  const silent = fields.filter(({ schema }) => !(schema as Schema)['description'] && !target(schema)?.['description']);
  expect(silent).toEqual([]);
  expect(schemas['Price']?.['properties']).toMatchObject({
    amount: { description: expect.stringMatching(/minor unit/) },
  });
});

it('has a name for every enumeration and every object', () => {
  const named = /^\/components\/schemas\/\w+$/;
  const nameless = pointersWhere(
    (object, pointer) => ('enum' in object || isSchemaOfObject(object)) && !named.test(pointer),
  );
  expect(nameless).toEqual([]);
});

it('says whom to turn to', () => {
  expect(document['info']).toMatchObject({ contact: { name: expect.stringMatching(/\w/) } });
});

it('has nothing that Swagger UI would fill in for a parameter, but the limit that there is anyway', () => {
  const filledIn = operations.flatMap(({ operation }) =>
    operation.parameters.flatMap(({ name, schema, ...parameter }) => {
      const { example, default: preset } = (target(schema) ?? schema) as Schema;
      const values = [parameter.examples, parameter.example, example, preset];
      return values.every((value) => value === undefined) ? [] : [name];
    }),
  );
  expect(new Set(filledIn)).toEqual(new Set(['limit']));
});
