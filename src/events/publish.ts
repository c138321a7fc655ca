/** Tells others of changes: new history entries of the table's stream become events on a bus. */
import type { HistoryItem } from '../catalog/history-store';
import { DeadlineError, withinDeadline } from '../deadline';
import { getItems, type Key } from '../dynamodb/read';
import { ApplicationError } from '../errors';
import { log } from '../log';
import { toEvent, type CatalogEvent } from './event';
import { putEvents } from './put-events';
import { recordsThen } from './record-then';
import { streamBatch, type StreamAnswer } from './stream';

interface Context {
  getRemainingTimeInMillis(): number;
}

/** For the answer, once no more is sent. */
const reserve = 2_000;

const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;

/**
 * Puts an event on the bus for each entry that the records name, in their order. Answers which of them have to come again: those
 * that EventBridge did not take, or all where the table is busy. An entry may be told of more than once.
 */
export async function publishEvents(batch: unknown, context: Context): Promise<StreamAnswer> {
  const end = Date.now() + context.getRemainingTimeInMillis() - reserve;
  const records = streamBatch.parse(batch).Records.map(({ dynamodb: { SequenceNumber, Keys } }) => ({
    itemIdentifier: SequenceNumber,
    key: { pk: Keys.pk.S, sk: Keys.sk.S },
  }));
  const keys = [...new Map(records.map(({ key }) => [nameOf(key), key])).values()];
  const failed = await publish(keys, end);
  const again = records.filter(({ key }) => failed.has(nameOf(key)));
  log.info('events', { events: records.length, failed: again.length });
  return { batchItemFailures: again.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

/** The names of the entries whose events have not been taken. */
async function publish(keys: Key[], end: number): Promise<ReadonlySet<string>> {
  let events: CatalogEvent[];
  try {
    events = await withinDeadline(end - Date.now(), () => readEvents(keys));
  } catch (error) {
    const isBusy = error instanceof DeadlineError || (error instanceof ApplicationError && error.code === 'busy');
    if (!isBusy) throw error;
    log.error('the table is busy', { events: keys.length }, error);
    return new Set(keys.map(nameOf));
  }
  const taken = await putEvents(events, end);
  return new Set(keys.filter((_, at) => taken[at] !== true).map(nameOf));
}

async function readEvents(keys: Key[]): Promise<CatalogEvent[]> {
  const entries = (await getItems<HistoryItem>(keys)).map((entry, at) => {
    // It is in the stream because it has been committed, and nobody removes one.
    if (!entry) throw new Error(`There is no entry ${nameOf(keys[at] ?? { pk: '', sk: '' })}`);
    return entry;
  });
  const records = await recordsThen(entries);
  return entries.flatMap((entry, at) => {
    const record = records[at];
    return record ? [toEvent(entry, record)] : [];
  });
}
