/** The record of all changes, as the local database has it. */
import { DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { ReadSince } from '../../src/changes/follower';
import { localCredentials, localRegion } from '../account';

/** Reads what a follower asks for. */
export function changeReader(endpoint: string, tableName: string): { read: ReadSince; close: () => void } {
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: localCredentials });
  const read: ReadSince = async (shard, since) => {
    const found: { changeKey: string; pk: string }[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'all-changes',
          KeyConditionExpression: 'changeShard = :shard AND changeKey >= :since',
          ExpressionAttributeValues: { ':shard': { S: shard }, ':since': { S: since } },
          ProjectionExpression: 'changeKey, pk',
          ExclusiveStartKey: start,
        }),
      );
      for (const { changeKey, pk } of page.Items ?? []) {
        if (changeKey?.S !== undefined && pk?.S !== undefined) found.push({ changeKey: changeKey.S, pk: pk.S });
      }
      start = page.LastEvaluatedKey;
    } while (start);
    return found;
  };
  return { read, close: () => client.destroy() };
}
