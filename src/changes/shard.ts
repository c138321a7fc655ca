/**
 * Reads a partition of the record of all changes, with whichever client the caller has: that of a function, of a
 * command or of the local stack.
 */
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';

/** An entry, as the index has it. */
export interface EntryKey {
  changeKey: string;
  pk: string;
}

interface Part {
  tableName: string;
  shard: string;
  /** A time as the entries have it, or a whole key: keys begin with the time. */
  since: string;
  /** Up to this one; to the end without it. */
  until?: string | undefined;
}

type Query = (input: QueryCommandInput) => Promise<Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>>;

export const indexName = 'all-changes';
/** After every time. */
export const latest = '9999~';

/** All entries from one time on up to another, as far as the index has them, in the order of their keys. */
export async function readShard(query: Query, { tableName, shard, since, until = latest }: Part): Promise<EntryKey[]> {
  const found: EntryKey[][] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await query({
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: 'changeShard = :shard AND changeKey BETWEEN :since AND :until',
      ExpressionAttributeValues: { ':shard': shard, ':since': since, ':until': until },
      ProjectionExpression: 'changeKey, pk',
      ExclusiveStartKey: start,
    });
    // Nobody but the stores writes entries.
    found.push(Items as EntryKey[]);
    start = LastEvaluatedKey;
  } while (start);
  return found.flat();
}
