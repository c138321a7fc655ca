/** The table of an integration test file, made as serverless.yml describes it. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';

function ofThisFile() {
  // Not by way of `src`: a test file may change the environment before that is loaded.
  const { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: TableName, TEST_TABLE: table } = process.env;
  if (!endpoint || !TableName || !table) throw new Error('test/support/start-database.ts has not run');
  const description = JSON.parse(table) as Omit<CreateTableCommandInput, 'TableName'>;
  return {
    client: new DynamoDBClient({ endpoint }),
    creation: new CreateTableCommand({ TableName, ...description }),
    deletion: new DeleteTableCommand({ TableName }),
  };
}

export async function createTable(): Promise<void> {
  const { client, creation } = ofThisFile();
  await client.send(creation);
  client.destroy();
}

/** For tests that each read the whole table: otherwise it is longer for every one of them. */
export async function emptyTable(): Promise<void> {
  const { client, creation, deletion } = ofThisFile();
  await client.send(deletion);
  await client.send(creation);
  client.destroy();
}
