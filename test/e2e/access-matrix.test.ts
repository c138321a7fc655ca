import {
  groupNames,
  matrixRoutes,
  memberOutcome,
  outcomeOf,
  spoofedGroups,
  strangerKinds,
  strangers,
  type Outcome,
  type Stranger,
} from '../support/access-matrix';
import { runningStack, signIn, signUp, type Tokens } from '../support/stack';
import { accessClaims, idClaims, refusedTokens, sign } from '../support/tokens';

const stack = runningStack();
const refused = refusedTokens(stack);

const shopper = 'matrix-user@example.com';
let shopperTokens: Tokens;

beforeAll(async () => {
  await signUp(stack, shopper);
  shopperTokens = await signIn(stack, shopper);
});

/** The tokens of each kind of stranger; every one of them must get the same. */
const tokensOf: Readonly<Record<Stranger, () => (string | undefined)[]>> = {
  'no token': () => [undefined, ''],
  forged: () =>
    Object.entries(refused).flatMap(([what, token]) =>
      what === 'a past expiry' || what.includes('client') ? [] : [token],
    ),
  expired: () => [refused['a past expiry']],
  'other client': () => [refused['another client'], refused['an audience of another client']],
  'ID token': () => [sign(idClaims(stack, ['admin'])), shopperTokens.IdToken],
  'no group': () => [sign(accessClaims(stack, []))],
  'spoofed groups': () => [
    ...spoofedGroups.map((name) => sign(accessClaims(stack, [name]))),
    sign(accessClaims(stack, [...spoofedGroups, 'users', 'x,user'])),
  ],
};

describe.each(matrixRoutes())('$routeKey', ({ routeKey, level }) => {
  async function expectOutcome(tokens: (string | undefined)[], expected: Outcome) {
    const outcomes = await Promise.all(tokens.map((token) => outcomeOf(stack.apiUrl, routeKey, token)));
    expect(outcomes).toEqual(tokens.map(() => expected));
  }

  it.each(strangerKinds)('%s', (kind) => expectOutcome(tokensOf[kind](), strangers[kind]));

  it.each(groupNames)('in the group %s', (group) => {
    const memberships = [[group], ['another-group', group, 'x,admin']];
    return expectOutcome(
      memberships.map((names) => sign(accessClaims(stack, names))),
      memberOutcome(group, level),
    );
  });

  it('signed up', () => expectOutcome([shopperTokens.AccessToken], memberOutcome('user', level)));
});
