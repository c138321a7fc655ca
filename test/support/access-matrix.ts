/** The access matrix: every route against every kind of caller, and what each must get. */
import { readService } from '../../deployment/service';
import { policy, type Level } from '../../src/access/policy';
import { send } from './stack';

/** What became of a request: refused by the gateway (401 or 403) or by the handler, or let through to its validation. */
export type Outcome = 'unauthorized' | 'forbidden by the gateway' | 'forbidden' | 'served';

export const callerKinds = [
  'no token',
  'forged',
  'expired',
  'other client',
  'ID token',
  'no group',
  'user',
  'admin',
  'spoofed groups',
] as const;
export type CallerKind = (typeof callerKinds)[number];

/** What each kind of caller gets on a route of each level. Whether that is a refusal does not depend on the authorizer. */
export const expectations: Readonly<Record<CallerKind, Readonly<Record<Level, Outcome>>>> = {
  'no token': { admin: 'unauthorized', user: 'unauthorized' },
  forged: { admin: 'unauthorized', user: 'unauthorized' },
  expired: { admin: 'unauthorized', user: 'unauthorized' },
  'other client': { admin: 'unauthorized', user: 'unauthorized' },
  'ID token': { admin: 'forbidden', user: 'forbidden' },
  'no group': { admin: 'forbidden', user: 'forbidden' },
  user: { admin: 'forbidden', user: 'served' },
  admin: { admin: 'served', user: 'served' },
  'spoofed groups': { admin: 'forbidden', user: 'forbidden' },
};

/** The same, from where each authorizer for tokens says no: the Lambda authorizer does so itself, whatever the reason. */
export function expectedOutcome(authorizer: 'jwt' | 'lambda', kind: CallerKind, level: Level): Outcome {
  const outcome = expectations[kind][level];
  if (authorizer === 'jwt' || outcome === 'served' || kind === 'no token') return outcome;
  return 'forbidden by the gateway';
}

/** Names of groups that must pass neither for `admin` nor for `user`. */
export const spoofedGroups = [
  'x,admin',
  '[admin]',
  '"admin"',
  'admin]',
  '[admin',
  'Admin',
  'ADMIN',
  'administrators',
  'notadmin',
];

/** Routes with their levels: those of serverless.yml, unless others are given. Throws for one that the policy has forgotten. */
export function matrixRoutes(
  routeKeys: string[] = readService().routes.map(({ routeKey }) => routeKey),
): { routeKey: string; level: Level }[] {
  return routeKeys.map((routeKey) => {
    const level = policy[routeKey];
    if (!level) throw new Error(`${routeKey} is a route but not in the policy`);
    return { routeKey, level };
  });
}

/** Calls a route so that whoever gets past access control meets a validation error, and nothing is changed. */
export async function outcomeOf(apiUrl: string, routeKey: string, token: string | undefined): Promise<Outcome> {
  const [method = '', template = ''] = routeKey.split(' ');
  const path = template.replace(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
  const { status, body } = await send(apiUrl, method, `${path}?unknown=1`, { token });
  if (status === 401 && body.message === 'Unauthorized') return 'unauthorized';
  if (status === 403 && body.message === 'Forbidden') return 'forbidden by the gateway';
  if (status === 403 && body.code === 'forbidden' && body.detail === 'You do not have permission') return 'forbidden';
  if (status === 400 && body.code === 'invalid_request' && body.errors[0].pointer === '/unknown') return 'served';
  throw new Error(`${routeKey}: unexpected answer ${status} ${JSON.stringify(body)}`);
}
