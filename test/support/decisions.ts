/** What becomes of a request: served, or refused, and by whom. */
import { connectToApi } from '../../deployment/api';
import { Failure } from '../../deployment/failure';
import type { Tokens } from '../../deployment/sign-in';
import type { StackInfo } from '../../deployment/stack-info';
import { pathOf, refusals } from './access-matrix';

export type Decision = 'served' | 'refused by the gateway' | 'refused by the handler' | 'refused by the identity pool';

/**
 * Calls each route so that whoever gets past access control meets a validation error, and nothing is changed. Where credentials
 * are those of one of these groups, a route serves the user if it serves one of them.
 */
export async function decisionsFor(
  stack: StackInfo,
  tokens: Tokens,
  groups: readonly string[],
  routeKeys: string[],
): Promise<Decision[]> {
  const [first = [], ...others] = await Promise.all(
    (stack.identityPoolId !== undefined && groups.length > 1 ? [undefined, ...groups] : [undefined]).map((group) =>
      decisionsAs(group, stack, tokens, routeKeys),
    ),
  );
  return first.map((decision, index) => (others.some((other) => other[index] === 'served') ? 'served' : decision));
}

async function decisionsAs(group: string | undefined, stack: StackInfo, tokens: Tokens, routeKeys: string[]) {
  const deployment = { ...stack, cognitoEndpoint: stack.cognitoUrl, identityEndpoint: stack.identityUrl };
  let send;
  try {
    send = await connectToApi(deployment, tokens, group);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return routeKeys.map((): Decision => 'refused by the identity pool');
  }
  const decisions: Decision[] = [];
  for (const routeKey of routeKeys) {
    const [method = '', template = ''] = routeKey.split(' ');
    const path = `${pathOf(template)}?unknown=1`;
    const response = await send(new Request(`${stack.apiUrl}${path}`, { method }));
    decisions.push(decisionOf(response.status, await response.text()));
  }
  return decisions;
}

function decisionOf(status: number, text: string): Decision {
  const { code, detail, message, errors } = JSON.parse(text);
  if (status === 400 && code === 'invalid_request' && errors[0].pointer === '/unknown') return 'served';
  if (status === 403 && code === 'forbidden' && refusals.includes(detail)) return 'refused by the handler';
  if (status === 403 && message === 'Forbidden') return 'refused by the gateway';
  throw new Error(`Neither served nor refused: ${status} ${text}`);
}
