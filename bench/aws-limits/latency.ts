/** How long DynamoDB takes on AWS, from a function in the same region: transactions about three times as long as the rest. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Lasts as long as something takes; rejects when it is aborted. */
export type Wait = (signal?: AbortSignal) => Promise<unknown>;

/** A wait of so many milliseconds, different each time. */
export const between =
  (least: number, most: number): Wait =>
  (signal) =>
    sleep(least + Math.random() * (most - least), undefined, signal ? { signal } : {});

export interface Latency {
  transaction: Wait;
  other: Wait;
}

export const awsLatency: Latency = { transaction: between(9, 15), other: between(3, 5) };
