/** The answers that go well: what a handler's result becomes over HTTP. */
import type { APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';
import { createHash } from 'node:crypto';
import type { ApplicationError } from '../errors';
import type { HttpEvent } from './event';
import { problemOf } from './problem';

/** Turns what `run` returned into an answer. */
export type Respond<Result> = (result: Result, event: HttpEvent) => Response;

interface Versioned {
  version: number;
}

const json = (statusCode: number, body: unknown, headers = {}): Response => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const etagOf = ({ version }: Versioned) => `"${version}"`;

/** 200 with the record and its ETag. */
export const ok: Respond<Versioned> = (record) => json(200, record, { etag: etagOf(record) });

/** 201 with the new record, its ETag and its address; the same again, and said to be, where a request was repeated. */
export const created: Respond<{ record: Versioned & { id: string }; replayed: boolean }> = (
  { record, replayed },
  event,
) =>
  json(201, record, {
    etag: etagOf(record),
    location: `${event.rawPath}/${record.id}`,
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
  });

/** 201 with how to go on: what is asked for has no address yet. */
export const offered: Respond<object> = (offer) => json(201, offer);

/** 200 as `ok`, or 304 where `If-None-Match` has the record's ETag; compared weakly, as RFC 9110 has it. */
export const cacheable: Respond<Versioned> = (record, event) => {
  const etag = etagOf(record);
  return isKnown(etag, event) ? { statusCode: 304, headers: { etag } } : ok(record, event);
};

function isKnown(etag: string, { headers }: HttpEvent): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

/** 200 with what has no version, and an ETag of what is in it; or 304 where `If-None-Match` has that. */
export const tagged: Respond<unknown> = (result, event) => {
  const response = json(200, result);
  const etag = `"${createHash('sha256')
    .update(response.body ?? '')
    .digest('base64url')}"`;
  if (isKnown(etag, event)) return { statusCode: 304, headers: { etag } };
  return { ...response, headers: { ...response.headers, etag } };
};

/** 200 with what has no version. */
export const shown: Respond<unknown> = (result) => json(200, result);

/** 201 with a new user, and their address in the API. */
export const invited: Respond<{ sub: string }> = (user, event) =>
  json(201, user, { location: `${event.rawPath}/${user.sub}` });

/** 200 with one page of a list. */
export const page: Respond<{ items: unknown[]; nextToken?: string }> = (result) => json(200, result);

interface Rejected {
  action: 'rejected';
  error: ApplicationError;
}

/** 200 with a result for each row of the body: what was done, or the problem that its row would have answered alone. */
export const rowResults: Respond<({ action: string } | Rejected)[]> = (results) =>
  json(200, {
    results: results.map((result, row) =>
      'error' in result ? { action: result.action, problem: inRow(row, problemOf(result.error)) } : result,
    ),
  });

/** Fields are in the body, where the row is in `rows`. */
const inRow = (row: number, { errors, ...problem }: ReturnType<typeof problemOf>) =>
  errors === undefined
    ? problem
    : { ...problem, errors: errors.map((error) => ({ ...error, pointer: `/rows/${row}${error.pointer}` })) };

/** 204. */
export const noContent: Respond<void> = () => ({ statusCode: 204 });
