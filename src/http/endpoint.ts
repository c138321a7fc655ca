/** The way of every request: authorise, parse and validate, run, respond; one catch for all, one log line for each. */
import type { APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';
import * as z from 'zod/mini';
import { callerFrom, isIdToken, type Caller } from '../access/caller';
import type { AccessRule } from '../access/require-group';
import { readsCacheControl, requireReader } from '../access/require-reader';
import { DeadlineError, withinInvocation, type Invocation } from '../deadline';
import { accessTokenWanted, ApplicationError, busy } from '../errors';
import { parseBody, refuseBody } from './body';
import type { HttpEvent } from './event';
import { repeatableRequest } from './idempotency';
import { expectedVersion } from './preconditions';
import { problem } from './problem';
import { readQuery } from './query';
import { logRequest } from './request-log';
import type { Respond } from './responses';
import { validate, type Schema } from './validation';

const noQuery = z.strictObject({});

/** What an entry in `functions/` states about its route. Without a `query` schema, every query parameter is refused. */
interface Definition<Allowed extends Caller | undefined, Path, Query, Body, Result> {
  access: AccessRule<Allowed>;
  path?: Schema<Path>;
  query?: Schema<Query>;
  body?: Schema<Body>;
  /** Whether `If-Match` is heeded; `run` gets the version that it names as `expected`. Elsewhere the header is refused. */
  conditional?: boolean;
  /** In bytes, where a body may be longer than one about a single record. */
  longestBody?: number;
  /** Whether `Idempotency-Key` is heeded; `run` gets what it needs as `request`. */
  repeatable?: boolean;
  run(request: Request<Allowed, Path, Query, Body>): Promise<Result>;
  respond: Respond<Result>;
}

type AnyDefinition = Definition<Caller | undefined, unknown, unknown, unknown, unknown>;

interface Request<Allowed, Path, Query, Body> {
  caller: Allowed;
  path: Path;
  query: Query;
  body: Body;
  /** The version that `If-Match` names; undefined where any will do. */
  expected: number | undefined;
  /** Set where the client may send the same request again. */
  request: ReturnType<typeof repeatableRequest>;
}

/** A Lambda handler for an HTTP API. It answers every request: what goes wrong inside becomes a problem document. */
export type Endpoint = (event: HttpEvent, context: Invocation) => Promise<Response>;

/**
 * Makes a handler from what is particular to its route.
 *
 * @example
 * export const handler = endpoint({
 *   access: requireGroup('admin'),
 *   path: productPath,
 *   conditional: true,
 *   run: ({ path, expected }) => deleteProduct(path.productId, expected),
 *   respond: noContent,
 * });
 */
export function endpoint<Allowed extends Caller | undefined, Path, Query, Body, Result>(
  definition: Definition<Allowed, Path, Query, Body, Result>,
): Endpoint;
export function endpoint(definition: AnyDefinition): Endpoint {
  return async (event, context) => {
    const started = performance.now();
    const caller = callerFrom(event.requestContext.authorizer);
    let response: Response;
    let failure: { error: unknown } | undefined;
    try {
      const answer = await withinInvocation(context, () => serve(definition, event, caller));
      response = withCacheControl(answer, definition.access === requireReader ? readsCacheControl : 'no-store');
    } catch (thrown) {
      const error = thrown instanceof DeadlineError ? busy(thrown) : thrown;
      failure = { error };
      const document = problem(event.requestContext.requestId, error instanceof ApplicationError ? error : undefined);
      response = withCacheControl(document, 'no-store');
    }
    logRequest(event, response, caller, failure, performance.now() - started);
    return response;
  };
}

async function serve(definition: AnyDefinition, event: HttpEvent, caller: Caller | undefined): Promise<Response> {
  const {
    access,
    path,
    query = noQuery,
    body,
    longestBody,
    conditional = false,
    repeatable = false,
    respond,
  } = definition;
  const allowed = authorise(access, event, caller);
  const parts = {
    caller: allowed,
    path: path && validate(path, event.pathParameters ?? {}, 'path'),
    query: validate(query, readQuery(event), 'query'),
    expected: expectedVersion(event, conditional),
    body: body && validate(body, parseBody(event, longestBody), 'body'),
  };
  if (!body) refuseBody(event);
  const request = repeatable && allowed ? repeatableRequest(event, allowed.sub, parts.body) : undefined;
  return respond(await definition.run({ ...parts, request }), event);
}

/**
 * What is kept is kept for one origin: API Gateway adds which page may read it, and a page of another could not (Fetch, "CORS protocol
 * and HTTP caches").
 */
const withCacheControl = (response: Response, value: string): Response => ({
  ...response,
  headers: { ...response.headers, 'cache-control': value, ...(value !== 'no-store' && { vary: 'origin' }) },
});

/** Throws `forbidden`, with what would do where someone sent their other token. */
function authorise(access: AnyDefinition['access'], event: HttpEvent, caller: Caller | undefined) {
  try {
    return access(caller);
  } catch (refusal) {
    throw isIdToken(event.requestContext.authorizer) ? accessTokenWanted() : refusal;
  }
}
