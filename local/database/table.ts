/** The catalogue's table on an engine that is not AWS. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { localCredentials, localRegion } from '../account';
import { readService } from '../../deployment/service';

/**
 * Creates the table as serverless.yml describes it, or finds it as it was left.
 * Answers false where a table of this name has other keys, made by another version of the project.
 */
export async function ensureTable(endpoint: string, tableName: string): Promise<boolean> {
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: localCredentials });
  const { table } = readService();
  try {
    await client.send(new CreateTableCommand({ TableName: tableName, ...table }));
    return true;
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return isDeepStrictEqual(keysOf(Table ?? {}), keysOf(table));
  } finally {
    client.destroy();
  }
}

interface Keys {
  KeySchema?: KeySchemaElement[] | undefined;
  GlobalSecondaryIndexes?: { IndexName?: string | undefined; KeySchema?: KeySchemaElement[] | undefined }[] | undefined;
}

const keysOf = ({ KeySchema, GlobalSecondaryIndexes = [] }: Keys) => ({
  KeySchema,
  indexes: GlobalSecondaryIndexes.map((index) => ({ name: index.IndexName, keys: index.KeySchema })).sort((a, b) =>
    String(a.name).localeCompare(String(b.name)),
  ),
});
