/** The DynamoDB document client: made once, bounded in time, and plain about a database that cannot answer. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { config } from '../config';
import { busy } from '../errors';

const client = new DynamoDBClient({
  region: config.region,
  endpoint: config.dynamodbEndpoint,
  // Three tries of at most 2 s end well within the functions' timeout of 10 s.
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

// An eighth of a warm read: the one filters what it logs to nowhere, the other makes up the SDK's name in every call.
client.middlewareStack.remove('loggerMiddleware');
client.middlewareStack.remove('getUserAgentMiddleware');

/** Throws `busy` when the SDK has used up its own tries on throttling, on a 5xx or on an unreachable database. */
export const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

documents.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw isSdkError(error) && (isThrottlingError(error) || isTransientError(error)) ? busy(error) : error;
    }
  },
  { step: 'initialize', name: 'unavailableMeansBusy' },
);

function isSdkError(error: unknown): error is Parameters<typeof isTransientError>[0] {
  return typeof error === 'object' && error !== null;
}

export const { tableName } = config;
