import {
  callerKinds,
  expectations,
  matrixRoutes,
  outcomeOf,
  spoofedGroups,
  type CallerKind,
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

/** The tokens of each kind of caller; every one of them must get the same. */
const tokensOf: Readonly<Record<CallerKind, () => (string | undefined)[]>> = {
  'no token': () => [undefined, ''],
  forged: () =>
    Object.entries(refused).flatMap(([what, token]) =>
      what === 'a past expiry' || what.includes('client') ? [] : [token],
    ),
  expired: () => [refused['a past expiry']],
  'other client': () => [refused['another client'], refused['an audience of another client']],
  'ID token': () => [sign(idClaims(stack, ['admin'])), shopperTokens.IdToken],
  'no group': () => [sign(accessClaims(stack, []))],
  user: () => [shopperTokens.AccessToken, sign(accessClaims(stack, ['user', 'x,admin']))],
  admin: () => [sign(accessClaims(stack, ['admin'])), sign(accessClaims(stack, ['movies-group', 'admin', 'user']))],
  'spoofed groups': () => [
    ...spoofedGroups.map((name) => sign(accessClaims(stack, [name]))),
    sign(accessClaims(stack, [...spoofedGroups, 'users', 'x,user'])),
  ],
};

describe.each(matrixRoutes())('$routeKey', ({ routeKey, level }) => {
  it.each(callerKinds)('%s', async (kind) => {
    const tokens = tokensOf[kind]();
    const outcomes = await Promise.all(tokens.map((token) => outcomeOf(stack.apiUrl, routeKey, token)));
    expect(outcomes).toEqual(tokens.map(() => expectations[kind][level]));
  });
});
