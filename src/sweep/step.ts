/** What a run of the sweep is made of. */

export interface Progress {
  /** How much was done. */
  count: number;
  /** What failed, and will be tried again. */
  failed: number;
  /** Whether there was time for all of it. */
  complete: boolean;
}

/** Does what it can in its time, which `isTime` tells; what is left is the next run's. Throws what is to be tried again. */
export type Step = (isTime: () => boolean) => Promise<Progress>;

export const together = (parts: Progress[]): Progress => ({
  count: parts.reduce((sum, { count }) => sum + count, 0),
  failed: parts.reduce((sum, { failed }) => sum + failed, 0),
  complete: parts.every(({ complete }) => complete),
});
