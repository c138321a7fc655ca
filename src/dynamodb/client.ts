/** The DynamoDB document client: made once, bounded in time, and plain about a database that cannot answer. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/lib-dynamodb';
import { boundedTries, noTryPastTheDeadline, settled, unavailableMeansBusy } from '../aws/bounded-tries';
import { config } from '../config';
import { deadlineSignal } from '../deadline';

const client = new DynamoDBClient({
  region: config.region,
  endpoint: config.dynamodbEndpoint,
  accountIdEndpointMode: 'preferred',
  ...settled,
  ...boundedTries,
});

// These two take an eighth of a warm read, for nothing: the first prepares log lines that go nowhere, the second puts
// the SDK's name together anew for every call.
client.middlewareStack.remove('loggerMiddleware');
client.middlewareStack.remove('getUserAgentMiddleware');

export const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

documents.middlewareStack.add(unavailableMeansBusy, { step: 'initialize' });
documents.middlewareStack.add(noTryPastTheDeadline, { step: 'deserialize', priority: 'low' });

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
