/** The table of a running stack, looked at from outside. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { localCredentials } from '../../local/account';
import type { StackInfo } from '../../deployment/stack-info';

/** Every item, in the order of the table. */
export async function scanTable({ region, dynamodbUrl, tableName }: StackInfo): Promise<unknown[]> {
  const database = new DynamoDBClient({ region, endpoint: dynamodbUrl, credentials: localCredentials });
  const items: unknown[] = [];
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(database) }, { TableName: tableName })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}
