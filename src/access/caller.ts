/** Who calls: read from the one place where this deployment's authorizer puts it. */
import * as z from 'zod/mini';
import { config } from '../config';
import { levels } from './policy';

export interface Caller {
  /** The user's id in the user pool. */
  sub: string;
  groups: string[];
}

type Gatekeeper = Pick<typeof config, 'authorizer' | 'groupRolePrefix'>;

/**
 * The caller that the configured authorizer vouches for (`requestContext.authorizer`), or undefined where there is none.
 * What another authorizer would have left there is not looked at: it is not this deployment's word.
 */
export function callerFrom(context: unknown, gatekeeper: Gatekeeper = config): Caller | undefined {
  switch (gatekeeper.authorizer) {
    case 'jwt':
      return fromClaims(property(property(context, 'jwt'), 'claims'));
    case 'lambda':
      return fromLambda(property(context, 'lambda'));
    case 'iam':
      return fromRole(property(context, 'iam'), gatekeeper.groupRolePrefix);
  }
}

/**
 * A JWT authorizer passes the token's claims on. Only access tokens count: the gateway lets ID tokens pass as well, and
 * those are meant for the application that signed the user in.
 */
function fromClaims(claims: unknown): Caller | undefined {
  const sub = property(claims, 'sub');
  if (property(claims, 'token_use') !== 'access' || typeof sub !== 'string' || sub === '') return undefined;
  return { sub, groups: groupsFrom(property(claims, 'cognito:groups')) };
}

/** Whether the caller has sent an ID token, which of all authorizers only the JWT authorizer lets pass. */
export const isIdToken = (context: unknown, { authorizer }: Pick<Gatekeeper, 'authorizer'> = config): boolean =>
  authorizer === 'jwt' && property(property(property(context, 'jwt'), 'claims'), 'token_use') === 'id';

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

const lambdaContext = z.object({ sub: z.string().check(z.minLength(1)), groups: z.string() });
const groupNames = z.array(z.string());

/** Our Lambda authorizer passes the user's id and, as one JSON text, the groups on. */
function fromLambda(context: unknown): Caller | undefined {
  const parsed = lambdaContext.safeParse(context);
  if (!parsed.success) return undefined;
  try {
    return { sub: parsed.data.sub, groups: groupNames.parse(JSON.parse(parsed.data.groups)) };
  } catch {
    return undefined;
  }
}

const session = /^arn:[\w-]+:sts::\d{12}:assumed-role\/([^/]+)\/CognitoIdentityCredentials$/;
const signIn = /:CognitoSignIn:(.+)$/;

const iamContext = z.object({ userArn: z.string(), cognitoIdentity: z.object({ amr: z.array(z.string()) }) });

/**
 * A signed call carries no groups, but the role that the identity pool has given the user: the group is the one whose role
 * has exactly this name. The user's id is in `amr`, after the pool that has signed the user in.
 */
function fromRole(context: unknown, rolePrefix: string): Caller | undefined {
  const parsed = iamContext.safeParse(context);
  if (!parsed.success) return undefined;
  const { userArn, cognitoIdentity } = parsed.data;
  const role = session.exec(userArn)?.[1];
  const [sub, ...others] = cognitoIdentity.amr.flatMap((method) => signIn.exec(method)?.[1] ?? []);
  if (role === undefined || sub === undefined || others.length > 0) return undefined;
  if (!cognitoIdentity.amr.includes('authenticated')) return undefined;
  return { sub, groups: knownGroups.filter((group) => role === `${rolePrefix}-${group}`) };
}

const knownGroups = [...new Set(Object.values(levels).flat())];

function property(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? Reflect.get(object, name)
    : undefined;
}
