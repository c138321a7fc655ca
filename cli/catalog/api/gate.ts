/** A gate that all requests of a run pass: when the API asks one to wait, all wait. */

/** In milliseconds: as timers are, in a browser too. */
export const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

export interface Gate {
  /** Lets nobody through for this long, in milliseconds. */
  close: (time: number) => void;
  /** Resolves when it is open. */
  pass: () => Promise<void>;
}

// Spreads those that have waited, so that they do not all come at once.
const spread = 100;

export function newGate(): Gate {
  let opensAt = 0;
  return {
    close: (time) => {
      opensAt = Math.max(opensAt, performance.now() + time);
    },
    pass: async () => {
      for (let left = opensAt - performance.now(); left > 0; left = opensAt - performance.now()) {
        await sleep(left + Math.random() * spread);
      }
    },
  };
}

/** Milliseconds from a `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  const time = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(time) ? undefined : Math.max(0, time);
}

const firstPause = 500;
const longestPause = 30_000;

/** How long to wait after this many tries when nobody has said: twice as long each time, and not everyone as long. */
export function backoff(tries: number): number {
  const most = Math.min(longestPause, firstPause * 2 ** (tries - 1));
  return most * (0.5 + Math.random() / 2);
}
