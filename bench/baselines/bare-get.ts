/** The bare read: the product of this id, in whatever state, through lib-dynamodb. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { HttpEvent } from '../../src/http/event';

const { TABLE_NAME, DYNAMODB_ENDPOINT: endpoint } = process.env;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));

export async function handler({ pathParameters = {} }: HttpEvent) {
  const Key = { pk: `PRODUCT#${String(pathParameters['productId'])}`, sk: 'PRODUCT' };
  const { Item } = await documents.send(new GetCommand({ TableName: TABLE_NAME, Key, ConsistentRead: true }));
  return { statusCode: 200, body: JSON.stringify(Item) };
}
