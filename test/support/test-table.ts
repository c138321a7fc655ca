/** The table of an integration test file, made as serverless.yml describes it. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';

function settings() {
  // Not by way of `src`: a test file may change the environment before that is loaded.
  const { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: TableName, TEST_TABLE: table } = process.env;
  if (!endpoint || !TableName || !table) throw new Error('test/support/start-database.ts has not run');
  return { client: new DynamoDBClient({ endpoint }), TableName, table };
}

export async function createTable(): Promise<void> {
  const { client, TableName, table } = settings();
  const description = JSON.parse(table) as Omit<CreateTableCommandInput, 'TableName'>;
  await client.send(new CreateTableCommand({ TableName, ...description }));
  client.destroy();
}

/** For tests that each read the whole table: otherwise it is longer for every one of them. */
export async function emptyTable(): Promise<void> {
  const { client, TableName } = settings();
  await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
  await createTable();
}
