import { jwtAuthorizer } from '../../../../local/gateway/jwt-authorizer';
import { startKeyServer, type KeyServer } from '../../../support/key-server';
import { accessClaims, idClaims, refusedTokens, sign } from '../../../support/tokens';

let keys: KeyServer;
let authorize: ReturnType<typeof jwtAuthorizer>;

beforeAll(async () => {
  keys = await startKeyServer();
  authorize = jwtAuthorizer(keys.pool);
});
afterAll(() => keys.stop());

const bearer = (claims: object) => authorize(`Bearer ${sign(claims)}`);

describe('jwtAuthorizer', () => {
  it('adds the claims as an HTTP API does: strings all, lists in brackets, no nulls, and no scopes', async () => {
    const claims = accessClaims(keys.stack, ['admin', 'user']);
    expect(await bearer({ ...claims, level: 3, verified: true, nothing: null, address: { city: 'Bonn' } })).toEqual({
      jwt: {
        claims: {
          ...claims,
          ...{ iat: String(claims.iat), exp: String(claims.exp), auth_time: String(claims.auth_time) },
          ...{ level: '3', verified: 'true', address: '{"city":"Bonn"}', 'cognito:groups': '[admin user]' },
        },
        scopes: null,
      },
    });
  });

  it.each(['', 'Bearer ', 'bearer ', 'BEARER '])('lets a token in after "%s"', async (scheme) => {
    expect(await authorize(scheme + sign(accessClaims(keys.stack, [])))).toBeDefined();
  });

  it('lets an ID token in, which is for the function to tell apart', async () => {
    expect(await bearer(idClaims(keys.stack, ['admin']))).toBeDefined();
  });

  it.each<[string, object, boolean]>([
    ['the client as its audience', { aud: 'client', client_id: undefined }, true],
    ['the other of the two clients', { client_id: 'console' }, true],
    ['the client among its audiences', { aud: ['other', 'client'], client_id: undefined }, true],
    ['another audience, and the client as client_id', { aud: 'other' }, false],
    ['other audiences', { aud: ['other', 'clients'] }, false],
    ['no audience in a list, and the client as client_id', { aud: [] }, false],
    ['neither', { client_id: undefined }, false],
    ['the client as a part of another', { client_id: 'client2' }, false],
  ])('decides by the audience before client_id: %s', async (_, changes, letIn) => {
    expect((await bearer({ ...accessClaims(keys.stack, ['admin']), ...changes })) !== undefined).toBe(letIn);
  });

  it('refuses whatever is wrong with a token', async () => {
    for (const [fault, token] of Object.entries(refusedTokens(keys.stack))) {
      expect([fault, await authorize(`Bearer ${token}`)]).toEqual([fault, undefined]);
    }
  });

  it.each([undefined, '', 'Bearer ', 'Bearer', 'Basic YTpi'])(
    'refuses a request with the header %j',
    async (header) => {
      expect(await authorize(header)).toBeUndefined();
    },
  );

  it.each([
    'Bearer  TOKEN',
    'Bearer Bearer TOKEN',
    'TOKEN,TOKEN',
    'Bearer TOKEN, Bearer TOKEN',
    'Basic TOKEN',
    ' TOKEN',
  ])('refuses a good token that is sent as "%s"', async (header) => {
    const token = sign(accessClaims(keys.stack, ['admin']));
    expect(await authorize(header.replaceAll('TOKEN', token))).toBeUndefined();
  });

  it('refuses every token where the keys cannot be had', async () => {
    const nowhere = { ...keys.stack, cognitoUrl: 'http://127.0.0.1:1' };
    const without = jwtAuthorizer({ ...keys.pool, issuer: `http://127.0.0.1:1/${keys.stack.userPoolId}` });
    expect(await without(`Bearer ${sign(accessClaims(nowhere, ['admin']))}`)).toBeUndefined();
  });
});
