/** An invitation that Cognito cannot mail, as where SES is in its sandbox: the account is made all the same (aws/aws-sdk#438). */
import {
  AdminCreateUserCommand,
  CodeDeliveryFailureException,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { fakeContext, fakeEvent } from '../../support/events';
import { mockClient } from '../../support/mock-client';

const cognito = mockClient(CognitoIdentityProviderClient);
process.env['TOKEN_ISSUER'] = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool';

it('POST /admin/users answers 400 and says so where no invitation could be mailed to the address', async () => {
  const message = 'Email address is not verified. The following identities failed the check: jo@example.com';
  cognito.on(AdminCreateUserCommand).rejects(new CodeDeliveryFailureException({ message, $metadata: {} }));
  const { handler } = await import('../../../functions/invite-user');
  const event = fakeEvent({ routeKey: 'POST /admin/users', body: { email: 'jo@example.com' } });
  const { statusCode, body } = await handler(event, fakeContext());
  expect([statusCode, JSON.parse(body ?? '')]).toEqual([
    400,
    expect.objectContaining({
      code: 'invalid_request',
      errors: [
        {
          in: 'body',
          pointer: '/email',
          detail:
            'is an address that no invitation could be mailed to: correct it, or invite again once mail gets there',
        },
      ],
    }),
  ]);
});
