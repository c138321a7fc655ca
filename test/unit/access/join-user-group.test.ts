import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { joinUserGroup } from '../../../src/access/join-user-group';
import { mockClient } from '../../support/mock-client';

const cognito = mockClient(CognitoIdentityProviderClient);
beforeEach(() => cognito.reset());

const confirmed = (triggerSource: PostConfirmationTriggerEvent['triggerSource']): PostConfirmationTriggerEvent => ({
  version: '1',
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_pool',
  userName: 'user-1',
  callerContext: { awsSdkVersion: '1', clientId: 'client' },
  triggerSource,
  request: { userAttributes: { sub: 'user-1' } },
  response: {},
});

describe('joinUserGroup', () => {
  it('puts whoever confirms a sign-up into the group user, and answers the event', async () => {
    cognito.on(AdminAddUserToGroupCommand).resolves({});
    const event = confirmed('PostConfirmation_ConfirmSignUp');

    await expect(joinUserGroup(event)).resolves.toEqual(confirmed('PostConfirmation_ConfirmSignUp'));
    expect(cognito.calls().map((call) => call.args[0].input)).toEqual([
      { UserPoolId: 'eu-central-1_pool', Username: 'user-1', GroupName: 'user' },
    ]);
  });

  it('changes no groups after a forgotten password, and answers the event', async () => {
    const event = confirmed('PostConfirmation_ConfirmForgotPassword');

    await expect(joinUserGroup(event)).resolves.toEqual(confirmed('PostConfirmation_ConfirmForgotPassword'));
    expect(cognito.calls()).toEqual([]);
  });

  it('throws on what goes wrong in Cognito', async () => {
    const failure = new Error('ResourceNotFoundException: Group not found.');
    cognito.on(AdminAddUserToGroupCommand).rejects(failure);

    await expect(joinUserGroup(confirmed('PostConfirmation_ConfirmSignUp'))).rejects.toBe(failure);
  });
});
