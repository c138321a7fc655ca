/** What Cognito does when a sign-up is confirmed, and the emulator's does not. */
import {
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Deployment } from '../../deployment/deployment';
import { clientSettings, region } from './account';

/** The code went to the address, and so proves it. */
export async function markVerified({ userPoolId: UserPoolId }: Deployment, Username: string): Promise<void> {
  const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
  const cognito = new CognitoIdentityProviderClient(clientSettings());
  await cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
}

/** What the trigger fails with, if it does, for the user who has just confirmed. */
export async function runPostConfirmation(
  { userPoolId, clientId }: Deployment,
  username: string,
): Promise<string | undefined> {
  const cognito = new CognitoIdentityProviderClient(clientSettings());
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  const { Username, UserAttributes = [] } = await cognito.send(
    new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username }),
  );
  const event = {
    version: '1',
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    region,
    userPoolId,
    userName: Username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request: { userAttributes: Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])) },
    response: {},
  };
  const { FunctionError, Payload } = await new LambdaClient(clientSettings()).send(
    new InvokeCommand({
      FunctionName: UserPool?.LambdaConfig?.PostConfirmation,
      Payload: JSON.stringify(event),
    }),
  );
  return FunctionError && `PostConfirmation failed with error ${Buffer.from(Payload ?? []).toString()}`;
}
