/** Tokens of the local pool: signed with its real key, or forged in the ways an attacker would try. */
import { createHmac, createPrivateKey, createPublicKey, createSign, type KeyLike, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { keyId } from '../../local/cognito/signing-key';
import * as pool from './pool-key';
import type { StackInfo } from '../../deployment/stack-info';

/** A part of a token. */
export const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The claims or the header of a token. */
const decode = (part: string) => z.looseObject({}).parse(JSON.parse(Buffer.from(part, 'base64url').toString()));

/** The pool's own key: nobody has it but the pool, and these tests. Read already, which takes longer than to sign with it. */
export const poolKey = createPrivateKey(pool.poolKey());
export const poolKeyId = keyId;
/** A key of an attacker. */
export const foreignKey = createPrivateKey(pool.keyOfRun('foreign-key'));

interface Signing {
  header?: object;
  key?: KeyLike;
}

/** An RS256 token, signed with the pool's own key unless another one is given. */
export function sign(claims: object, { header = {}, key = poolKey }: Signing = {}): string {
  const content = `${encode({ alg: 'RS256', typ: 'JWT', kid: poolKeyId, ...header })}.${encode(claims)}`;
  return signText(content, key);
}

/** Adds an RS256 signature to any text, be it the first two parts of a token or not. */
export const signText = (content: string, key: KeyLike = poolKey) =>
  `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;

type UserPool = Pick<StackInfo, 'cognitoUrl' | 'userPoolId' | 'clientId'>;

/** The claims that Cognito puts into an access token for this pool and client. */
export function accessClaims({ cognitoUrl, userPoolId, clientId }: UserPool, groups: string[]) {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: 'c0ffee00-0000-4000-8000-000000000000',
    iss: `${cognitoUrl}/${userPoolId}`,
    client_id: clientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    iat: now,
    auth_time: now,
    exp: now + 900,
    username: 'c0ffee00-0000-4000-8000-000000000000',
    ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
  };
}

/** A token of an admin. */
export const adminOf = (pool: UserPool) => sign(accessClaims(pool, ['admin']));

/** The claims of an ID token, which names its client as the audience. */
export function idClaims(pool: UserPool, groups: string[]) {
  const { client_id: aud, ...claims } = accessClaims(pool, groups);
  return { ...claims, aud, token_use: 'id', email: 'someone@example.com', email_verified: true };
}

/** What anyone can make of an admin's token and the pool's public key, by what is wrong with it. */
export function forgeries(token: string, publicKey: KeyObject): Record<string, string> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid } = decode(header);
  const claims = decode(payload);
  const hmacContent = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`;
  const hmacKey = publicKey.export({ type: 'spki', format: 'pem' });
  return {
    'a signature by another key': sign(claims, { header: { kid }, key: foreignKey }),
    'claims changed after signing': `${header}.${encode({ ...claims, 'cognito:groups': ['admin', 'user'] })}.${signature}`,
    'no signature': `${header}.${payload}.`,
    'alg none': `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
    'HS256 with the public key': `${hmacContent}.${createHmac('sha256', hmacKey).update(hmacContent).digest('base64url')}`,
    'no token at all': 'not-a-token',
  };
}

/** Tokens for an admin that the gateway must not accept, by what is wrong with them. */
export function refusedTokens(stack: StackInfo): Record<string, string> {
  const claims = accessClaims(stack, ['admin']);
  const hour = 3600;
  return {
    ...forgeries(sign(claims), createPublicKey(poolKey)),
    'an unknown key id': sign(claims, { header: { kid: 'another' } }),
    'another issuer': sign({ ...claims, iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_another' }),
    'another client': sign({ ...claims, client_id: 'anotherclient' }),
    'an audience of another client': sign({ ...claims, aud: 'anotherclient' }),
    'a past expiry': sign({ ...claims, iat: claims.iat - 2 * hour, exp: claims.iat - hour }),
    'no expiry': sign({ ...claims, exp: undefined }),
    'a future issue': sign({ ...claims, iat: claims.iat + hour }),
    'a future nbf': sign({ ...claims, nbf: claims.iat + hour }),
  };
}
