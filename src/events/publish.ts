/** Tells others of changes: new history entries of the table's stream become events on a bus. */
import { withinDeadline, type Invocation } from '../deadline';
import type { Key } from '../dynamodb/read';
import { log } from '../log';
import { sideBySide } from '../side-by-side';
import { tellQueue } from './failure-queue';
import { isBusy, makeEvents } from './make-events';
import { putEvents } from './put-events';
import { streamBatch, type StreamAnswer } from './stream';

/** In milliseconds: what is left for the answer once no more is sent. */
const reserve = 2_000;
const mostMessagesAtOnce = 8;

const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;

/**
 * Puts an event on the bus for each entry that the records name, in their order; one may be put there more than once.
 * Answers which records Lambda has to hand over again: those that EventBridge did not take, or all of them if the table
 * is busy. If no event can be made of an entry, or EventBridge would never take it, the queue is told and the others go
 * on; a replay learns of these by the answer instead.
 */
export async function publishEvents(batch: unknown, context: Invocation): Promise<StreamAnswer> {
  const end = Date.now() + context.getRemainingTimeInMillis() - reserve;
  const { Records, replay = false } = streamBatch.parse(batch);
  const records = Records.map(({ dynamodb: { SequenceNumber, Keys } }) => ({
    itemIdentifier: SequenceNumber,
    key: { pk: Keys.pk.S, sk: Keys.sk.S },
  }));
  const keys = [...new Map(records.map(({ key }) => [nameOf(key), key])).values()];
  const { again, broken } = await publish(keys, end);
  const untold = replay ? [] : await untoldOf(broken, end);
  const identifiersOf = (found: Key[]) => {
    const names = new Set(found.map(nameOf));
    return records.flatMap(({ itemIdentifier, key }) => (names.has(nameOf(key)) ? [{ itemIdentifier }] : []));
  };
  const batchItemFailures = identifiersOf([...again, ...untold]);
  log.info('events', { events: records.length, failed: batchItemFailures.length, broken: broken.length });
  return replay ? { batchItemFailures, broken: identifiersOf(broken) } : { batchItemFailures };
}

/** The entries whose events have not been taken, and those whose events never will be. */
async function publish(keys: Key[], end: number): Promise<{ again: Key[]; broken: Key[] }> {
  let made: Awaited<ReturnType<typeof makeEvents>>;
  try {
    made = await withinDeadline(end - Date.now(), () => makeEvents(keys));
  } catch (error) {
    if (!isBusy(error)) throw error;
    log.error('the table is busy', { events: keys.length }, error);
    return { again: keys, broken: [] };
  }
  const { events, broken } = made;
  const outcomes = await putEvents(
    events.map(({ event }) => event),
    end,
  );
  const those = (outcome: string) => events.flatMap(({ key }, at) => (outcomes[at] === outcome ? [key] : []));
  return { again: those('failed'), broken: [...broken, ...those('refused')] };
}

/** The entries that the queue could not be told of. */
async function untoldOf(broken: Key[], end: number): Promise<Key[]> {
  const told = await sideBySide(broken, (key) => tellQueue(key, end), mostMessagesAtOnce);
  return broken.filter((_, at) => told[at] !== true);
}
