/** The events of entries, and those entries that none can be made of, told apart from a table that cannot be read. */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { HistoryItem } from '../catalog/history-store';
import { DeadlineError } from '../deadline';
import { getItems, type Key } from '../dynamodb/read';
import { ApplicationError } from '../errors';
import { log } from '../log';
import { sideBySide } from '../side-by-side';
import { toEvent, type CatalogEvent } from './event';
import { budgetOfBatch, recordsThen, type Budget } from './record-then';

/** Every one of them is read by itself where one stands in the way. */
const mostAtOnce = 8;

interface Made {
  events: { key: Key; event: CatalogEvent }[];
  /** Those whose own fault it is: another try would come to the same. */
  broken: Key[];
}

export const isBusy = (error: unknown): error is Error =>
  error instanceof DeadlineError || (error instanceof ApplicationError && error.code === 'busy');

/** Throws what the table says where it cannot be read, which has nothing to do with any of the entries. */
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
    // It is in the stream because it has been committed, and nobody removes one.
    if (!entry) throw new Error(`There is no entry ${keys[at]?.pk} ${keys[at]?.sk}`);
    return entry;
  });
  const records = await recordsThen(entries, budget);
  return entries.flatMap((entry, at) => {
    const key = keys[at];
    return key ? [{ key, event: toEvent(entry, records[at]) }] : [];
  });
}
