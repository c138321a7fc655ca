/** Tokens that bring the key to verify them with, or say where it is: all signed by an attacker. */
import { createPublicKey, type KeyLike } from 'node:crypto';
import type { StackInfo } from '../../../deployment/stack-info';
import { accessClaims, encode, foreignKey, poolKeyId, signText } from '../tokens';
import { mutants, type Mutant } from './mutant';

/** The public half of the attacker's key, as an entry of a key set. */
export const attackersJwk = {
  ...createPublicKey(foreignKey).export({ format: 'jwk' }),
  alg: 'RS256',
  use: 'sig',
  kid: poolKeyId,
};

/** A header of this text, so that members can be there twice. */
const withHeader = (json: string, claims: object, key: KeyLike) =>
  signText(`${Buffer.from(json).toString('base64url')}.${encode(claims)}`, key);

/** `keyUrl` is where the attacker's key set lies in wait. */
export function keyMutants(stack: StackInfo, keyUrl: string): Mutant[] {
  const claims = accessClaims(stack, ['admin']);
  const attackers = (header: object, change: object = {}) =>
    withHeader(JSON.stringify({ alg: 'RS256', kid: poolKeyId, ...header }), { ...claims, ...change }, foreignKey);
  const jku = `${keyUrl}/.well-known/jwks.json`;
  const twice = (first: string, second: string) => `{"alg":"RS256","kid":"${first}","kid":"${second}"}`;
  return mutants([
    ['an embedded jwk', 'rejectsAttackerProvidedEmbeddedJwk', attackers({ jwk: attackersJwk })],
    [
      'an embedded jwk, and no key id',
      'rejectsAttackerProvidedEmbeddedJwk',
      attackers({ jwk: attackersJwk, kid: undefined }),
    ],
    [
      'an embedded jwk with a key id of its own',
      'rejectsAttackerProvidedEmbeddedJwk',
      attackers({ jwk: { ...attackersJwk, kid: 'mine' }, kid: 'mine' }),
    ],
    ['jku', undefined, attackers({ jku })],
    ['jku, and no key id', undefined, attackers({ jku, kid: undefined })],
    ['jku with a key id of its own', undefined, attackers({ jku, kid: 'mine' })],
    ['x5u', undefined, attackers({ x5u: `${keyUrl}/certificate.pem` })],
    ['x5u with a key id of its own', undefined, attackers({ x5u: `${keyUrl}/certificate.pem`, kid: 'mine' })],
    [
      'x5c',
      undefined,
      attackers({ x5c: [createPublicKey(foreignKey).export({ type: 'spki', format: 'der' }).toString('base64')] }),
    ],
    ['jku, x5u and jwk at once', undefined, attackers({ jku, x5u: jku, jwk: attackersJwk })],
    ['jku that is crit', undefined, attackers({ jku, crit: ['jku'] })],
    ['the address of a key set as key id', undefined, attackers({ kid: jku })],
    ['a path as key id', undefined, attackers({ kid: '../../../../dev/null' })],
    ['a number as key id', undefined, attackers({ kid: 1 })],
    ['__proto__ as key id', undefined, attackers({ kid: '__proto__' })],
    ['an issuer of the attacker', undefined, attackers({}, { iss: keyUrl })],
    ['an issuer of the attacker, and jku', undefined, attackers({ jku, kid: 'mine' }, { iss: keyUrl })],
    ['two issuers', undefined, attackers({}, { iss: [claims.iss, keyUrl] })],
    ['the key of an attacker', undefined, attackers({})],
    ['the key of an attacker, and two key ids', undefined, withHeader(twice('mine', poolKeyId), claims, foreignKey)],
    [
      'the key of an attacker, and two key ids in the other order',
      undefined,
      withHeader(twice(poolKeyId, 'mine'), claims, foreignKey),
    ],
    ['the same key id twice', undefined, withHeader(twice(poolKeyId, poolKeyId), claims, foreignKey)],
  ]);
}
