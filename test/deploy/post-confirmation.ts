/** The trigger that Cognito invokes when a sign-up is confirmed, and the emulator's Cognito does not. */
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Deployment } from '../../deployment/deployment';
import { clientSettings, region } from './account';

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
