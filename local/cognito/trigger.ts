/** The trigger of the local pool: the function that the real pool has too, invoked as Cognito does. */
import { ServiceError } from '../aws-json/service-error';
import { localRegion } from '../account';
import { clientId, userPoolId } from './settings';
import type { User } from './store';

/** Throws `ServiceError` where the trigger fails, as the person who confirms is told. */
export type Trigger = (
  user: User,
  source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword',
) => Promise<void>;

/** As long as Cognito waits. */
const limitMs = 5_000;

/** `url` is where the function can be invoked, as with Lambda's own API. */
export function postConfirmation(url: string): Trigger {
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
    const failure = await invoke(url, event);
    if (failure === undefined) return;
    throw new ServiceError('UserLambdaValidationException', `PostConfirmation failed with error ${failure}.`);
  };
}

/** Why it failed, if it did. */
async function invoke(url: string, event: object): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(limitMs),
    });
    const text = await response.text();
    return response.ok && !response.headers.has('x-amz-function-error') ? undefined : text;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
