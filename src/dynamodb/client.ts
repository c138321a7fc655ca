/** The DynamoDB document client: made once, bounded in time, and plain about a database that cannot answer. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/lib-dynamodb';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { config } from '../config';
import { DeadlineError, deadlineSignal, isTimeFor } from '../deadline';
import { busy } from '../errors';

/** The longest that one try takes, in milliseconds; three of them end well within the functions' timeout of 10 s. */
export const longestTry = 2_000;

const client = new DynamoDBClient({
  region: config.region,
  endpoint: config.dynamodbEndpoint,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: longestTry, throwOnRequestTimeout: true },
});

// An eighth of a warm read: the one filters what it logs to nowhere, the other makes up the SDK's name in every call.
client.middlewareStack.remove('loggerMiddleware');
client.middlewareStack.remove('getUserAgentMiddleware');

export const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

documents.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw error instanceof DeadlineError || (isSdkError(error) && isOfTheMoment(error)) ? busy(error) : error;
    }
  },
  { step: 'initialize', name: 'unavailableMeansBusy' },
);

// The last step before the network, once for each of the SDK's own tries.
documents.middlewareStack.add(
  (next) => (args) => {
    if (!isTimeFor(longestTry)) throw new DeadlineError();
    return next(args);
  },
  { step: 'deserialize', priority: 'low', name: 'noTryPastTheDeadline' },
);

type SdkError = Parameters<typeof isTransientError>[0];
const isSdkError = (error: unknown): error is SdkError => typeof error === 'object' && error !== null;
const isOfTheMoment = (error: SdkError) => isThrottlingError(error) || isTransientError(error);

type DocumentCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof documents.send<Input, Output>
>[0];

/**
 * Sends a command; at the request's deadline it is given up, and its connection closed. Throws `busy` when the SDK has used
 * up its own tries on throttling, on a 5xx or on an unreachable database, and when there is no time left for one.
 */
export const send = <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: DocumentCommand<Input, Output>,
): Promise<Output> => documents.send(command, { abortSignal: deadlineSignal() });

export const { tableName } = config;
