/** History entries from the record of all changes, as records of the table's stream: for those who have no stream, or no more. */
import { QueryCommand, type DynamoDBClient, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { versionOf } from '../src/changes/change-key';

/** An entry, as the index has it. */
export interface EntryKey {
  changeKey: string;
  pk: string;
}

/** The entries of a shard from this time on, up to another one, in the order of their keys. */
export async function readEntryKeys(
  client: DynamoDBClient,
  { tableName, shard, since, until = '9999~' }: { tableName: string; shard: string; since: string; until?: string },
): Promise<EntryKey[]> {
  const found: EntryKey[] = [];
  let start: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'all-changes',
        KeyConditionExpression: 'changeShard = :shard AND changeKey BETWEEN :since AND :until',
        ExpressionAttributeValues: { ':shard': { S: shard }, ':since': { S: since }, ':until': { S: until } },
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
}

/** What the function that publishes events is sent; it names those that have to come again by their positions. */
export const toBatch = (entries: EntryKey[]) => ({
  Records: entries.map(({ changeKey, pk }, position) => ({
    eventID: changeKey,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { pk: { S: pk }, sk: { S: `HISTORY#${String(versionOf(changeKey)).padStart(10, '0')}` } },
      SequenceNumber: String(position),
      StreamViewType: 'KEYS_ONLY',
    },
  })),
});
