/** The bare list: a page of the active products' index, through lib-dynamodb. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const { TABLE_NAME, DYNAMODB_ENDPOINT: endpoint } = process.env;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));

export async function handler() {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: TABLE_NAME,
      IndexName: 'by-status',
      KeyConditionExpression: 'gsi1pk = :partition',
      ExpressionAttributeValues: { ':partition': 'PRODUCT#active' },
      ScanIndexForward: false,
      Limit: 25,
    }),
  );
  return { statusCode: 200, body: JSON.stringify(Items) };
}
