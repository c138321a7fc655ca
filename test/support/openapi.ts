/** docs/openapi.json as tests want it: its operations, and what an answer must be to be one that it tells of. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../local/service';
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
const link = z.object({
  operationId: z.string(),
  parameters: z.record(z.string(), z.string()),
  requestBody: z.optional(z.unknown()),
});
const response = z.object({
  headers: z._default(z.record(z.string(), header), {}),
  content: z._default(content, {}),
  links: z._default(z.record(z.string(), link), {}),
});
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  schema: z.unknown(),
  example: z.unknown(),
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
const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) }).parse(json);

/** Every operation under its route key. */
export const documented: ReadonlyMap<string, DocumentedOperation> = new Map(
  Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, described]) => [`${method.toUpperCase()} ${template}`, described] as const),
  ),
);

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }))
  .addFormat('https-url', (text) => URL.canParse(text))
  .addSchema(json as object, 'openapi');

/** What is wrong with a value, by a schema of the document; empty where nothing is. References are to the whole document. */
export function faults(schema: unknown, value: unknown): unknown[] {
  const absolute = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi#/');
  const check = compiled.get(absolute) ?? ajv.compile(JSON.parse(absolute));
  compiled.set(absolute, check);
  return check(value) === true ? [] : (check.errors ?? []);
}
const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

/** Headers that mean something to a caller: those that an answer has must be documented. */
const heeded = ['etag', 'location', 'retry-after', 'idempotency-replayed', 'www-authenticate'];

/** Expects the answer to be one that the document tells of: status, headers, media type and body. */
export function expectDocumented(routeKey: string, { status, headers, body }: Answer): void {
  const told = documented.get(routeKey)?.responses[status];
  if (!told) throw new Error(`docs/openapi.json has no ${status} for ${routeKey}: ${JSON.stringify(body)}`);

  const [mediaType = ''] = z._default(z.string(), '').parse(headers['content-type']).split(';');
  expect({ routeKey, status, mediaTypes: Object.keys(told.content) }).toEqual({
    routeKey,
    status,
    mediaTypes: body === undefined ? [] : (expect.arrayContaining([mediaType]) as unknown),
  });
  if (body !== undefined)
    expect({ routeKey, body, faults: faults(told.content[mediaType]?.schema, body) }).toMatchObject({ faults: [] });

  const toldHeaders = new Map(Object.entries(told.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of heeded) {
    const value = headers[name];
    const { required = false, schema = false } = toldHeaders.get(name) ?? {};
    if (value === undefined) expect({ routeKey, status, name, required }).toMatchObject({ required: false });
    else
      expect({ routeKey, status, name, faults: faults(schema, valueOf(schema, value)) }).toMatchObject({ faults: [] });
  }
}

/** A header's value is text; where the schema says that it is a number, it must read as one. */
const valueOf = (schema: unknown, value: unknown) =>
  z.object({ type: z.literal('integer') }).safeParse(schema).success ? Number(value) : value;
