/** docs/openapi.json as tests want it: its operations, and what an answer must be to be one that it tells of. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import type { Answer } from './events';

const header = z.object({ required: z.boolean(), schema: z.unknown() });
const content = z.record(
  z.string(),
  z.object({
    schema: z.unknown(),
    example: z.optional(z.unknown()),
    examples: z.optional(z.record(z.string(), z.object({ value: z.unknown() }))),
  }),
);
const response = z.object({
  headers: z._default(z.record(z.string(), header), {}),
  content: z._default(content, {}),
});
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  schema: z.unknown(),
  example: z.optional(z.unknown()),
  examples: z.optional(z.unknown()),
});
const operation = z.object({
  operationId: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.optional(z.object({ required: z.literal(true), content })),
  responses: z.record(z.string(), response),
});
export type DocumentedOperation = z.infer<typeof operation>;

export const documentFile = path.join(projectRoot, 'docs', 'openapi.json');
const json: unknown = JSON.parse(readFileSync(documentFile, 'utf8'));
export const document = z.record(z.string(), z.any()).parse(json);
const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) }).parse(json);

/** Every operation under its route key. */
export const documented: ReadonlyMap<string, DocumentedOperation> = new Map(
  Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, described]) => [`${method.toUpperCase()} ${template}`, described] as const),
  ),
);

// Every test file compiles its own: not optimized, and with references as calls, that takes less than half as long.
const quickly = { inlineRefs: false, code: { optimize: false } };
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, validateSchema: false, ...quickly }))
  // The API takes letters beyond ASCII as well, as browsers do.
  .addFormat('uri', (text) => URL.canParse(text))
  .addSchema(closeObjects(document) as object, 'openapi');

/**
 * The same with no fields allowed but those in it: clients have to bear new ones, and tests have to find those that nobody
 * told of.
 */
export function closeObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeObjects);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closeObjects(member)]));
  return members['type'] === 'object' ? { additionalProperties: false, ...members } : members;
}

/** What is wrong with a value, by a schema of the document; empty where nothing is. References are to the whole document, closed. */
export function faults(schema: unknown, value: unknown): unknown[] {
  const text = JSON.stringify(schema);
  const check = compiled.get(text) ?? compile(text);
  return check(value) === true ? [] : (check.errors ?? []);
}
// By what they say: most are one reference, which the document has in many places.
const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

function compile(schema: string) {
  const check = ajv.compile(JSON.parse(schema.replaceAll('"$ref":"#/', '"$ref":"openapi#/')));
  compiled.set(schema, check);
  return check;
}

/** Headers that mean something to a caller: those that an answer has must be documented. */
const heeded = ['etag', 'location', 'retry-after', 'idempotency-replayed', 'www-authenticate', 'cache-control'];

/** Throws unless the answer is one that the document tells of: status, headers, media type and body. */
export function expectDocumented(routeKey: string, answer: Answer): void {
  const told = documented.get(routeKey)?.responses[answer.status];
  // Without Jest's expect, which every answer of every test would wait for some ten times.
  const wrong = told ? differences(told, answer) : ['this status is not documented'];
  if (wrong.length > 0) {
    throw new Error(`docs/openapi.json has another answer of ${routeKey}: ${JSON.stringify({ ...answer, wrong })}`);
  }
}

function differences(told: z.infer<typeof response>, { headers, body }: Answer): unknown[] {
  const wrong: unknown[] = [];
  const contentType = headers['content-type'];
  const [mediaType = ''] = typeof contentType === 'string' ? contentType.split(';') : [];
  const content = told.content[mediaType];
  if (body === undefined && Object.keys(told.content).length > 0) wrong.push('there is no body');
  if (body !== undefined) wrong.push(...(content ? faults(content.schema, body) : [`a body of ${mediaType}`]));

  // To clients that look at the status alone, both are the same schema.
  const isProblem = mediaType === 'application/problem+json';
  if (told.content['application/problem+json'] && isProblem === isGatewayMessage(body)) {
    wrong.push(`as ${mediaType}`);
  }

  const toldHeaders = new Map(Object.entries(told.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of heeded) {
    const value = headers[name];
    const { required = false, schema = false } = toldHeaders.get(name) ?? {};
    if (value === undefined && required) wrong.push(`there is no header ${name}`);
    if (value !== undefined) wrong.push(...faults(schema, valueOf(schema, value)));
  }
  return wrong;
}

const gatewayMessage = z.object({ message: z.string() });
const isGatewayMessage = (body: unknown) => gatewayMessage.safeParse(body).success;

const integer = z.object({ type: z.literal('integer') });

/** A header's value is text; where the schema says that it is a number, it must read as one. */
const valueOf = (schema: unknown, value: unknown) => (integer.safeParse(schema).success ? Number(value) : value);
