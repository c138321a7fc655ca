/** docs/openapi.json is what `npm run openapi` writes, has every route as the policy has it, and examples that its own schemas accept. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { readService } from '../../deployment/service';
import { openApiDocument } from '../../openapi/document';
import { bodies } from '../../openapi/components';
import { levels, policy } from '../../src/access/policy';
import { rowProblemCode } from '../../openapi/representations';
import { statusOf } from '../../src/http/problem';
import { fuzzedDocument } from '../support/fuzzed-document';
import { documented, documentFile, faults, type DocumentedOperation } from '../support/openapi';
import { requests } from '../support/postman';

const { routes } = readService();
const operations = [...documented].map(([routeKey, operation]) => ({ routeKey, operation }));
const link = z.object({ operationId: z.string(), parameters: z.record(z.string(), z.string()) });
const linked = z.object({
  responses: z.record(z.string(), z.object({ links: z._default(z.record(z.string(), link), {}) })),
});
const responsesOf = ({ responses }: DocumentedOperation) => Object.entries(responses);

it('is current: npm run openapi would write the same', () => {
  expect(readFileSync(documentFile, 'utf8')).toBe(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
});

it('has every route of serverless.yml, and no other', () => {
  expect([...documented.keys()].sort()).toEqual(routes.map(({ routeKey }) => routeKey).sort());
});

it.each(operations)('$routeKey asks for a token, and says whose', ({ routeKey, operation }) => {
  const level = policy[routeKey];
  if (!level) throw new Error(`${routeKey} is not in the policy`);
  expect(operation.security).toEqual([{ accessToken: [] }]);
  const said = [...operation.description.matchAll(/members of `(\w+)`/g)].map(([, group]) => group);
  expect(said).toEqual(levels[level]);
});

it.each(operations)('$routeKey has only error codes with the status that the API gives them', ({ operation }) => {
  const codes = responsesOf(operation).flatMap(([status, { content }]) =>
    Object.keys(content['application/problem+json']?.examples ?? {}).map((code) => [code, Number(status)]),
  );
  expect(codes).toContainEqual(['busy', 503]);
  expect(statusOf).toMatchObject(Object.fromEntries(codes));
});

const refusal = z.object({ errors: z.array(z.object({ in: z.string(), pointer: z.string(), detail: z.string() })) });

it.each(operations)('$routeKey has the example of a refusal that it would give', ({ operation }) => {
  const example = operation.responses['400']?.content['application/problem+json']?.examples?.['invalid_request'];
  const { errors } = refusal.parse(example?.value);
  const names = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  for (const { pointer, detail } of errors.filter((error) => error.in === 'query')) {
    expect(names).not.toContain(pointer.slice(1));
    expect(detail).toBe(`is not a known parameter: there are ${names.join(', ') || 'none here'}`);
  }
  const { schema, example: body } = operation.requestBody?.content['application/json'] ?? {};
  const refused = errors.filter((error) => error.in === 'body').map(({ pointer }) => pointer);
  expect(refused.length > 0).toBe(body !== undefined);
  if (body) expect(faults(schema, { ...z.looseObject({}).parse(body), colour: 'red' })).not.toEqual([]);
});

const withLimit = operations.filter(({ operation }) => '413' in operation.responses);

it.each(withLimit)('$routeKey has an example that names the limit of its bodies', ({ routeKey, operation }) => {
  const examples = operation.responses['413']?.content['application/problem+json']?.examples;
  const limit = routeKey.includes('/bulk') ? 1024 * 1024 : 64 * 1024;
  expect(examples).toMatchObject({ body_too_large: { value: { detail: `A body may have at most ${limit} bytes` } } });
});

it('tells of every error code on one route at least', () => {
  const told = operations.flatMap(({ operation }) =>
    responsesOf(operation).flatMap(([, { content }]) =>
      Object.keys(content['application/problem+json']?.examples ?? {}),
    ),
  );
  // A bulk request is answered with 200; its rows have problems of their own, two of which nothing else has.
  expect([...new Set([...told, ...rowProblemCode.options])].sort()).toEqual(Object.keys(statusOf).sort());
});

it.each(operations)('$routeKey tells of the answers that API Gateway gives by itself', ({ routeKey, operation }) => {
  const messages = responsesOf(operation).flatMap(([status, { content }]) => {
    const { example } = content['application/json'] ?? {};
    return Number(status) < 400 ? [] : [[Number(status), example]];
  });
  expect(Object.fromEntries(messages.filter(([, example]) => example))).toEqual({
    401: { message: 'Unauthorized' },
    403: { message: 'Forbidden' },
    ...(routeKey.includes('{') ? { 404: { message: 'Not Found' } } : {}),
    ...(operation.requestBody ? { 413: { message: 'Request Entity Too Large' } } : {}),
    429: { message: 'Too Many Requests' },
    500: { message: 'Internal Server Error' },
    503: { message: 'Service Unavailable' },
  });
});

it.each(operations)('$routeKey has examples that their schemas accept', ({ operation }) => {
  const parameters = operation.parameters.flatMap(({ name, schema }) => {
    const { data } = z.object({ examples: z.array(z.unknown()) }).safeParse(schema);
    return (data?.examples ?? []).map((value) => ({ of: name, schema, value }));
  });
  const answers = responsesOf(operation).flatMap(([status, { content }]) =>
    Object.values(content).flatMap(({ schema, example, examples = { only: { value: example } } }) =>
      Object.entries(examples).map(([name, { value }]) => ({ of: `${status} ${name}`, schema, value })),
    ),
  );
  for (const { of, schema, value } of [...parameters, ...answers]) {
    expect({ of, value, faults: faults(schema, value) }).toEqual({ of, value, faults: [] });
  }
});

it('has answers that tests do not take with a field that nobody told of', () => {
  const { schema, example } = documented.get('GET /products')?.responses['200']?.content['application/json'] ?? {};
  const { items } = z.object({ items: z.array(z.record(z.string(), z.unknown())) }).parse(example);
  expect(faults(schema, { items })).toEqual([]);
  expect(faults(schema, { items, surprise: 1 })).not.toEqual([]);
  expect(faults(schema, { items: items.map((item) => ({ ...item, surprise: 1 })) })).not.toEqual([]);
});

it("leads a fuzzer's copy on to operations and parameters that there are", () => {
  const copy = z.object({ paths: z.record(z.string(), z.record(z.string(), linked)) }).parse(fuzzedDocument());
  const links = Object.values(copy.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap((response) => Object.values(response.links));
  expect(links.length).toBeGreaterThan(operations.length);
  for (const { operationId, parameters } of links) {
    const target = operations.find(({ operation }) => operation.operationId === operationId);
    const known = target?.operation.parameters.map((parameter) => `${parameter.in}.${parameter.name}`);
    expect(known).toEqual(expect.arrayContaining(Object.keys(parameters)));
  }
});

const withBody = operations.flatMap(({ routeKey, operation: { requestBody } }) =>
  Object.entries(requestBody?.content ?? {}).map(([mediaType, body]) => ({ routeKey, mediaType, body })),
);

it.each(withBody)('the example body of $routeKey as $mediaType is one that its handler takes', ({ body }) => {
  const { $ref } = z.object({ $ref: z.string() }).parse(body.schema);
  const used = Object.entries(bodies).find(([name]) => $ref.endsWith(`/${name}`));
  expect(used?.[1].safeParse(body.example).success).toBe(true);
  expect(faults(body.schema, body.example)).toEqual([]);
});

it.each(operations)('$routeKey is in the Postman collection', ({ routeKey }) => {
  const [method = '', template = ''] = routeKey.split(' ');
  const path = new RegExp(`^\\{\\{apiUrl\\}\\}${template.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
  const uses = requests.filter(({ request }) => request.method === method && path.test(request.url));
  expect(uses.length).toBeGreaterThan(0);
});
