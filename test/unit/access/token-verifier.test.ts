/** Which tokens are good, and why each of the others is not. */
import { at } from '../../support/clock';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import {
  accessTokenVerifier,
  requireStandardToken,
  TokenRefusal,
  type TokenVerifier,
} from '../../../src/access/token-verifier';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { expectNothingOf } from '../../support/token-leaks';
import { accessClaims, foreignKey, idClaims, refusedTokens, sign } from '../../support/tokens';

let keyServer: KeyServer;
let verify: TokenVerifier;
beforeAll(async () => {
  keyServer = await startKeyServer();
  verify = accessTokenVerifier(keyServer.pool);
});
afterAll(() => keyServer.stop());

const claims = (groups = ['admin']) => accessClaims(keyServer.stack, groups);
const sub = 'c0ffee00-0000-4000-8000-000000000000';

const secret = 'SECRET-7d1f-4f6a';

async function expectRefusal(token: string, reason: string): Promise<void> {
  const error: unknown = await verify(token).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TokenRefusal);
  expect(error).toMatchObject({ name: 'TokenRefusal', reason, message: `The token is refused: ${reason}` });
  expectNothingOf(inspect(error, { depth: Infinity, showHidden: true }), token, secret);
}

describe('accessTokenVerifier', () => {
  it('knows who has signed in at either of its clients', async () => {
    for (const client_id of ['client', 'console']) {
      expect(await verify(sign({ ...claims(), client_id }))).toMatchObject({ groups: ['admin'] });
    }
  });

  it('refuses a token of one of its clients that is meant for the other', async () => {
    await expectRefusal(sign({ ...claims(), client_id: 'console', aud: 'client' }), 'another_audience');
  });

  it.each([[[]], [['admin']], [['user', 'x,admin', '[admin]', '"admin"']]])(
    'answers the user and the groups %j of a good token',
    async (groups) => {
      await expect(verify(sign(claims(groups)))).resolves.toEqual({ sub, groups });
    },
  );

  it('accepts a token that is issued five seconds ahead to the millisecond, and none that is issued later', async () => {
    const now = Math.floor(Date.now() / 1000);
    const issuedAt = (iat: number) => verify(sign({ ...claims(), iat, exp: now + 900 }));
    await at(new Date((now + 1) * 1000).toISOString(), async () => {
      await expect(issuedAt(now + 6)).resolves.toMatchObject({ sub });
      await expect(issuedAt(now + 6.001)).rejects.toMatchObject({ reason: 'issued_in_the_future' });
      await expect(issuedAt(now + 7)).rejects.toMatchObject({ reason: 'issued_in_the_future' });
    });
  });

  it('accepts a token that is issued three seconds ahead, because clocks differ', async () => {
    await expect(verify(sign({ ...claims(), iat: claims().iat + 3 }))).resolves.toEqual({ sub, groups: ['admin'] });
  });

  it('accepts an audience among which this client is', async () => {
    for (const aud of ['client', ['another', 'client']]) {
      await expect(verify(sign({ ...claims(), aud }))).resolves.toEqual({ sub, groups: ['admin'] });
    }
  });

  const reasons: Record<string, string> = {
    'a signature by another key': 'invalid_signature',
    'claims changed after signing': 'invalid_signature',
    'no signature': 'malformed',
    'alg none': 'malformed',
    'HS256 with the public key': 'another_algorithm',
    'no token at all': 'malformed',
    'an unknown key id': 'unknown_key',
    'another issuer': 'another_issuer',
    'another client': 'another_client',
    'an audience of another client': 'another_audience',
    'a past expiry': 'expired',
    'no expiry': 'no_times',
    'a future issue': 'issued_in_the_future',
    'a future nbf': 'not_valid_yet',
  };

  it.each(Object.entries(reasons))('refuses %s: %s', async (name, reason) => {
    await expectRefusal(refusedTokens(keyServer.stack)[name] ?? '', reason);
  });

  it('refuses every kind of token that the gateway has to refuse', () => {
    expect(Object.keys(refusedTokens(keyServer.stack)).sort()).toEqual(Object.keys(reasons).sort());
  });

  it.each<[string, object, string]>([
    ['an empty sub', { sub: '' }, 'unknown_claims'],
    ['no sub', { sub: undefined }, 'unknown_claims'],
    ['a sub that is no string', { sub: 1 }, 'malformed'],
    ['groups as one string', { 'cognito:groups': 'admin' }, 'unknown_claims'],
    ['groups as the gateway flattens them', { 'cognito:groups': '[admin]' }, 'unknown_claims'],
    ['a number among the groups', { 'cognito:groups': ['admin', 1] }, 'unknown_claims'],
    ['a list among the groups', { 'cognito:groups': [['admin']] }, 'unknown_claims'],
    ['groups that are null', { 'cognito:groups': null }, 'unknown_claims'],
    ['groups as an object', { 'cognito:groups': { 0: 'admin', length: 1 } }, 'unknown_claims'],
    ['no token_use', { token_use: undefined }, 'not_an_access_token'],
    ['another token_use', { token_use: secret }, 'not_an_access_token'],
    ['a token_use in another case', { token_use: 'Access' }, 'not_an_access_token'],
    ['a list as token_use', { token_use: ['access'] }, 'not_an_access_token'],
    ['another client', { client_id: secret }, 'another_client'],
    ['no client', { client_id: undefined }, 'another_client'],
    ['a client in a list', { client_id: ['client'] }, 'another_client'],
    ['another client with the right audience', { client_id: 'another', aud: 'client' }, 'another_client'],
    ['an empty list of audiences', { aud: [] }, 'another_audience'],
    ['an expiry that is a string', { exp: '9999999999' }, 'malformed'],
    ['an expiry that is null', { exp: null }, 'malformed'],
    ['an expiry of zero', { exp: 0 }, 'expired'],
    ['an expiry before any date', { exp: -1e13 }, 'malformed'],
    ['an nbf after any date', { nbf: 1e13 }, 'malformed'],
    ['no time of issue', { iat: undefined }, 'no_times'],
    ['a time of issue that is a string', { iat: '0' }, 'malformed'],
    ['no issuer', { iss: undefined }, 'another_issuer'],
  ])('refuses a well-signed token with %s: %s', async (_, change, reason) => {
    await expectRefusal(sign({ ...claims(), ...change, note: secret }), reason);
  });

  it('refuses an ID token', async () => {
    await expectRefusal(sign(idClaims(keyServer.stack, ['admin'])), 'not_an_access_token');
  });

  it('refuses a token of ten seconds ahead, and one that has ended a second ago', async () => {
    await expectRefusal(sign({ ...claims(), iat: claims().iat + 10 }), 'issued_in_the_future');
    await expectRefusal(sign({ ...claims(), exp: claims().iat - 1 }), 'expired');
  });

  const jwk = createPublicKey(foreignKey).export({ format: 'jwk' });

  it.each<[string, { header: object; key?: KeyObject }, string]>([
    ['crit', { header: { crit: ['exp'] } }, 'critical_header'],
    ['an empty crit', { header: { crit: [] } }, 'critical_header'],
    ['b64: false', { header: { b64: false } }, 'critical_header'],
    ['b64: true', { header: { b64: true } }, 'critical_header'],
    ['RS512', { header: { alg: 'RS512' } }, 'another_algorithm'],
    ['the algorithm in another case', { header: { alg: 'rs256' } }, 'another_algorithm'],
    ['no algorithm, and a signature', { header: { alg: 'none' } }, 'another_algorithm'],
    ['no key id', { header: { kid: undefined } }, 'malformed'],
    ['a key id that is no string', { header: { kid: 1 } }, 'malformed'],
    ['its own key', { header: { jwk }, key: foreignKey }, 'invalid_signature'],
    ['its own key alone', { header: { jwk, kid: undefined }, key: foreignKey }, 'malformed'],
  ])('refuses a header with %s', async (_, signing, reason) => {
    await expectRefusal(sign(claims(), signing), reason);
  });

  const encode = (text: string) => Buffer.from(text).toString('base64url');
  it.each<[string, string]>([
    ['nothing', ''],
    ['the scheme as well', `Bearer ${encode('{}')}.${encode('{}')}.AAAA`],
    ['two tokens', `${encode('{}')}.${encode('{}')}.AAAA,${encode('{}')}.${encode('{}')}.AAAA`],
    ['a header that is no JSON', `${encode(secret)}.${encode('{}')}.AAAA`],
    ['claims that are no JSON', `${encode('{"alg":"RS256","kid":"CognitoLocal"}')}.${encode(secret)}.AAAA`],
    ['claims that are a list', `${encode('{"alg":"RS256","kid":"CognitoLocal"}')}.${encode(`["${secret}"]`)}.AAAA`],
    ['lists in lists', `${encode('['.repeat(3_000))}.${encode('{}')}.AAAA`],
    ['closed lists in lists', `${encode('['.repeat(3_000) + ']'.repeat(3_000))}.${encode('{}')}.AAAA`],
  ])('refuses %s as malformed', async (_, token) => {
    await expectRefusal(token, 'malformed');
  });
});

// The library goes by the algorithm that the key set names for a key; a key may name none.
describe('requireStandardToken', () => {
  const times = () => ({ iat: Date.now() / 1000, exp: Date.now() / 1000 + 60 });

  it('lets a token pass that is signed as Cognito signs', () => {
    expect(() => requireStandardToken({ alg: 'RS256' }, times())).not.toThrow();
  });

  it.each(['RS384', 'RS512', 'PS256', 'ES256', 'HS256', 'none'])('refuses the algorithm %s', (alg) => {
    expect(() => requireStandardToken({ alg }, times())).toThrow(new TokenRefusal('another_algorithm'));
  });
});
