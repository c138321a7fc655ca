/** Items written to the table as they are in it: as many requests to the API would take minutes. */
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents, tableName } from '../../src/dynamodb/client';

/** As many as one request takes. */
const batch = 25;

export async function putItems(items: readonly object[]): Promise<void> {
  for (let from = 0; from < items.length; from += batch) {
    const puts = items.slice(from, from + batch).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
  }
}

/** An item to make others like; empty where there is none. */
export async function itemAt(pk: string, sk: string): Promise<Record<string, unknown>> {
  const { Item = {} } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk, sk } }));
  return Item;
}
