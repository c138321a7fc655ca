/** A Lambda authorizer for HTTP APIs (payload format 2.0, simple responses) that maps groups to routes. */
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { readTokenSettings } from '../config';
import { log } from '../log';
import type { Caller } from './caller';
import { inOneOf } from './require-group';
import { accessTokenVerifier, tokenIn, TokenRefusal, type TokenVerifier } from './token-verifier';

/** The parts of the gateway's question that the answer depends on. */
type Question = Pick<APIGatewayRequestAuthorizerEventV2, 'routeKey'> & {
  /** What the authorizer is configured to be asked with: the header `Authorization`, then the route key. */
  identitySource?: string[] | null;
  requestContext: Pick<APIGatewayRequestAuthorizerEventV2['requestContext'], 'requestId'>;
};

/** What the handler behind the gateway finds under `authorizer.lambda`; the groups are a JSON array. */
interface Allow {
  isAuthorized: true;
  context: { sub: string; groups: string };
}

interface Deny {
  isAuthorized: false;
}

/** Under each route key, the groups of which one is enough. */
type AllowedGroups = Readonly<Record<string, readonly string[]>>;

type Decision = { caller: Caller } | { refusal: string } | { outage: string };

/**
 * Makes an authorizer from data: which groups may use which route. Whatever is not an allow is a deny, logged with its
 * reason and without the token. Where the token cannot be judged at all, as when the pool's keys cannot be fetched, it
 * throws: API Gateway refuses the request with a 500, keeps no answer for later, and the failed invocation sets off the
 * function's alarm.
 *
 * @example
 * lambdaAuthorizer({ 'GET /movies': ['movies-group'], 'GET /shows': ['shows-group'] }, accessTokenVerifier(pool))
 */
export function lambdaAuthorizer(
  allowedGroups: AllowedGroups,
  verify: TokenVerifier = accessTokenVerifier(readTokenSettings()),
) {
  return async (event: Question): Promise<Allow | Deny> => {
    const line = { route: event.routeKey, requestId: event.requestContext.requestId };
    const decision = await decide(allowedGroups, verify, event);
    if ('outage' in decision) {
      log.error('authorize', { ...line, allowed: false, reason: decision.outage });
      throw new Error(`Nobody can tell whether the token is good: ${decision.outage}`);
    }
    if ('refusal' in decision) {
      log.info('authorize', { ...line, allowed: false, reason: decision.refusal });
      return { isAuthorized: false };
    }
    const { sub, groups } = decision.caller;
    log.info('authorize', { ...line, allowed: true, sub });
    return { isAuthorized: true, context: { sub, groups: JSON.stringify(groups) } };
  };
}

async function decide(
  allowedGroups: AllowedGroups,
  verify: TokenVerifier,
  { routeKey, identitySource }: Question,
): Promise<Decision> {
  const groups = Object.hasOwn(allowedGroups, routeKey) ? allowedGroups[routeKey] : undefined;
  if (!groups) return { refusal: 'unknown_route' };
  const authorization = identitySource?.[0];
  if (!authorization) return { refusal: 'no_token' };
  try {
    const caller = await verify(tokenIn(authorization));
    return inOneOf(groups, caller) ? { caller } : { refusal: 'not_in_group' };
  } catch (error) {
    if (error instanceof TokenRefusal) return { refusal: error.reason };
    return { outage: error instanceof Error ? error.name : typeof error };
  }
}
