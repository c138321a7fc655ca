/** Posts events one by one, as an API destination of EventBridge does, until the receiver has taken each. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BusEvent } from './bus-event';

/** User guide, "API destinations": five seconds for an answer; these, 407 and no answer at all lead to another try. */
const longestWait = 5_000;
// To `fetch`, 407 is no answer.
const isTriedAgain = (status: number) => [0, 401, 409, 429].includes(status) || status >= 500;
const longestPause = 10_000;

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'Amazon/EventBridge/ApiDestinations',
  'x-api-key': 'local',
};

/** Who wants to know of what becomes of events. */
export interface Listener {
  onEvent?: ((line: string) => void) | undefined;
  onEventFailure?: ((line: string) => void) | undefined;
}

export class Webhook {
  private readonly stopped = new AbortController();
  private underWay = Promise.resolve();

  /** Without a `url`, events are but told of. */
  constructor(
    private readonly url: string | undefined,
    private readonly listener: Listener,
  ) {}

  /** Begins to, after those that came before. */
  deliver(events: BusEvent[]): void {
    for (const event of events) this.underWay = this.underWay.then(() => this.post(event));
  }

  /** Settles when the receiver has taken, or refused, all that came; false where it never will, since the stack ends. */
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
    if (isTriedAgain(outcome)) {
      onEventFailure?.(`The webhook ${said(outcome)}: it is asked again until it takes the event ${name}.`);
    }
    for (let pause = 500; isTriedAgain(outcome); pause = Math.min(2 * pause, longestPause)) {
      await sleep(pause, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      if (this.stopped.signal.aborted) return;
      outcome = await this.try(event);
    }
    if (outcome < 300) onEvent?.(`Event ${name}`);
    else onEventFailure?.(`The webhook ${said(outcome)}: it does not get the event ${name} again.`);
  }

  /** The status of the answer; 0 where there is none. */
  private async try(event: BusEvent): Promise<number> {
    if (this.url === undefined) return 200;
    const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(longestWait)]);
    try {
      const body = JSON.stringify(event);
      const answer = await fetch(this.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}

const said = (outcome: number) => (outcome === 0 ? 'does not answer' : `answered ${outcome}`);
