/** Sends events of changes again, by the function that sent them the first time. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { QueryCommand, type DynamoDBDocumentClient, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { InvalidArgumentError } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { storedEntry, toBatch, type StoredEntry } from '../../deployment/entry-records';
import { Failure } from '../../deployment/failure';
import { shards } from '../../src/changes/change-key';
import { instant } from '../../src/changes/parameters';
import { readShard } from '../../src/changes/shard';

export interface ReplaySettings {
  documents: DynamoDBDocumentClient;
  lambda: LambdaClient;
  tableName: string;
  functionName: string;
}

/** A day or a time, as `GET /admin/changes` takes it. */
export function readInstant(text: string): string {
  const { data } = instant.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError('It must be as 2026-11-26 or 2026-11-26T14:30:00Z.');
  return data;
}

/** Sends the events of all changes from one time on and before another; answers how many, and how many none can be made of. */
export async function replaySince(settings: ReplaySettings, since: string, until?: string) {
  const entries = await entriesBetween(settings, since, until);
  const broken = (await sendAgain(settings, entries)).length;
  return { sent: entries.length - broken, broken };
}

/** As far as the index has them, both ends included; those of one record stay in their order. */
export async function entriesBetween(
  { documents, tableName }: ReplaySettings,
  since: string,
  until?: string,
): Promise<StoredEntry[]> {
  const query = (input: QueryCommandInput) => documents.send(new QueryCommand(input));
  const parts = await Promise.all(shards.map((shard) => readShard(query, { tableName, shard, since, until })));
  return parts.flat().map(storedEntry);
}

const batchSize = 100;
const tries = 5;
const named = z.array(z.object({ itemIdentifier: z.string() }));
const answer = z.object({ batchItemFailures: named, broken: z._default(named, []) });

export const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Answers those that no event can be made of. Throws `Failure` where some are not taken, though they were sent several times. */
export async function sendAgain(settings: ReplaySettings, entries: StoredEntry[]): Promise<StoredEntry[]> {
  const broken: StoredEntry[] = [];
  for (let from = 0; from < entries.length; from += batchSize) {
    let batch = entries.slice(from, from + batchSize);
    for (let number = 1; batch.length > 0; number += 1) {
      if (number > tries) {
        throw new Failure(`EventBridge does not take ${countOf(batch.length, 'event')}: run the command again later.`);
      }
      if (number > 1) await sleep(1_000);
      const outcome = await invoke(settings, batch);
      broken.push(...outcome.broken);
      batch = outcome.again;
    }
  }
  return broken;
}

/** Those that have to come again, and those that no event can be made of. */
async function invoke({ lambda, functionName }: ReplaySettings, batch: StoredEntry[]) {
  const Payload = JSON.stringify({ ...toBatch(batch), replay: true });
  const { FunctionError, Payload: sent } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload }),
  );
  const text = Buffer.from(sent ?? []).toString();
  if (FunctionError !== undefined) throw new Failure(`The function ${functionName} failed: its log says why.`);
  const { batchItemFailures, broken } = answer.parse(JSON.parse(text));
  const those = (items: z.infer<typeof named>) => items.flatMap((item) => batch[Number(item.itemIdentifier)] ?? []);
  return { again: those(batchItemFailures), broken: those(broken) };
}
