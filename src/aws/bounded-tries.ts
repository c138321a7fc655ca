/**
 * Settings of SDK clients that requests wait for: their tries are limited in time, and a service that cannot answer is
 * `busy`.
 */
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { DeadlineError, isTimeFor } from '../deadline';
import { busy } from '../errors';

/** The longest that one try takes, in milliseconds; three of them end well within the functions' timeout of 10 s. */
export const longestTry = 2_000;

/** Settings of a client. */
export const boundedTries = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: longestTry, throwOnRequestTimeout: true },
};

/**
 * Settings for which the SDK would search the environment and configuration files, one by one, before its first call.
 * No function has any of them there, so they are given here.
 */
export const settled = {
  retryMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  disableClockSkewCorrection: false,
  authSchemePreference: [],
};

type Next<Args, Output> = (args: Args) => Promise<Output>;

/**
 * For a client's step `initialize`: throws `busy` when the SDK has used up its own tries on throttling, on a 5xx or on a service
 * that is out of reach, and when there is no time left for one.
 */
export const unavailableMeansBusy =
  <Args, Output>(next: Next<Args, Output>): Next<Args, Output> =>
  async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw error instanceof DeadlineError || (isSdkError(error) && isOfTheMoment(error)) ? busy(error) : error;
    }
  };

/** For the last step before the network, once for each of the SDK's own tries: what is begun ends before the deadline. */
export const noTryPastTheDeadline =
  <Args, Output>(next: Next<Args, Output>): Next<Args, Output> =>
  (args) => {
    if (!isTimeFor(longestTry)) throw new DeadlineError();
    return next(args);
  };

type SdkError = Parameters<typeof isTransientError>[0];
const isSdkError = (error: unknown): error is SdkError => typeof error === 'object' && error !== null;
/**
 * The SDK counts Cognito's quotas per day and per account (`LimitExceededException`), those for mails above all, as
 * throttling.
 */
const isOfTheMoment = (error: SdkError) => isThrottlingError(error) || isTransientError(error);
