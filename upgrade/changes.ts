/**
 * Puts the entries of histories from before the index `all-changes` into it, while the stage is in use: an entry is never
 * changed by anybody else, nor removed. Can be done again and by two at once, and goes on where it was broken off.
 */
import { paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Table } from './table';

const entry = z.object({ pk: z.string(), sk: z.string(), at: z.string(), version: z.number() });

/** Parts of the table that are read at once. */
const segments = 4;
const updatesAtOnce = 8;

/** Puts the entries into the index, and answers how many there were. */
export async function upgradeChanges(table: Table): Promise<number> {
  const counts = await Promise.all(Array.from({ length: segments }, (_, segment) => upgradeSegment(table, segment)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function upgradeSegment({ documents, tableName }: Table, Segment: number): Promise<number> {
  const scan = {
    ...{ TableName: tableName, Segment, TotalSegments: segments },
    FilterExpression: 'begins_with(sk, :history) AND attribute_not_exists(changeKey)',
    ProjectionExpression: 'pk, sk, #at, version',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':history': 'HISTORY#' },
  };
  let done = 0;
  for await (const { Items } of paginateScan({ client: documents }, scan)) {
    const waiting = z.array(entry).parse(Items).values();
    const worker = async () => {
      for (const { pk, sk, at, version } of waiting) {
        await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { pk, sk },
            UpdateExpression: 'SET changeShard = :shard, changeKey = :key',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: changeKeyOf(pk, at, version),
          }),
        );
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: updatesAtOnce }, worker));
  }
  return done;
}

const changeKeyOf = (pk: string, at: string, version: number) => ({
  ':shard': `CHANGES#${pk.charCodeAt(pk.length - 1) % 4}`,
  ':key': `${at}_${pk.slice(pk.indexOf('#') + 1)}_${String(version).padStart(10, '0')}`,
});
