/** The trigger of the local pool: the function that the real pool has too, invoked as Cognito does. */
import { ServiceError } from '../aws-json/service-error';
import { localRegion } from '../account';
import { invokeFunction } from '../loopback/functions';
import { clientId } from './clients';
import { userPoolId } from './settings';
import type { User } from './store';

/** Throws `ServiceError` where the trigger fails, as the person who confirms is told. */
export type Trigger = (
  user: User,
  source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword',
) => Promise<void>;

/** As long as Cognito waits. */
const limitMs = 5_000;

/** Invoked at this socket. */
export function postConfirmation(functionSocket: string): Trigger {
  return async ({ sub, email, emailVerified, attributes, status }, triggerSource) => {
    const event = {
      version: '1',
      triggerSource,
      region: localRegion,
      userPoolId,
      userName: sub,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
      request: {
        userAttributes: {
          sub,
          ...attributes,
          email_verified: String(emailVerified),
          'cognito:user_status': status,
          email,
        },
      },
      response: {},
    };
    const failure = await invoke(functionSocket, event);
    if (failure === undefined) return;
    throw new ServiceError('UserLambdaValidationException', `PostConfirmation failed with error ${failure}.`);
  };
}

/** Why it failed, if it did. */
async function invoke(socket: string, event: object): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(limitMs);
    const { failed, payload } = await invokeFunction(socket, { name: 'join-user-group', event, signal });
    return failed ? payload : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
