/** The access matrix: every route against every kind of caller, and what each must get. */
import { readService } from '../../deployment/service';
import { groups, levels, policy, type Group, type Level } from '../../src/access/policy';
import { send } from './stack';

/** What became of a request: refused by the gateway (401 or 403) or by the handler, or let through to its validation. */
export type Outcome = 'unauthorized' | 'forbidden by the gateway' | 'forbidden' | 'served';

/** Callers who are in no group of the policy, and what they get on every route. */
export const strangers = {
  'no token': 'unauthorized',
  forged: 'unauthorized',
  expired: 'unauthorized',
  'other client': 'unauthorized',
  'ID token': 'forbidden',
  'no group': 'forbidden',
  'spoofed groups': 'forbidden',
} as const satisfies Record<string, Outcome>;

export type Stranger = keyof typeof strangers;
export const strangerKinds = Object.keys(strangers) as Stranger[];

/** The groups of the policy. */
export const groupNames = Object.keys(groups) as Group[];

/** Whether the policy lets someone in who is in these groups. */
export const letsIn = (level: Level, names: readonly string[]): boolean =>
  levels[level].some((member) => names.includes(member));

/** What members of a group get on a route of this level, from the handler. */
export const memberOutcome = (group: Group, level: Level): Outcome => (letsIn(level, [group]) ? 'served' : 'forbidden');

/** The same, from where each authorizer for tokens says no: the Lambda authorizer does so itself, whatever the reason. */
export const outcomeBehind = (authorizer: 'jwt' | 'lambda', outcome: Outcome, hasToken = true): Outcome =>
  authorizer === 'jwt' || outcome === 'served' || !hasToken ? outcome : 'forbidden by the gateway';

/** Names of groups that must pass for no group of the policy. */
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

const inPath: Readonly<Record<string, string>> = { sub: 'b3a4c852-7091-70f5-1a2e-3c0d5be3a1f7', group: 'user' };

/** A path of a route, with ids that nothing has. */
export const pathOf = (template: string) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? '01ARZ3NDEKTSV4RRFFQ69G5FAV');

/** What a handler tells those whom it refuses: the second one is for ID tokens. */
export const refusals = [
  'You do not have permission',
  'Send the access token: an ID token is for the application that signed the user in',
];

/** Calls a route so that whoever gets past access control meets a validation error, and nothing is changed. */
export async function outcomeOf(apiUrl: string, routeKey: string, token: string | undefined): Promise<Outcome> {
  const [method = '', template = ''] = routeKey.split(' ');
  const path = pathOf(template);
  const { status, body } = await send(apiUrl, method, `${path}?unknown=1`, { token });
  if (status === 401 && body.message === 'Unauthorized') return 'unauthorized';
  if (status === 403 && body.message === 'Forbidden') return 'forbidden by the gateway';
  if (status === 403 && body.code === 'forbidden' && refusals.includes(body.detail)) return 'forbidden';
  if (status === 400 && body.code === 'invalid_request' && body.errors[0].pointer === '/unknown') return 'served';
  throw new Error(`${routeKey}: unexpected answer ${status} ${JSON.stringify(body)}`);
}
