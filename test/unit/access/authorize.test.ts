/** The function `authorize`: the Lambda authorizer with the catalogue's own policy. */
import { groups, policy } from '../../../src/access/policy';
import { letsIn } from '../../support/access-matrix';
import { question } from '../../support/authorizer-question';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { accessClaims, sign } from '../../support/tokens';

const groupSets = [[], ...Object.keys(groups).map((name) => [name])];

let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer();
});
afterAll(() => keyServer.stop());

async function load(variables: Record<string, string | undefined>) {
  jest.resetModules();
  const { env } = process;
  process.env = { ...env, ...variables };
  try {
    return (await import('../../../functions/authorize')).handler;
  } finally {
    process.env = env;
  }
}

const loadForPool = () =>
  load({ TOKEN_ISSUER: keyServer.pool.issuer, USER_POOL_CLIENT_ID: 'client', CONSOLE_CLIENT_ID: 'console' });

describe('authorize', () => {
  let authorize: Awaited<ReturnType<typeof load>>;
  beforeAll(async () => {
    authorize = await loadForPool();
  });

  it.each(
    Object.entries(policy).flatMap(([routeKey, level]) => groupSets.map((names) => ({ routeKey, level, names }))),
  )('decides on $routeKey for a caller in $names', async ({ routeKey, level, names }) => {
    const claims = accessClaims(keyServer.stack, names);
    const answer = await authorize(question(routeKey, `Bearer ${sign(claims)}`));
    const allow = { isAuthorized: true, context: { sub: claims.sub, groups: JSON.stringify(names) } };
    expect(answer).toEqual(letsIn(level, names) ? allow : { isAuthorized: false });
  });

  it('denies an admin a route that the policy has forgotten', async () => {
    const token = sign(accessClaims(keyServer.stack, ['admin', 'user']));
    for (const routeKey of ['GET /admin/others', 'GET /products/', 'OPTIONS /products', '$default']) {
      expect(await authorize(question(routeKey, `Bearer ${token}`))).toEqual({ isAuthorized: false });
    }
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['TOKEN_ISSUER, USER_POOL_CLIENT_ID, CONSOLE_CLIENT_ID', {}],
    ['TOKEN_ISSUER', { USER_POOL_CLIENT_ID: 'client', CONSOLE_CLIENT_ID: 'console' }],
    ['USER_POOL_CLIENT_ID, CONSOLE_CLIENT_ID', { TOKEN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/pool' }],
  ])('does not load without %s', async (names, variables) => {
    const none = { TOKEN_ISSUER: undefined, USER_POOL_CLIENT_ID: undefined, CONSOLE_CLIENT_ID: undefined };
    const failure = load({ ...none, ...variables });
    await expect(failure).rejects.toThrow(`These environment variables are missing or wrong: ${names}. `);
  });
});
