/** The answers of a route that does not do what it was asked: its own problems, and what API Gateway says in its place. */
import * as z from 'zod/mini';
import { ApplicationError } from '../src/errors';
import { statusOf } from '../src/http/problem';
import { validate } from '../src/http/validation';
import { bodies } from './components';
import { reference, type JsonSchema } from './json-schema';
import type { Operation } from './operation';
import { problemExample, schemaName, type ProblemCode } from './problems';

/** What API Gateway says by itself; the other statuses it leaves to the functions. */
const gatewayMessages: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const fromGatewayOnly = [401, 429];

interface Failure {
  status: number;
  codes: ProblemCode[];
  message: string | undefined;
}

/** The codes that a route can answer. */
function codesOf(routeKey: string, { body, repeatable, ifMatch, errors: particular }: Operation): ProblemCode[] {
  return [
    'invalid_request',
    ...(body ? (['invalid_json', 'body_too_large', 'unsupported_media_type'] as const) : []),
    'forbidden',
    ...(routeKey.includes('{') ? (['not_found'] as const) : []),
    ...particular,
    ...(repeatable ? (['idempotency_key_reused'] as const) : []),
    ...(ifMatch ? (['stale_version'] as const) : []),
    ...(ifMatch === 'required' ? (['precondition_required'] as const) : []),
    'internal_error',
    'busy',
  ];
}

/** By status. */
export function failuresOf(routeKey: string, operation: Operation): Failure[] {
  const codes = codesOf(routeKey, operation);
  const statuses = [...new Set([...codes.map((code) => statusOf[code]), ...fromGatewayOnly])].sort((a, b) => a - b);
  return statuses.map((status) => ({
    status,
    codes: codes.filter((code) => statusOf[code] === status),
    message: gatewayMessages[status],
  }));
}

const nameOfCodes = (codes: ProblemCode[]) => codes.map(schemaName).join('Or');
const nameOfFailure = ({ codes, message }: Failure) =>
  [nameOfCodes(codes), ...(message ? ['GatewayMessage'] : [])].filter(Boolean).join('Or');

/**
 * The schemas of what can be one thing or another. Of several problems the code says which; and what API Gateway says has the
 * same schema as the problem under its status, since clients look at the status, and not at the media type.
 */
export function unionsOf(failure: Failure): Record<string, JsonSchema> {
  const { codes, message } = failure;
  const problem = nameOfCodes(codes);
  return {
    ...(codes.length > 1 && {
      [problem]: {
        description: 'One of these problems, as `code` says.',
        oneOf: codes.map((code) => reference(schemaName(code))),
        discriminator: {
          propertyName: 'code',
          mapping: Object.fromEntries(codes.map((code) => [code, reference(schemaName(code)).$ref])),
        },
      },
    }),
    ...(codes.length > 0 && message
      ? {
          [nameOfFailure(failure)]: {
            description: 'A problem of the API, or what API Gateway answers by itself.',
            anyOf: [reference(problem), reference('GatewayMessage')],
          },
        }
      : {}),
  };
}

const retryAfter = {
  'Retry-After': {
    description: 'Seconds after which to try again.',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 3600 },
  },
};
const notKept = {
  'Cache-Control': {
    description: "Of a problem; the gateway's own answer has none.",
    required: false,
    schema: { type: 'string', const: 'no-store' },
  },
};
const challenge = { 'WWW-Authenticate': { description: 'The scheme.', required: true, schema: { type: 'string' } } };

const resources = { Products: 'product', Categories: 'category', Changes: 'category', Users: 'user' } as const;

/** What the route says of a name that it does not know, in its body or else in its query. */
function unknownName({ body, query }: Operation): ApplicationError {
  const unknown = { colour: 'red' };
  try {
    if (body) validate<unknown>(bodies[body], unknown, 'body');
    else validate<unknown>(query ?? z.strictObject({}), unknown, 'query');
  } catch (error) {
    if (error instanceof ApplicationError) return error;
  }
  throw new Error('A route takes a name that none knows');
}

/** The answer of a route, with an example of each code. */
export function failureResponse(failure: Failure, routeKey: string, operation: Operation): object {
  const { status, codes, message } = failure;
  const [method = ''] = routeKey.split(' ');
  const resource = resources[operation.tag];
  const route = { method, resource, isBulk: routeKey.includes('/bulk'), invalid: unknownName(operation) };
  const schema = reference(nameOfFailure(failure));
  return {
    description: [...codes.map((code) => `\`${code}\``), ...(message ? [`the gateway's own \`${message}\``] : [])].join(
      ' or ',
    ),
    headers: {
      ...(codes.length > 0 && notKept),
      ...(status === 401 && challenge),
      ...(status === 503 && retryAfter),
    },
    content: {
      ...(codes.length > 0 && {
        'application/problem+json': {
          schema,
          examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code, route) }])),
        },
      }),
      ...(message && { 'application/json': { schema, example: { message } } }),
    },
  };
}
