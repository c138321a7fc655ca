/** What becomes of a sign-in: new tokens for it, and its end. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { clientOperation, userOperation } from './operation';

const GetTokensFromRefreshToken = clientOperation(
  z.object({ RefreshToken: z.string() }),
  ({ sessions }, { RefreshToken }) => ({ AuthenticationResult: sessions.refresh(RefreshToken) }),
);

const RevokeToken = clientOperation(z.object({ Token: z.string() }), ({ sessions }, { Token }) => {
  // Only refresh tokens can be revoked, and every JWT begins like this.
  if (Token.startsWith('eyJ')) throw new ServiceError('UnsupportedTokenTypeException', 'Unsupported token type.');
  sessions.revoke(Token);
  return {};
});

const GlobalSignOut = userOperation(z.object({}), ({ sessions }, _, { sub }) => {
  sessions.signOut(sub);
  return {};
});

export const sessionOperations = { GetTokensFromRefreshToken, RevokeToken, GlobalSignOut };
