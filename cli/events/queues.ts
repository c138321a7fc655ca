/** Reads from the queues of a stage which events were not sent, or not delivered, and sends them again. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { StoredEntry } from '../../deployment/entry-records';
import { changeKey } from '../../src/changes/change-key';
import { entriesBetween, sendAgain, type ReplaySettings } from './replay';

/**
 * What Lambda tells of a batch that it has given up (developer guide, "Discarded records"): where it was in the stream,
 * which may have forgotten it by now, and when it came there.
 */
const unsent = z.object({
  DDBStreamBatchInfo: z.object({
    approximateArrivalOfFirstRecord: z.iso.datetime(),
    approximateArrivalOfLastRecord: z.iso.datetime(),
  }),
});

/** An entry that no event could be made of, as the function tells of it. */
const broken = z.object({
  entry: z.object({
    pk: z.string().check(z.regex(/^(PRODUCT|CATEGORY)#[0-7][0-9A-HJKMNP-TV-Z]{25}$/)),
    sk: z.string().check(z.regex(/^HISTORY#\d{10}$/)),
  }),
});

/**
 * An event that was not delivered, as the bus has it. Only its id is used, which is the key of its entry: whoever may
 * put events on the bus can write anything else into one.
 */
const undelivered = z.object({ detail: z.object({ eventId: z.string().check(z.regex(changeKey)) }) });

/**
 * In milliseconds. An entry comes into the stream up to ten seconds after its time (decision 0015); the rest is for
 * clocks that differ.
 */
const tolerance = 30_000;

const around = (time: string, by: number) => new Date(Date.parse(time) + by).toISOString();

/** The entries that a message is about; undefined where it is not one of ours, or its event not one of the catalogue. */
async function entriesOf(settings: ReplaySettings, { Body = '' }: Message): Promise<StoredEntry[] | undefined> {
  const content = parse(Body);
  const batch = unsent.safeParse(content).data?.DDBStreamBatchInfo;
  if (batch) {
    const { approximateArrivalOfFirstRecord: first, approximateArrivalOfLastRecord: last } = batch;
    return entriesBetween(settings, around(first, -tolerance), around(last, tolerance));
  }
  const entry = broken.safeParse(content).data?.entry;
  if (entry) return [entry];
  const event = undelivered.safeParse(content).data;
  if (!event) return undefined;
  const { eventId } = event.detail;
  const found = await entriesBetween(settings, eventId, eventId);
  return found.length > 0 ? found : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const nameOf = ({ pk, sk }: StoredEntry) => `${pk} ${sk}`;

/**
 * Sends again what the messages are about, and deletes each once EventBridge has taken that; one that is about what no event can be
 * made of stays. Throws `Failure`.
 */
export async function replayQueues(settings: ReplaySettings, sqs: SQSClient, queues: string[]) {
  // Several batches of the same time are about the same entries, which are sent once.
  const sent = new Set<string>();
  const unmade = new Set<string>();
  let [messages, unknown] = [0, 0];
  for (const queue of queues) {
    for await (const { message, remove } of messagesIn(sqs, queue)) {
      const entries = await entriesOf(settings, message);
      if (!entries) {
        unknown += 1;
        continue;
      }
      const others = entries.filter((entry) => !sent.has(nameOf(entry)) && !unmade.has(nameOf(entry)));
      for (const entry of await sendAgain(settings, others)) unmade.add(nameOf(entry));
      const made = entries.map(nameOf).filter((name) => !unmade.has(name));
      for (const name of made) sent.add(name);
      if (made.length < entries.length) continue;
      await remove();
      messages += 1;
    }
  }
  return { sent: sent.size, messages, unknown, broken: unmade.size };
}

/** Each message once. Those that are not removed are there for the next run as soon as this one ends, however it does. */
async function* messagesIn(sqs: SQSClient, QueueUrl: string) {
  const kept = new Set<string | undefined>();
  try {
    for (let found = await receive(sqs, QueueUrl); found.length > 0; found = await receive(sqs, QueueUrl)) {
      for (const { ReceiptHandle } of found) kept.add(ReceiptHandle);
      for (const message of found) {
        const { ReceiptHandle } = message;
        const remove = async () => {
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          kept.delete(ReceiptHandle);
        };
        yield { message, remove };
      }
    }
  } finally {
    for (const ReceiptHandle of kept) {
      // What cannot be given back comes back by itself.
      const request = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      await sqs.send(new ChangeMessageVisibilityCommand(request)).catch(() => undefined);
    }
  }
}

async function receive(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  // Nobody else gets them for as long as this command takes.
  const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 600 };
  return (await sqs.send(new ReceiveMessageCommand(request))).Messages ?? [];
}
