/** What an application exchanges at the hosted UI: a code or a refresh token for tokens, an access token for who it is. */
import { createHash } from 'node:crypto';
import { ServiceError } from '../../aws-json/service-error';
import type { Pending } from '../challenges';
import type { Pool } from '../pool';
import type { Client } from '../clients';
import type { Settings } from '../settings';
import type { Grant } from './authorize';

/** An answer in JSON; errors are OAuth's (RFC 6749, 5.2). */
export interface JsonAnswer {
  status: number;
  body?: object;
}

const refuse = (error: string): JsonAnswer => ({ status: 400, body: { error } });

/** Whether the verifier is the one that the challenge was made of (RFC 7636, 4.6). */
const fits = (challenge: string | undefined, verifier: string | null) =>
  challenge === undefined
    ? verifier === null
    : verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;

/**
 * The client that a request is from. One with a secret proves itself, by HTTP Basic or in the form (RFC 6749, 2.3.1); one without
 * has nothing to prove.
 */
function authenticateClient({ clients }: Settings, authorization: string, form: URLSearchParams): Client | undefined {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1];
  const [id = '', secret] = basic
    ? Buffer.from(basic, 'base64').toString().split(':')
    : [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const client = clients.get(id);
  return client?.secret === secret ? client : undefined;
}

/** A request that an application sends: its form, and its header `Authorization`. */
export interface TokenRequest {
  form: URLSearchParams;
  authorization: string | undefined;
}

export function giveTokens(
  { sessions, settings }: Pool,
  grants: Pending<Grant>,
  { form, authorization = '' }: TokenRequest,
): JsonAnswer {
  const client = authenticateClient(settings, authorization, form);
  if (!client) return refuse('invalid_client');
  const asAnswer = ({ AccessToken, IdToken, ExpiresIn }: ReturnType<typeof sessions.refresh>) => ({
    id_token: IdToken,
    access_token: AccessToken,
    expires_in: ExpiresIn,
    token_type: 'Bearer',
  });
  try {
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const grant = grants.take(form.get('code') ?? '');
        const isTheirs =
          grant &&
          grant.clientId === client.id &&
          grant.callbackUrl === form.get('redirect_uri') &&
          fits(grant.codeChallenge, form.get('code_verifier'));
        if (!isTheirs) return refuse('invalid_grant');
        const { RefreshToken, ...given } = sessions.signIn(grant.sub, grant);
        return { status: 200, body: { ...asAnswer(given), refresh_token: RefreshToken } };
      }
      case 'refresh_token':
        return { status: 200, body: asAnswer(sessions.refresh(form.get('refresh_token') ?? '', client.id)) };
      default:
        return refuse('unsupported_grant_type');
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return refuse('invalid_grant');
  }
}

export function revokeToken({ sessions, settings }: Pool, { form, authorization = '' }: TokenRequest): JsonAnswer {
  const client = authenticateClient(settings, authorization, form);
  if (!client) return refuse('invalid_client');
  const token = form.get('token') ?? '';
  if (token.startsWith('eyJ')) return refuse('unsupported_token_type');
  sessions.revoke(token, client.id);
  return { status: 200 };
}

export function userInfo({ sessions }: Pool, authorization = ''): JsonAnswer {
  try {
    const { user, scopes } = sessions.readAccessToken(authorization.replace(/^Bearer /, ''));
    if (!scopes.includes('openid')) return { status: 403, body: { error: 'insufficient_scope' } };
    const email = { email: user.email, email_verified: String(user.emailVerified) };
    return { status: 200, body: { sub: user.sub, username: user.sub, ...(scopes.includes('email') ? email : {}) } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { status: 401, body: { error: 'invalid_token' } };
  }
}
