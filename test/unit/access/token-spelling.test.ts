/** A token has one spelling: what base64 leaves open is refused, by the verifier and by the local JWT authorizer alike. */
import { jwtAuthorizer } from '../../../local/gateway/jwt-authorizer';
import { accessTokenVerifier } from '../../../src/access/token-verifier';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { accessClaims, sign } from '../../support/tokens';

let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer();
});
afterAll(() => keyServer.stop());

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const bytesOf = (part: string) => Buffer.from(part, 'base64url');

/** All texts of a signature that come to the same 256 bytes: its last character has four bits to spare, and padding is none. */
function spellings(signature: string): string[] {
  const start = signature.slice(0, -1);
  return Array.from(alphabet)
    .map((last) => start + last)
    .filter((text) => bytesOf(text).equals(bytesOf(signature)))
    .flatMap((text) => [text, `${text}=`, `${text}==`]);
}

it('accessTokenVerifier and jwtAuthorizer accept one of the 48 spellings of a signature', async () => {
  const verify = accessTokenVerifier(keyServer.pool);
  const authorize = jwtAuthorizer(keyServer.pool);
  const token = sign(accessClaims(keyServer.stack, ['admin']));
  const content = token.slice(0, token.lastIndexOf('.') + 1);
  const tokens = spellings(token.slice(content.length)).map((signature) => content + signature);
  expect(new Set(tokens).size).toBe(48);

  const accepted: Record<'verify' | 'authorize', string[]> = { verify: [], authorize: [] };
  const ending = (spelt: string) => spelt.slice(token.length - 1);
  for (const spelt of tokens) {
    const [verified, authorized] = await Promise.allSettled([verify(spelt), authorize(spelt)]);
    if (verified.status === 'fulfilled') accepted.verify.push(ending(spelt));
    else expect(verified.reason).toMatchObject({ name: 'TokenRefusal', reason: 'malformed' });
    if (authorized.status === 'fulfilled' && authorized.value) accepted.authorize.push(ending(spelt));
  }
  expect(accepted).toEqual({ verify: [ending(token)], authorize: [ending(token)] });
});
