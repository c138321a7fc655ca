/** Who calls: read from the one place where this deployment's authorizer puts it. */

export interface Caller {
  /** The user's id in the user pool. */
  sub: string;
  groups: string[];
}

/**
 * The caller that a Cognito JWT authorizer vouches for (`requestContext.authorizer`), or undefined where there is none.
 * Only access tokens count: the gateway lets ID tokens pass as well, and those are meant for the application that
 * signed the user in.
 */
export function callerFrom(authorizer: unknown): Caller | undefined {
  const claims = property(property(authorizer, 'jwt'), 'claims');
  const sub = property(claims, 'sub');
  if (property(claims, 'token_use') !== 'access' || typeof sub !== 'string' || sub === '') return undefined;
  return { sub, groups: groupsFrom(property(claims, 'cognito:groups')) };
}

/**
 * The group names in a `cognito:groups` claim. An HTTP API flattens the array into one string, `"[admin user]"`,
 * unquoted and unescaped. Names may hold commas, quotes and brackets but no white space, so exactly one outer pair of
 * brackets is taken off and only spaces separate: a group named `x,admin` or `[admin]` is never read as `admin`.
 */
export function groupsFrom(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((name) => typeof name === 'string');
  if (typeof claim !== 'string' || claim === '') return [];
  if (!claim.startsWith('[') || !claim.endsWith(']')) return [claim];
  return claim
    .slice(1, -1)
    .split(' ')
    .filter((name) => name !== '');
}

function property(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? Reflect.get(object, name)
    : undefined;
}
