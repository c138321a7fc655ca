/** Posts events one by one, as an API destination of EventBridge does, until the receiver has taken each. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BusEvent } from './bus-event';

/** User guide, "API destinations": five seconds for an answer; these, 407 and no answer at all lead to another try. */
const longestWait = 5_000;
// `fetch` treats 407 as an error, and so as no answer.
const isTriedAgain = ({ status, leave }: Outcome) =>
  leave >= 0 && ([0, 401, 409, 429].includes(status) || status >= 500);
const longestPause = 10_000;
/** How long EventBridge tries, in milliseconds. */
const day = 24 * 60 * 60 * 1000;

/**
 * The result of a try: the status of the answer, 0 if there was none, and how many milliseconds `Retry-After` asks to
 * wait.
 */
interface Outcome {
  status: number;
  leave: number;
}

/**
 * EventBridge waits as long as `Retry-After` says, if that is longer than its own pause, and does not try again if it
 * is negative (same page).
 */
function readRetryAfter(header: string | null): number {
  if (header === null) return 0;
  const milliseconds = /^\s*-?\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  if (Number.isNaN(milliseconds)) return 0;
  // A date in the past does not ask for a wait.
  return /^\s*-/.test(header) ? -1 : Math.min(Math.max(milliseconds, 0), day);
}

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'Amazon/EventBridge/ApiDestinations',
  'x-api-key': 'local',
};

/** Called as events are delivered, refused or given up. */
export interface Listener {
  onEvent?: ((line: string) => void) | undefined;
  onEventFailure?: ((line: string) => void) | undefined;
}

export class Webhook {
  private readonly stopped = new AbortController();
  private underWay = Promise.resolve();

  /** Without a `url`, events are not posted, only reported. */
  constructor(
    private readonly url: string | undefined,
    private readonly listener: Listener,
  ) {}

  /** Begins to deliver the event, after those that came before it. */
  deliver(events: BusEvent[]): void {
    for (const event of events) this.underWay = this.underWay.then(() => this.post(event));
  }

  /** Settles once the receiver has taken or refused every event; false if the stack ends before that. */
  async delivered(): Promise<boolean> {
    await this.underWay;
    return !this.stopped.signal.aborted;
  }

  stop(): void {
    this.stopped.abort();
  }

  private async post(event: BusEvent): Promise<void> {
    const name = `${event['detail-type']} ${event.detail.id} version ${event.detail.version}`;
    const { onEvent, onEventFailure } = this.listener;
    let outcome = await this.try(event);
    // What the end of the stack cuts off is no fault of the receiver's.
    if (isTriedAgain(outcome) && !this.stopped.signal.aborted) {
      onEventFailure?.(`The webhook ${said(outcome)}: it is asked again until it takes the event ${name}.`);
    }
    for (let pause = 500; isTriedAgain(outcome); pause = Math.min(2 * pause, longestPause)) {
      const { signal } = this.stopped;
      await sleep(Math.max(pause, outcome.leave), undefined, { signal }).catch(() => undefined);
      if (this.stopped.signal.aborted) return;
      outcome = await this.try(event);
    }
    if (outcome.status !== 0 && outcome.status < 300) onEvent?.(`Event ${name}`);
    else onEventFailure?.(`The webhook ${said(outcome)}: it does not get the event ${name} again.`);
  }

  private async try(event: BusEvent): Promise<Outcome> {
    if (this.url === undefined) return { status: 200, leave: 0 };
    const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(longestWait)]);
    try {
      const body = JSON.stringify(event);
      const answer = await fetch(this.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      // The body of the answer is not used: it is thrown away unread.
      await answer.body?.cancel();
      return { status: answer.status, leave: readRetryAfter(answer.headers.get('retry-after')) };
    } catch {
      return { status: 0, leave: 0 };
    }
  }
}

const said = ({ status }: Outcome) => (status === 0 ? 'does not answer' : `answered ${status}`);
