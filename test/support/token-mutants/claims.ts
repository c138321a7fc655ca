/**
 * Tokens that the pool has signed, so that what they say is all that is wrong with them, and tokens that say more than was
 * signed. No attacker can make the former; they show that a signature is not all that counts.
 */
import { deflateRawSync } from 'node:zlib';
import type { StackInfo } from '../../../deployment/stack-info';
import { accessClaims, encode, poolKeyId, sign, signText } from '../tokens';
import { mutants, partsOf, type Mutant } from './mutant';

const hour = 3600;

export function claimMutants(stack: StackInfo): Mutant[] {
  const claims = accessClaims(stack, ['admin']);
  const signed = (change: object) => sign({ ...claims, ...change });
  const headed = (header: object) => sign(claims, { header });
  const [usersHeader, , usersSignature] = partsOf(sign(accessClaims(stack, ['user'])));
  const rawHeader = (json: string) => signText(`${Buffer.from(json).toString('base64url')}.${encode(claims)}`);
  const twice = (first: string, second: string) => `{"alg":"RS256","kid":"${first}","kid":"${second}"}`;
  const rows: [string, string][] = [
    ['no exp', signed({ exp: undefined })],
    ['exp of null', signed({ exp: null })],
    ['exp as a string', signed({ exp: String(claims.exp) })],
    ['exp in the past', signed({ exp: claims.iat - 1 })],
    ['exp before any date', signed({ exp: -1e13 })],
    ['no iat', signed({ iat: undefined })],
    ['iat as a string', signed({ iat: String(claims.iat) })],
    ['iat in an hour', signed({ iat: claims.iat + hour, exp: claims.iat + 2 * hour })],
    ['nbf in an hour', signed({ nbf: claims.iat + hour })],
    ['nbf as a string', signed({ nbf: String(claims.iat) })],
    ['nbf after any date', signed({ nbf: 1e13 })],
    ['another issuer', signed({ iss: `${stack.cognitoUrl}/another` })],
    ['no issuer', signed({ iss: undefined })],
    ['an issuer that begins right', signed({ iss: `${claims.iss}/x` })],
    ['another client', signed({ client_id: 'another' })],
    ['no client', signed({ client_id: undefined })],
    ['another audience', signed({ aud: 'another' })],
    ['crit', headed({ crit: ['exp'] })],
    ['an empty crit', headed({ crit: [] })],
    ['crit of an extension that nobody knows', headed({ crit: ['x'], x: 1 })],
    ['b64: false', headed({ b64: false })],
    ['b64: false that is crit', headed({ b64: false, crit: ['b64'] })],
    [
      'b64: false, and the payload as it is',
      signText(`${encode({ alg: 'RS256', kid: poolKeyId, b64: false, crit: ['b64'] })}.${JSON.stringify(claims)}`),
    ],
    ['two key ids, the second one unknown', rawHeader(twice(poolKeyId, 'another'))],
    ['an unknown key id', headed({ kid: 'another' })],
    ['no key id', headed({ kid: undefined })],
    [
      'a payload compressed by deflate',
      signText(
        `${encode({ alg: 'RS256', kid: poolKeyId, zip: 'DEF' })}.${deflateRawSync(JSON.stringify(claims)).toString('base64url')}`,
      ),
    ],
    ['a payload that is a list', signText(`${encode({ alg: 'RS256', kid: poolKeyId })}.${encode([claims])}`)],
    ['a payload that is no JSON', signText(`${encode({ alg: 'RS256', kid: poolKeyId })}.Zm9v`)],
    [
      'a token within the token',
      signText(
        `${encode({ alg: 'RS256', kid: poolKeyId, cty: 'JWT' })}.${Buffer.from(sign(claims)).toString('base64url')}`,
      ),
    ],
    ["an admin's claims under a user's signature", `${usersHeader}.${encode(claims)}.${usersSignature}`],
  ];
  return mutants(rows.map(([name, token]) => [name, undefined, token]));
}
