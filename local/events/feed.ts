/**
 * Hands new history entries to the function that publishes them, as Lambda hands over a stream. The embedded database has streams
 * too, but each write then takes the longer the more is in them.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { storedEntry, toBatch } from '../../deployment/entry-records';
import { shards } from '../../src/changes/change-key';
import { Follower, type ReadSince } from '../../src/changes/follower';
import { invokeFunction } from '../loopback/functions';
import { StartError } from '../processes/start-error';

interface FeedSettings {
  directory: string;
  functionSocket: string;
  read: ReadSince;
  /** Settles once everything that was published has been delivered; false if it was not. */
  delivered: () => Promise<boolean>;
}

const [pause, pauseAfterFailure, batchSize] = [250, 1_000, 100];

const place = z.object({
  start: z.number(),
  newest: z.array(z.tuple([z.string(), z.string()])),
  told: z.array(z.tuple([z.string(), z.array(z.string())])),
});
const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

type Entries = Awaited<ReturnType<Follower['news']>>;

export class Feed {
  private readonly stopped = new AbortController();
  private readonly file: string;
  private readonly follower: Follower;

  constructor(private readonly settings: FeedSettings) {
    this.file = path.join(settings.directory, 'events', 'place.json');
    this.follower = new Follower(shards, settings.read, readPlace(this.file) ?? Date.now());
    this.keepPlace();
  }

  /** Settles once it has been stopped. */
  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        const entries = await this.follower.news();
        if (entries.length > 0) {
          // What is not delivered when the stack ends is read again at its next start.
          if (await this.publish(entries)) this.keepPlace();
        }
        await this.wait(pause);
      } catch {
        // The database did not answer: `news` has marked nothing as told, and reads the same again.
        await this.wait(pauseAfterFailure);
      }
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  /**
   * Sends each batch once the one before has been delivered, so that a slow receiver does not fill the memory. Answers
   * whether all was delivered.
   */
  private async publish(entries: Entries): Promise<boolean> {
    let isDelivered = true;
    for (let from = 0; from < entries.length && isDelivered;) {
      const batch = entries.slice(from, from + batchSize);
      const failed = await this.invoke(batch);
      from += failed ?? batch.length;
      if (failed !== undefined) await this.wait(pauseAfterFailure);
      isDelivered = (await this.settings.delivered()) && !this.stopped.signal.aborted;
    }
    return isDelivered;
  }

  /** The position of the first entry that has to come again; undefined if none has. */
  private async invoke(batch: Entries): Promise<number | undefined> {
    const { signal } = this.stopped;
    const invocation = { name: 'publish-events', event: toBatch(batch.map(storedEntry)), signal };
    try {
      const { failed, payload } = await invokeFunction(this.settings.functionSocket, invocation);
      if (failed) return 0;
      const positions = answer.parse(JSON.parse(payload)).batchItemFailures.map((item) => Number(item.itemIdentifier));
      return positions.length > 0 ? Math.min(...positions) : undefined;
    } catch {
      // There was no answer, or none of the function's form. Lambda, too, would take the whole batch for failed.
      return 0;
    }
  }

  private async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }

  /** Replaces the file as a whole, because the stack may be ended at any time. */
  private keepPlace(): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(this.follower.place()));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** The place that an earlier run has kept; undefined if there was none. Throws `StartError`. */
function readPlace(file: string) {
  if (!existsSync(file)) return undefined;
  try {
    return place.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartError(`${file} does not say which events were sent: run "npm start -- --reset" to start empty.`);
  }
}
