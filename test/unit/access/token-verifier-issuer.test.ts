/** Only tokens of the one issuer count, letter by letter; its keys come from nowhere else, and are for RS256 alone. */
import { accessTokenVerifier } from '../../../src/access/token-verifier';
import { poolJwk, startKeyServer, type KeyServer } from '../../support/key-server';
import { accessClaims, sign } from '../../support/tokens';

let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer();
});
beforeEach(() => {
  keyServer.requests.length = 0;
  keyServer.answer = keyServer.serveKeys;
});
afterAll(() => keyServer.stop());

const tokenOf = (iss: unknown, header = {}) => sign({ ...accessClaims(keyServer.stack, ['admin']), iss }, { header });

describe('accessTokenVerifier, for one issuer', () => {
  it('asks for the keys once, where the issuer says they are', async () => {
    const verify = accessTokenVerifier(keyServer.pool);
    const token = tokenOf(keyServer.pool.issuer);
    await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    await verify(token);
    expect(keyServer.requests).toEqual(['/eu-central-1_pool/.well-known/jwks.json']);
  });

  it.each<[string, (issuer: string) => unknown]>([
    ['a trailing slash', (issuer) => `${issuer}/`],
    ['another path', (issuer) => issuer.replace(/\/[^/]+$/, '/eu-central-1_another')],
    ['the path in another case', (issuer) => issuer.replace('_pool', '_Pool')],
    ['a longer path', (issuer) => `${issuer}2`],
    ['another name of the same machine', (issuer) => issuer.replace('127.0.0.1', 'localhost')],
    ['https', (issuer) => issuer.replace('http:', 'https:')],
    ['a user before the host', (issuer) => issuer.replace('//', '//x@')],
    ['white space', (issuer) => ` ${issuer}`],
    ['nothing', () => ''],
  ])('refuses an issuer with %s without asking for keys', async (_, change) => {
    const verify = accessTokenVerifier(keyServer.pool);
    await expect(verify(tokenOf(change(keyServer.pool.issuer)))).rejects.toMatchObject({ reason: 'another_issuer' });
    expect(keyServer.requests).toEqual([]);
  });

  it.each([
    'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool/',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_another',
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-central-1_pool',
  ])('refuses %s for a pool of Cognito, which has another name of its own', async (iss) => {
    const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool';
    const verify = accessTokenVerifier({ ...keyServer.pool, issuer });
    await expect(verify(tokenOf(iss))).rejects.toMatchObject({ reason: 'another_issuer' });
  });

  it('does not ask where a token wants it to', async () => {
    const verify = accessTokenVerifier(keyServer.pool);
    const url = `${keyServer.stack.cognitoUrl}/evil`;
    const token = tokenOf(keyServer.pool.issuer, { kid: 'evil', jku: url, x5u: url });
    await expect(verify(token)).rejects.toMatchObject({ reason: 'unknown_key' });
    expect(keyServer.requests).toEqual(['/eu-central-1_pool/.well-known/jwks.json']);
  });

  it.each(['localhost', '127.0.0.2', '[::1]', '[::ffff:127.0.0.1]', '127.0.0.1.example.com', 'example.com'])(
    'fetches nothing over http from %s',
    async (host) => {
      const issuer = keyServer.pool.issuer.replace('127.0.0.1', host);
      const verify = accessTokenVerifier({ ...keyServer.pool, issuer });
      await expect(verify(tokenOf(issuer))).rejects.toMatchObject({ name: 'KeySetError' });
      expect(keyServer.requests).toEqual([]);
    },
  );

  it('takes a key that names no algorithm for RS256 alone', async () => {
    const { alg, ...jwk } = poolJwk;
    keyServer.answer = (_, response) => response.end(JSON.stringify({ keys: [jwk] }));
    const verify = accessTokenVerifier(keyServer.pool);
    await expect(verify(tokenOf(keyServer.pool.issuer, { alg }))).resolves.toMatchObject({ groups: ['admin'] });
    // The library verifies ES256 with an RSA key as if it were RS256.
    const renamed = tokenOf(keyServer.pool.issuer, { alg: 'ES256' });
    await expect(verify(renamed)).rejects.toMatchObject({ reason: 'another_algorithm' });
  });

  it('follows no redirect', async () => {
    keyServer.answer = (_, response) => response.writeHead(302, { location: '/elsewhere' }).end();
    const verify = accessTokenVerifier(keyServer.pool);
    await expect(verify(tokenOf(keyServer.pool.issuer))).rejects.toMatchObject({ name: 'KeySetError' });
    expect(keyServer.requests).toEqual(['/eu-central-1_pool/.well-known/jwks.json']);
  });
});
