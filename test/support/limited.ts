/** A database with limits of AWS of its own in front, for tests of the limits themselves, and plain requests to it. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { startAwsLimits, type AwsLimits, type Settings } from '../../bench/aws-limits/proxy';

const { TEST_UNLIMITED_DATABASE = '', TABLE_NAME: TableName = '' } = process.env;

/** A client that tries nothing again. */
const connect = (endpoint: string) => DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, maxAttempts: 1 }));

/** The database without limits. */
export const engine = connect(TEST_UNLIMITED_DATABASE);

interface Limited extends AwsLimits {
  documents: DynamoDBDocumentClient;
}

export async function startLimited(settings: Omit<Settings, 'engine'>): Promise<Limited> {
  const limits = await startAwsLimits({ engine: TEST_UNLIMITED_DATABASE, ...settings });
  const documents = connect(limits.endpoint);
  return {
    ...limits,
    documents,
    stop() {
      documents.destroy();
      return limits.stop();
    },
  };
}

/** The key of no item as yet. */
export const newKey = (pk: string = randomUUID()) => ({ pk, sk: randomUUID() });
export type Key = ReturnType<typeof newKey>;
export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const put = (item: Key): Action => ({ Put: { TableName, Item: { ...item } } });
export const check = (key: Key): Action => ({
  ConditionCheck: { TableName, Key: key, ConditionExpression: 'attribute_not_exists(nothing)' },
});
export const transaction = (actions: Action[], ClientRequestToken: string = randomUUID()) =>
  new TransactWriteCommand({ TransactItems: actions, ClientRequestToken });

/** The codes of the reasons for which a transaction has been cancelled; whatever else it came to instead. */
export async function reasons(cancelled: Promise<unknown>): Promise<unknown> {
  const outcome = await cancelled.catch((error: unknown) => error);
  return outcome instanceof TransactionCanceledException
    ? outcome.CancellationReasons?.map(({ Code }) => Code)
    : outcome;
}
