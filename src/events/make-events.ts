/**
 * Makes events of history entries, and tells an entry that no event can be made of from a table that cannot be read.
 */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { HistoryItem } from '../catalog/history-store';
import { DeadlineError } from '../deadline';
import { getItems, type Key } from '../dynamodb/read';
import { ApplicationError } from '../errors';
import { log } from '../log';
import { sideBySide } from '../side-by-side';
import { toEvent, type CatalogEvent } from './event';
import { budgetOfBatch, recordsThen, type Budget } from './record-then';

/** How many are read at a time, where one stands in the way and each has to be read by itself. */
const mostAtOnce = 8;

interface Made {
  events: { key: Key; event: CatalogEvent }[];
  /** Entries that are themselves at fault: another try would fail as well. */
  broken: Key[];
}

export const isBusy = (error: unknown): error is Error =>
  error instanceof DeadlineError || (error instanceof ApplicationError && error.code === 'busy');

/** Throws the table's error if it cannot be read: no entry is at fault then. */
export async function makeEvents(keys: Key[]): Promise<Made> {
  const budget = budgetOfBatch();
  try {
    return { events: await make(keys, budget), broken: [] };
  } catch (error) {
    throwOutage(error);
  }
  const made: Made = { events: [], broken: [] };
  const alone = await sideBySide(
    keys,
    (key) =>
      make([key], budget).catch((error: unknown) => {
        throwOutage(error);
        log.error('an event cannot be made', { ...key }, error);
        return undefined;
      }),
    mostAtOnce,
  );
  for (const [at, key] of keys.entries()) {
    const events = alone[at];
    if (events) made.events.push(...events);
    else made.broken.push(key);
  }
  return made;
}

function throwOutage(error: unknown): void {
  if (isBusy(error) || error instanceof DynamoDBServiceException) throw error;
}

/** Throws where one cannot be made. */
async function make(keys: Key[], budget: Budget) {
  const entries = (await getItems<HistoryItem>(keys)).map((entry, at) => {
    // Entries come from the stream, so they have been committed, and nobody removes any.
    if (!entry) throw new Error(`There is no entry ${keys[at]?.pk} ${keys[at]?.sk}`);
    return entry;
  });
  const records = await recordsThen(entries, budget);
  return entries.flatMap((entry, at) => {
    const key = keys[at];
    return key ? [{ key, event: toEvent(entry, records[at]) }] : [];
  });
}
