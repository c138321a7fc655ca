/** The answers of a route, status by status. */
import { examples } from './examples';
import { failureResponse, failuresOf } from './failures';
import { reference } from './json-schema';
import type { Operation } from './operation';
import { etagSchema } from './parameters';

const header = (description: string, schema: object, required = true) => ({ description, required, schema });

const etag = { ETag: header('The version, quoted.', etagSchema) };

/** All answers of a route, under their statuses. */
export function responsesOf(routeKey: string, operation: Operation): Record<string, object> {
  return {
    [operation.status]: success(routeKey, operation),
    ...(operation.cacheable ? { 304: { description: 'The client has it already.', headers: etag } } : {}),
    ...Object.fromEntries(
      failuresOf(routeKey, operation).map((failure) => [
        failure.status,
        failureResponse(failure, routeKey, operation.tag),
      ]),
    ),
  };
}

function success(routeKey: string, { status, answer, repeatable }: Operation): object {
  if (answer === undefined) return { description: 'It is gone.' };
  const content = { 'application/json': { schema: reference(answer), example: examples[answer] } };
  if (answer.endsWith('Page')) return { description: 'One page.', content };
  if (answer === 'RowResults') return { description: 'What became of each row.', content };
  const path = routeKey.split(' ')[1] ?? '';
  const headers = {
    ...etag,
    ...(status === 201
      ? { Location: header('Its address.', { type: 'string', pattern: `^${path}/[0-9A-HJKMNP-TV-Z]{26}$` }) }
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
