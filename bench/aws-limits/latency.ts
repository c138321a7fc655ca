/** How long DynamoDB takes on AWS, from a function in the same region: transactions about three times as long as the rest. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Least and most, in milliseconds. */
export interface Latency {
  transaction: readonly [number, number];
  other: readonly [number, number];
}

export const awsLatency: Latency = { transaction: [9, 15], other: [3, 5] };

export async function pause([least, most]: readonly [number, number]): Promise<void> {
  await sleep(least + Math.random() * (most - least));
}
