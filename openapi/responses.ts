/** The answers of a route, status by status: its own, and those that API Gateway gives in its place. */
import { statusOf } from '../src/http/problem';
import { examples } from './examples';
import { reference } from './json-schema';
import { linksOf } from './links';
import type { Operation } from './operation';
import { etagSchema } from './parameters';
import { codesOf, problemExample, schemaName, type ProblemCode } from './problems';

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

const header = (description: string, schema: object, required = true) => ({ description, required, schema });

const etag = { ETag: header('The version, quoted.', etagSchema) };
const retryAfter = {
  'Retry-After': header('Seconds after which to try again.', { type: 'integer', minimum: 1 }, false),
};
const challenge = { 'WWW-Authenticate': header('The scheme.', { type: 'string' }) };

/** All answers of a route, under their statuses. */
export function responsesOf(routeKey: string, operation: Operation): Record<string, object> {
  const codes = codesOf(routeKey, operation);
  const statuses = [...new Set([...codes.map((code) => statusOf[code]), ...fromGatewayOnly])].sort((a, b) => a - b);
  return {
    [operation.status]: success(routeKey, operation),
    ...(operation.cacheable ? { 304: { description: 'The client has it already.', headers: etag } } : {}),
    ...Object.fromEntries(statuses.map((status) => [status, failure(status, codes, routeKey, operation)])),
  };
}

function success(routeKey: string, operation: Operation): object {
  const { status, answer, repeatable } = operation;
  const links = linksOf(operation);
  if (answer === undefined) return { description: 'It is gone.', links };
  const content = { 'application/json': { schema: reference(answer), example: examples[answer] } };
  if (answer.endsWith('Page')) return { description: 'One page.', content, links };
  const path = routeKey.split(' ')[1] ?? '';
  const headers = {
    ...etag,
    ...(status === 201
      ? { Location: header('Its address.', { type: 'string', pattern: `^${path}/[0-9A-HJKMNP-TV-Z]{26}$` }) }
      : {}),
    ...(repeatable
      ? { 'Idempotency-Replayed': header('There where the first answer is given again.', { const: 'true' }, false) }
      : {}),
  };
  return { description: status === 201 ? 'It is made.' : 'As it is now.', headers, content, links };
}

function failure(status: number, codes: ProblemCode[], routeKey: string, { tag }: Operation): object {
  const own = codes.filter((code) => statusOf[code] === status);
  const message = gatewayMessages[status];
  const [method = ''] = routeKey.split(' ');
  const [first, ...others] = own.map((code) => reference(schemaName(code)));
  return {
    description: [...own.map((code) => `\`${code}\``), ...(message ? [`the gateway's own \`${message}\``] : [])].join(
      ' or ',
    ),
    ...(status === 401 ? { headers: challenge } : status === 503 ? { headers: retryAfter } : {}),
    content: {
      ...(first && {
        'application/problem+json': {
          schema: others.length > 0 ? { oneOf: [first, ...others] } : first,
          examples: Object.fromEntries(own.map((code) => [code, { value: problemExample(code, tag, method) }])),
        },
      }),
      ...(message && { 'application/json': { schema: reference('GatewayMessage'), example: { message } } }),
    },
  };
}
