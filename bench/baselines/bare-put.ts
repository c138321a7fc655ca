/** The bare write: what the body holds goes into the table, unchecked, through lib-dynamodb. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { HttpEvent } from '../../src/http/event';

const { TABLE_NAME, DYNAMODB_ENDPOINT: endpoint } = process.env;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));

export async function handler(event: HttpEvent) {
  const fields: unknown = JSON.parse(event.body ?? '');
  const key = `BARE#${event.requestContext.requestId}`;
  await documents.send(new PutCommand({ TableName: TABLE_NAME, Item: { pk: key, sk: key, fields } }));
  return { statusCode: 201, body: JSON.stringify(fields) };
}
