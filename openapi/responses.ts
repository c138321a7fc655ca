/** The answers of a route, status by status. */
import { policy } from '../src/access/policy';
import { examples } from './examples';
import { failureResponse, failuresOf } from './failures';
import { reference } from './json-schema';
import type { Operation } from './operation';
import { etagSchema } from './parameters';

const header = (description: string, schema: object, required = true) => ({ description, required, schema });

/** The plain reads, which a deployment with `reads=public` may let caches keep. */
const mayBeKept = (routeKey: string) => policy[routeKey] === 'user';

const cacheControl = (routeKey: string) =>
  mayBeKept(routeKey)
    ? {
        'Cache-Control': header('`no-store`, unless the deployment has `reads=public` and `readsMaxAge`.', {
          type: 'string',
          pattern: '^(?:no-store|public, max-age=[1-9][0-9]*)$',
        }),
        Vary: header('There where caches may keep it.', { type: 'string', const: 'origin' }, false),
      }
    : { 'Cache-Control': header('Nobody keeps it.', { type: 'string', const: 'no-store' }) };

const etag = { ETag: header('The version, quoted.', etagSchema) };
const etagOfContent = {
  ETag: header('Another for each content.', { type: 'string', pattern: '^"[A-Za-z0-9_-]+"$' }),
};
const etagOf = ({ answer }: Operation) => (answer === 'CategoryTree' ? etagOfContent : answer === 'User' ? {} : etag);

const idPattern = ({ answer }: Operation) => (answer === 'User' ? '[0-9a-f-]{36}' : '[0-9A-HJKMNP-TV-Z]{26}');

/** All answers of a route, under their statuses. */
export function responsesOf(routeKey: string, operation: Operation): Record<string, object> {
  return {
    [operation.status]: success(routeKey, operation),
    ...(operation.cacheable
      ? {
          304: {
            description: 'The client has it already.',
            headers: { ...etagOf(operation), ...cacheControl(routeKey) },
          },
        }
      : {}),
    ...Object.fromEntries(
      failuresOf(routeKey, operation).map((failure) => [failure.status, failureResponse(failure, routeKey, operation)]),
    ),
  };
}

function success(routeKey: string, operation: Operation): object {
  const { status, answer, repeatable } = operation;
  const caching = cacheControl(routeKey);
  if (answer === undefined) return { description: 'It is gone.', headers: caching };
  const content = { 'application/json': { schema: reference(answer), example: examples[answer] } };
  if (answer.endsWith('Page')) return { description: 'One page.', headers: caching, content };
  if (answer === 'ImageUpload') return { description: 'How to send it.', headers: caching, content };
  if (answer === 'RowResults') return { description: 'What became of each row.', headers: caching, content };
  const path = routeKey.split(' ')[1] ?? '';
  const headers = {
    ...caching,
    ...etagOf(operation),
    ...(status === 201
      ? { Location: header('Its address.', { type: 'string', pattern: `^${path}/${idPattern(operation)}$` }) }
      : {}),
    ...(repeatable
      ? {
          'Idempotency-Replayed': header(
            'There where the first answer is given again.',
            { type: 'string', const: 'true' },
            false,
          ),
        }
      : {}),
  };
  return { description: status === 201 ? 'It is made.' : 'As it is now.', headers, content };
}
