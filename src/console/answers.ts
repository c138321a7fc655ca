/** What the console answers, beside the files of its page and what the API has said. */
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda';

export type { Answer };

/** Why a request of the page cannot be answered, as a problem document (RFC 9457); the page goes by the code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

export const signedOut = () => new Refusal(401, 'signed_out', 'Sign in to go on');

export const foreign = () => new Refusal(403, 'foreign_request', 'This request is not from a page of the console');

export const forbidden = () => new Refusal(403, 'forbidden', 'You do not have permission');

export const notFound = () => new Refusal(404, 'not_found', 'There is no such page');

/** `cause` is for the log alone. */
export const busy = (cause?: unknown) =>
  new Refusal(503, 'busy', 'The service cannot answer just now; try again', { cause });

const kept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export const json = (body: object): Answer => ({
  statusCode: 200,
  headers: { ...kept, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const redirect = (location: string): Answer => ({
  statusCode: 302,
  headers: { ...kept, location, 'referrer-policy': 'no-referrer' },
});

export function problem(requestId: string, refusal: Refusal | undefined): Answer {
  const {
    status,
    code,
    message: detail,
  } = refusal ?? new Refusal(500, 'internal_error', 'Something went wrong on our side');
  return {
    statusCode: status,
    headers: {
      ...kept,
      'content-type': 'application/problem+json',
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    },
    body: JSON.stringify({ type: 'about:blank', status, detail, code, requestId }),
  };
}
