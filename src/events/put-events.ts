/** Puts events on the bus of the stage: ten in a request, and again those that EventBridge did not take. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { serviceHost } from '../aws/service-host';
import { sendSigned } from '../aws/signed-request';
import { config, readEventSettings } from '../config';
import { withinDeadline } from '../deadline';
import { log } from '../log';
import { source, type CatalogEvent } from './event';

const { busName, socketPath, endpoint } = readEventSettings();
const url = new URL(
  socketPath === undefined ? (endpoint ?? `https://${serviceHost('events', config.region)}`) : 'http://localhost',
);

/** PutEvents, API reference: entries of a request, and what their bytes together are less than. */
const [mostEntries, tooManyBytes] = [10, 262_144];

const longestTry = 4_000;
const pauses = [50, 200, 800];

/**
 * What EventBridge did with an event: `refused` means that the event itself is at fault, and would be refused again.
 */
type Outcome = 'taken' | 'refused' | 'failed';

/** What became of each event. Those that failed are sent again by themselves, as long as there is time. */
export async function putEvents(events: CatalogEvent[], end: number): Promise<Outcome[]> {
  const outcomes = events.map((): Outcome => 'failed');
  for (const pause of [0, ...pauses]) {
    // Spread in time, so that clients of the same bus do not all try again at once.
    await sleep(pause * (0.5 + Math.random()));
    for (const part of partsOf(events, outcomes)) {
      const results = await put(
        part.map(({ entry }) => entry),
        end,
      );
      for (const [position, { at }] of part.entries()) outcomes[at] = results[position] ?? 'failed';
    }
    if (!outcomes.includes('failed')) break;
  }
  return outcomes;
}

/** As EventBridge wants an event. */
const toEntry = ({ type, time, detail }: CatalogEvent) => ({
  EventBusName: busName,
  Source: source,
  DetailType: type,
  Time: Date.parse(time) / 1000,
  Detail: JSON.stringify(detail),
});
type Entry = ReturnType<typeof toEntry>;

/** User guide, "Calculating PutEvents event entry size": 14 are for the time. */
const bytesOf = ({ Source, DetailType, Detail }: Entry) => 14 + Buffer.byteLength(Source + DetailType + Detail);

/** What is still to be sent, in requests. */
function partsOf(events: CatalogEvent[], outcomes: Outcome[]) {
  const parts: { at: number; entry: Entry }[][] = [];
  let bytes = 0;
  for (const [at, event] of events.entries()) {
    if (outcomes[at] !== 'failed') continue;
    const entry = toEntry(event);
    const size = bytesOf(entry);
    const last = parts.at(-1);
    if (last && last.length < mostEntries && bytes + size < tooManyBytes) {
      last.push({ at, entry });
      bytes += size;
    } else {
      parts.push([{ at, entry }]);
      bytes = size;
    }
  }
  return parts;
}

const answer = z.object({
  Entries: z.array(z.object({ EventId: z.optional(z.string()), ErrorCode: z.optional(z.string()) })),
});
const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' };

/** PutEventsResultEntry, API reference: those of the errors not to be tried again that are about the entry itself. */
const faults = ['InvalidArgument', 'MalformedDetail'];

/** Whether a whole request is refused for what is in it; of 400, access and throttling are others (PutEvents, "Common Error Types"). */
const isFault = (status: number, body: string): boolean =>
  status === 413 || (status === 400 && /"__type"\s*:\s*"(?:[^"]*#)?ValidationException"/.test(body));

/** Sends each by itself, after one of them made EventBridge refuse all. */
async function putAlone(entries: Entry[], end: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const entry of entries) outcomes.push(...(await put([entry], end)));
  return outcomes;
}

/**
 * Sends one request. EventBridge may take all entries, some, or none; without an answer, it may have taken all of them.
 */
async function put(entries: Entry[], end: number): Promise<Outcome[]> {
  const time = Math.min(longestTry, end - Date.now());
  if (time <= 0) return entries.map(() => 'failed');
  const failed = (fields: { status?: number }, error?: unknown) => {
    log.error('EventBridge did not take events', { events: entries.length, ...fields }, error);
    return entries.map((): Outcome => 'failed');
  };
  const request = { service: 'events', region: config.region, method: 'POST', url, headers, socketPath } as const;
  try {
    const body = JSON.stringify({ Entries: entries });
    const { status, body: sent } = await withinDeadline(time, () => sendSigned({ ...request, body }));
    if (isFault(status, sent.toString())) {
      log.error('EventBridge refused a request', { events: entries.length, status });
      return entries.length === 1 ? ['refused'] : await putAlone(entries, end);
    }
    if (status !== 200) return failed({ status });
    const results = answer.parse(JSON.parse(sent.toString())).Entries;
    const error = results.find(({ EventId }) => EventId === undefined);
    if (error) log.error('EventBridge did not take some events', { errorCode: error.ErrorCode });
    return entries.map((_, at) => {
      const { EventId, ErrorCode = '' } = results[at] ?? {};
      return EventId !== undefined ? 'taken' : faults.includes(ErrorCode) ? 'refused' : 'failed';
    });
  } catch (error) {
    return failed({}, error);
  }
}
