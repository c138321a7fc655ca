/** Tells of new objects, as S3 does: at least once, in any order, again after a failure, and over a restart. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ulid } from 'ulid';
import { printError } from '../../deployment/terminal';

interface NotificationOptions {
  /** Keeps what has not been told. */
  directory: string;
  /** Rejects where it has to be told again. */
  tell: (event: object) => Promise<void>;
}

/** Lambda tries three times in about three minutes, and then no more ("Asynchronous invocation", Lambda). */
const patienceMs = 180_000;
const [shortestWaitMs, longestWaitMs] = [500, 5_000];
const atOnce = 4;

interface Waiting {
  /** The name of the file that holds the event. */
  name: string;
  until: number;
  waitMs: number;
}

const waitingFrom = (name: string): Waiting => ({ name, until: Date.now() + patienceMs, waitMs: shortestWaitMs });

export function openNotifications({ directory, tell }: NotificationOptions) {
  mkdirSync(directory, { recursive: true });
  const fileOf = (name: string) => path.join(directory, name);
  const queue = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map(waitingFrom);
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let over = false;

  const deliver = async (waiting: Waiting): Promise<void> => {
    const file = fileOf(waiting.name);
    try {
      await tell(JSON.parse(readFileSync(file, 'utf8')) as object);
      rmSync(file);
    } catch (error) {
      if (Date.now() < waiting.until) {
        tryLater(waiting);
        return;
      }
      printError(`A picture is told of no more: ${error instanceof Error ? error.message : String(error)}`);
      rmSync(file);
    }
  };

  /**
   * Pauses before each further try, twice as long each time. What has not been told when the stack ends is told at the
   * next start.
   */
  const tryLater = (waiting: Waiting): void => {
    if (over) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      queue.push({ ...waiting, waitMs: Math.min(waiting.waitMs * 2, longestWaitMs) });
      next();
    }, waiting.waitMs);
    timers.add(timer);
  };

  const next = (): void => {
    while (running.size < atOnce && !over) {
      const waiting = queue.shift();
      if (!waiting) return;
      const delivery = deliver(waiting).finally(() => {
        running.delete(delivery);
        next();
      });
      running.add(delivery);
    }
  };

  return {
    /** With those of earlier runs. */
    start: next,
    /**
     * Writes the event to disk, then runs `create`, which makes the object, and then tells of it. If the process ends
     * between the first two, an object is told of that is not there, which does no harm; if `create` throws, nothing is
     * told.
     */
    around<Result>(event: object, create: () => Result): Result {
      const name = `${ulid()}.json`;
      writeFileSync(fileOf(`${name}.new`), JSON.stringify(event));
      renameSync(fileOf(`${name}.new`), fileOf(name));
      try {
        const result = create();
        queue.push(waitingFrom(name));
        next();
        return result;
      } catch (error) {
        rmSync(fileOf(name));
        throw error;
      }
    },
    async stop(): Promise<void> {
      over = true;
      timers.forEach(clearTimeout);
      await Promise.all(running);
    },
  };
}

export type Notifications = ReturnType<typeof openNotifications>;
