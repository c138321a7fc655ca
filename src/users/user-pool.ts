/** The pool of this deployment as functions reach it: bounded in time, and plain about a Cognito that cannot answer. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { config, readUserPoolId } from '../config';
import { DeadlineError, isTimeFor } from '../deadline';
import { busy } from '../errors';
import type { Pool } from './pool';

/** The longest that one try takes, in milliseconds. */
const longestTry = 2_000;

const client = new CognitoIdentityProviderClient({
  region: config.region,
  endpoint: config.cognitoEndpoint,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: longestTry, throwOnRequestTimeout: true },
});

client.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw error instanceof DeadlineError || (isSdkError(error) && isOfTheMoment(error)) ? busy(error) : error;
    }
  },
  { step: 'initialize', name: 'unavailableMeansBusy' },
);

// The last step before the network: what is begun ends before the deadline, so that nothing happens after the answer.
client.middlewareStack.add(
  (next) => (args) => {
    if (!isTimeFor(longestTry)) throw new DeadlineError();
    return next(args);
  },
  { step: 'deserialize', priority: 'low', name: 'noTryPastTheDeadline' },
);

type SdkError = Parameters<typeof isTransientError>[0];
const isSdkError = (error: unknown): error is SdkError => typeof error === 'object' && error !== null;
/** Beside throttling, Cognito has limits of the day and of the account (`LimitExceededException`), for mails above all. */
const isOfTheMoment = (error: SdkError) =>
  isThrottlingError(error) || isTransientError(error) || error.name === 'LimitExceededException';

export const pool: Pool = { client, userPoolId: readUserPoolId() };
