/** What the emulator's hosted UI leaves out: the groups in a token that it renews, and the end of a sign-in (`/oauth2/revoke`). */
import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import { clientSettings } from './account';

const basic = /^Basic (.+)$/;

/** The client that asks, as HTTP's basic authentication names it (RFC 6749, 2.3.1). */
function clientOf({ headers }: IncomingMessage): { ClientId: string; ClientSecret: string } {
  const [, encoded = ''] = basic.exec(headers.authorization ?? '') ?? [];
  const [ClientId = '', ClientSecret = ''] = Buffer.from(encoded, 'base64')
    .toString()
    .split(':')
    .map(decodeURIComponent);
  return { ClientId, ClientSecret };
}

const isTo = ({ method, url = '' }: IncomingMessage, path: string) =>
  method === 'POST' && new URL(url, 'http://127.0.0.1').pathname === path;

export const isRevocation = (request: IncomingMessage): boolean => isTo(request, '/oauth2/revoke');

/** The pool's own operation does what the address does on AWS. */
export async function revoke(request: IncomingMessage, body: Buffer): Promise<void> {
  const Token = new URLSearchParams(body.toString()).get('token') ?? '';
  const pool = new CognitoIdentityProviderClient(clientSettings());
  await pool.send(new RevokeTokenCommand({ Token, ...clientOf(request) }));
}

export const isRenewal = (request: IncomingMessage, body: Buffer): boolean =>
  isTo(request, '/oauth2/token') && new URLSearchParams(body.toString()).get('grant_type') === 'refresh_token';

const tokens = z.looseObject({ access_token: z.string(), id_token: z.optional(z.string()) });

/** The hosted UI's answer, once it has let the client in, with the tokens of the pool's operation, which name the groups. */
export async function withGroups(answer: Buffer, request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const given = tokens.parse(JSON.parse(answer.toString()));
  const RefreshToken = new URLSearchParams(body.toString()).get('refresh_token') ?? '';
  const pool = new CognitoIdentityProviderClient(clientSettings());
  const { AuthenticationResult: renewed } = await pool.send(
    new GetTokensFromRefreshTokenCommand({ RefreshToken, ...clientOf(request) }),
  );
  return Buffer.from(
    JSON.stringify({
      ...given,
      access_token: renewed?.AccessToken,
      ...(given.id_token && { id_token: renewed?.IdToken }),
    }),
  );
}
