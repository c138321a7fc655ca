/** The access matrix, on the deployed API. */
import assert from 'node:assert/strict';
import { policy } from '../../src/access/policy';
import {
  matrixRoutes,
  memberOutcome,
  outcomeBehind,
  outcomeOf,
  strangerKinds,
  strangers,
  type Outcome,
} from '../support/access-matrix';
import type { Callers } from './callers';
import { deployedRoutes, type EmulatedDeployment } from './deployed-stack';
import { requireNone } from './require-none';

/** Calls every route with every token, and answers how many that were. Throws when one of them gets what it should not. */
export async function checkAccess(
  { apiId, apiUrl }: EmulatedDeployment,
  authorizer: 'jwt' | 'lambda',
  callers: Callers,
): Promise<string> {
  // Those of the console have no authorizer, and are no routes of the API.
  const routeKeys = (await deployedRoutes(apiId)).filter((routeKey) => !/^[A-Z]+ \/console(?:$|[/-])/.test(routeKey));
  assert.deepEqual(routeKeys, Object.keys(policy).sort(), 'the deployed routes are not those of the policy');
  let calls = 0;
  const wrong: string[] = [];
  const check = async (routeKey: string, who: string, tokens: readonly (string | undefined)[], expected: Outcome) => {
    const outcomes = await Promise.all(tokens.map((token) => outcomeOf(apiUrl, routeKey, token)));
    calls += outcomes.length;
    outcomes.forEach((outcome, index) => {
      if (outcome !== expected) wrong.push(`${routeKey}, ${who} ${index + 1}: ${outcome}, not ${expected}`);
    });
  };
  for (const { routeKey, level } of matrixRoutes(routeKeys)) {
    for (const kind of strangerKinds) {
      const expected = outcomeBehind(authorizer, strangers[kind], kind !== 'no token');
      await check(routeKey, kind, callers.strangers[kind], expected);
    }
    for (const [group, tokens] of callers.members) {
      await check(routeKey, group, tokens, outcomeBehind(authorizer, memberOutcome(group, level)));
    }
  }
  requireNone('these calls have another outcome than they should', wrong);
  return `${routeKeys.length} routes, ${calls} calls`;
}
