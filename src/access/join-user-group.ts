/** Puts whoever confirms a sign-up into the group `user`: Cognito's PostConfirmation trigger. */
import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { config } from '../config';
import type { Group } from './policy';

const GroupName: Group = 'user';

const cognito = new CognitoIdentityProviderClient({
  region: config.region,
  endpoint: config.cognitoEndpoint,
  // Cognito waits five seconds for a trigger.
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
});

/**
 * Answers the event as Cognito expects. The trigger also fires after a forgotten password
 * (`PostConfirmation_ConfirmForgotPassword`), where it must do nothing: a password reset would put back a user whom an
 * admin has removed. An error of Cognito's is thrown on, so that the failed sign-up is seen by the user and the alarms.
 */
export async function joinUserGroup(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource === 'PostConfirmation_ConfirmSignUp') {
    const { userPoolId: UserPoolId, userName: Username } = event;
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  return event;
}
