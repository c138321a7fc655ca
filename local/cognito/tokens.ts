/** The tokens of the local pool: signed, with the claims that Cognito gives them, and read again. */
import { randomUUID, sign, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { ServiceError } from '../aws-json/service-error';
import type { Client } from './clients';
import type { Settings } from './settings';
import { keyId } from './signing-key';
import type { Session, User } from './store';

export interface Tokens {
  AccessToken: string;
  IdToken: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const header = encode({ alg: 'RS256', kid: keyId });

function signToken(claims: object, key: KeyObject): string {
  const text = `${header}.${encode(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/** A sign-in, under the claim `origin_jti` of its tokens. */
interface Origin extends Session {
  id: string;
  nonce?: string | undefined;
}

/** Makes the tokens of a sign-in. `groups` are in the order in which the tokens have them. */
export function makeTokens(
  { issuer }: Settings,
  { id: clientId, validity }: Client,
  key: KeyObject,
  { sub, email, emailVerified, groups }: User,
  { id, scope, signedInAt, nonce }: Origin,
): Tokens {
  const iat = Math.floor(Date.now() / 1000);
  const shared = {
    sub,
    ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
    iss: issuer,
    origin_jti: id,
    event_id: randomUUID(),
    auth_time: Math.floor(signedInAt / 1000),
    iat,
  };
  const access = {
    ...shared,
    token_use: 'access',
    client_id: clientId,
    scope,
    username: sub,
    exp: iat + validity.access,
    jti: randomUUID(),
  };
  const identity = {
    ...shared,
    token_use: 'id',
    aud: clientId,
    email,
    email_verified: emailVerified,
    'cognito:username': sub,
    ...(nonce === undefined ? {} : { nonce }),
    exp: iat + validity.id,
    jti: randomUUID(),
  };
  return {
    AccessToken: signToken(access, key),
    IdToken: signToken(identity, key),
    ExpiresIn: validity.access,
    TokenType: 'Bearer',
  };
}

const accessClaims = z.object({
  sub: z.string(),
  token_use: z.literal('access'),
  client_id: z.string(),
  origin_jti: z.string(),
  scope: z.string(),
  exp: z.number(),
});

export const notAuthorized = (message: string) => new ServiceError('NotAuthorizedException', message);

/** What an access token of this pool says. Throws `ServiceError` where it is none, or has expired. */
export function readAccessToken(token: string, key: KeyObject): z.infer<typeof accessClaims> {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const isOurs =
    head === header &&
    more.length === 0 &&
    verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  const claims = isOurs ? accessClaims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString())) : undefined;
  if (!claims?.success) throw notAuthorized('Invalid Access Token');
  if (claims.data.exp <= Date.now() / 1000) throw notAuthorized('Access Token has expired');
  return claims.data;
}
